//! What a campaign medium tells: the media of Google Analytics' default channel group, as far as they decide a class.

use super::referrer::ReferrerClass::{self, Ads, Email, Search, Social};

const MEDIA: &[(&str, ReferrerClass)] = &[
    ("email", Email),
    ("e-mail", Email),
    ("e_mail", Email),
    ("e mail", Email),
    ("newsletter", Email),
    ("ppc", Ads),
    ("retargeting", Ads),
    ("display", Ads),
    ("banner", Ads),
    ("expandable", Ads),
    ("interstitial", Ads),
    ("affiliate", Ads),
    ("ads", Ads),
    ("social", Social),
    ("social-network", Social),
    ("social-media", Social),
    ("social network", Social),
    ("social media", Social),
    ("sm", Social),
    ("organic", Search),
];

/// The class that `medium` stands for; `None` when it decides nothing (`referral`, `banner-top-7`).
pub(super) fn class(medium: &str) -> Option<ReferrerClass> {
    let listed = MEDIA.iter().find(|(known, _)| medium.eq_ignore_ascii_case(known));
    listed.map(|(_, class)| *class).or_else(|| is_paid(medium).then_some(Ads))
}

/// `cpc`, `cpm`, `cpa` and whatever else is priced per something; `paid_social`.
fn is_paid(medium: &str) -> bool {
    let medium = medium.as_bytes();
    medium.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"paid"))
        || medium.windows(2).any(|two| two.eq_ignore_ascii_case(b"cp"))
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
