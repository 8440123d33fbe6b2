//! The class of what led here, and in which order its signs count.

use super::click_id::ClickId;
use super::utm::Utm;
use super::{medium, sites};
use crate::url::Url;

/// What kind of place a visitor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ReferrerClass {
    /// A search or answer engine, unpaid.
    Search,
    /// A social network, messenger or forum, unpaid.
    Social,
    /// A mail or newsletter.
    Email,
    /// Something that was paid for: ads, affiliates.
    Ads,
    /// Another page of the shop.
    Internal,
    /// Nothing: typed, bookmarked, or the referrer was kept back.
    Direct,
    /// A link elsewhere.
    Other,
}

impl ReferrerClass {
    /// The class of a visit to `own_host` with this `Referer` header, campaign fields and click id.
    ///
    /// The shop's own words about a link count more than what the browser says of the page it stood on. In order:
    ///
    /// 1. `utm_medium`, when it names a kind (`email`, `cpc`, `social`, `organic`);
    /// 2. the click id: paid, but `fbclid` is social, as Facebook adds it to every link;
    /// 3. `utm_source`, when it is a known site or `newsletter`;
    /// 4. the referrer: one of the shop's hosts is internal (`own_host` without `www.`, any of `hosts`, and what is
    ///    below them), then the known sites, then other;
    /// 5. without a referrer, direct; with campaign fields that decided nothing, neither direct nor internal but other.
    #[must_use]
    pub fn of<'h>(
        referrer: &str,
        own_host: &str,
        mut hosts: impl Iterator<Item = &'h str>,
        utm: &Utm<'_>,
        click_id: Option<ClickId>,
    ) -> Self {
        if let Some(class) = utm.medium.as_deref().and_then(medium::class) {
            return class;
        }
        if let Some(click_id) = click_id {
            return if click_id.is_paid() { Self::Ads } else { Self::Social };
        }
        if let Some(class) = utm.source.as_deref().and_then(sites::class) {
            return class;
        }
        let untagged = |class| if utm.is_any() { Self::Other } else { class };
        let Some(host) = Url::parse(referrer).map(|url| url.host).filter(|host| !host.is_empty()) else {
            return untagged(Self::Direct);
        };
        if is_within(host, without_www(own_host)) || hosts.any(|own| is_within(host, own)) {
            return untagged(Self::Internal);
        }
        sites::class(host).unwrap_or(Self::Other)
    }

    /// The word for it in rule sources and explanations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Social => "social",
            Self::Email => "email",
            Self::Ads => "ads",
            Self::Internal => "internal",
            Self::Direct => "direct",
            Self::Other => "other",
        }
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether `host` is `domain` or below it.
fn is_within(host: &str, domain: &str) -> bool {
    let Some(front_length) = host.len().checked_sub(domain.len()) else { return false };
    let Some((front, tail)) = host.split_at_checked(front_length) else { return false };
    !domain.is_empty()
        && tail.eq_ignore_ascii_case(domain)
        && (front.is_empty() || front.as_bytes().last() == Some(&b'.'))
}

#[cfg(test)]
mod tests {
    use super::ReferrerClass::{Ads, Direct, Email, Internal, Other, Search, Social};
    use super::*;
    use crate::url::Query;
    use proptest::prelude::*;

    fn class(referrer: &str, query: &str) -> ReferrerClass {
        let query = Query::new(query);
        let hosts = ["shop.example", "checkout.example"].into_iter();
        ReferrerClass::of(referrer, "www.trail.example", hosts, &Utm::read(query), ClickId::find(query))
    }

    #[test]
    fn the_signs_count_in_their_order() {
        for (referrer, query, expected) in [
            ("", "", Direct),
            ("null", "", Direct),
            ("about:blank", "", Direct),
            ("https:///", "", Direct),
            ("https://www.google.de/", "", Search),
            ("https://www.google.de/", "gclid=1", Ads),
            ("https://www.google.de/", "utm_medium=cpc", Ads),
            ("https://www.google.de/", "utm_medium=email", Email),
            ("https://www.google.de/", "utm_medium=referral", Search),
            ("https://l.facebook.com/l.php?u=x", "", Social),
            ("https://l.facebook.com/l.php?u=x", "fbclid=1", Social),
            ("", "fbclid=1", Social),
            ("", "fbclid=1&utm_medium=paid_social", Ads),
            ("", "gclid=1&utm_medium=email", Email),
            ("", "utm_source=newsletter", Email),
            ("", "utm_source=Instagram", Social),
            ("", "utm_source=flyer&utm_medium=qr", Other),
            ("https://mail.google.com/", "", Email),
            ("android-app://com.google.android.gm/", "", Email),
            ("https://blog.example/boots", "", Other),
            ("https://blog.example/boots", "utm_source=blog", Other),
            ("https://www.trail.example/", "", Internal),
            ("https://trail.example/", "", Internal),
            ("https://TRAIL.example/", "", Internal),
            ("https://help.trail.example/", "", Internal),
            ("https://nottrail.example/", "", Other),
            ("https://shop.example/", "", Internal),
            ("https://eu.checkout.example/", "", Internal),
            ("https://shop.example.evil.example/", "", Other),
            ("https://www.trail.example/", "utm_campaign=footer", Other),
            ("https://www.trail.example/", "gclid=1", Ads),
        ] {
            assert_eq!(class(referrer, query), expected, "{referrer} {query}");
        }
    }

    proptest! {
        #[test]
        fn no_request_makes_it_panic(referrer in "\\PC{0,40}|https?://[a-zü.]{0,20}/?", query in "\\PC{0,40}|utm_(medium|source)=\\PC{0,9}", own in "\\PC{0,9}") {
            let parsed = Query::new(&query);
            let hosts = [own.as_str()].into_iter();
            let _ = ReferrerClass::of(&referrer, &own, hosts, &Utm::read(parsed), ClickId::find(parsed));
        }
    }
}
