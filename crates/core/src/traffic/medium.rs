//! What a campaign medium tells: the media of Google Analytics' default channel group, as far as they decide a class.

use super::referrer::ReferrerClass;

/// The class that `medium` stands for; `None` when it decides nothing (`referral`, `banner-top-7`).
pub(super) fn class(medium: &str) -> Option<ReferrerClass> {
    let is = |words: &[&str]| words.iter().any(|word| medium.eq_ignore_ascii_case(word));
    let starts_with =
        |start: &str| medium.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let has_cp = medium.as_bytes().windows(2).any(|two| two.eq_ignore_ascii_case(b"cp"));
    if is(&["email", "e-mail", "e_mail", "e mail", "newsletter"]) {
        Some(ReferrerClass::Email)
    } else if has_cp
        || starts_with("paid")
        || is(&["ppc", "retargeting", "display", "banner", "expandable", "interstitial", "affiliate", "ads"])
    {
        Some(ReferrerClass::Ads)
    } else if is(&["social", "social-network", "social-media", "social network", "social media", "sm"]) {
        Some(ReferrerClass::Social)
    } else if is(&["organic"]) {
        Some(ReferrerClass::Search)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_decide_a_class_or_nothing() {
        for (medium, expected) in [
            ("email", Some(ReferrerClass::Email)),
            ("E-Mail", Some(ReferrerClass::Email)),
            ("newsletter", Some(ReferrerClass::Email)),
            ("cpc", Some(ReferrerClass::Ads)),
            ("CPM", Some(ReferrerClass::Ads)),
            ("paid_social", Some(ReferrerClass::Ads)),
            ("paid", Some(ReferrerClass::Ads)),
            ("display", Some(ReferrerClass::Ads)),
            ("affiliate", Some(ReferrerClass::Ads)),
            ("social", Some(ReferrerClass::Social)),
            ("organic", Some(ReferrerClass::Search)),
            ("referral", None),
            ("unpaid", None),
            ("üpaid", None),
            ("pai\u{fffd}", None),
            ("", None),
        ] {
            assert_eq!(class(medium), expected, "{medium:?}");
        }
    }
}
