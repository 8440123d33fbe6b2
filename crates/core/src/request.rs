//! What is known of a request: facts that the edge hands over as text.

use alloc::vec::Vec;

use crate::ascii::trim;
use crate::bundle::GeoFact;
use crate::write::contains;

/// One request. A fact that is empty is absent.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// The current time, in milliseconds since 1970.
    pub now_ms: i64,
    /// Sixteen random bytes that become the id of a new visitor.
    pub entropy: [u8; 16],
    /// The absolute URL.
    pub url: &'a str,
    /// The `Cookie` header.
    pub cookie: &'a str,
    /// The `Referer` header.
    pub referrer: &'a str,
    /// The `User-Agent` header.
    pub user_agent: &'a str,
    /// The `Accept-Language` header.
    pub accept_language: &'a str,
    /// The `Sec-CH-UA` header.
    pub brands: &'a str,
    /// The `Sec-CH-UA-Mobile` header.
    pub mobile: &'a str,
    /// The `Sec-CH-UA-Platform` header.
    pub platform: &'a str,
    /// The `Sec-GPC` header.
    pub gpc: &'a str,
    /// The `Save-Data` header.
    pub save_data: &'a str,
    /// The `Sec-Purpose` header.
    pub fetch_purpose: &'a str,
    /// Geo facts, in the order of [`GeoFact`].
    pub geo: [&'a str; 6],
    /// The headers that the site asks for, in the order of [`crate::bundle::Site::headers`].
    pub headers: Vec<&'a str>,
    /// The attributes that the page carries, in the order of [`crate::bundle::Site::page_attributes`]; empty before
    /// the page was looked at.
    pub page: Vec<&'a str>,
}

impl<'a> Request<'a> {
    /// One geo fact, when it is there.
    #[must_use]
    pub fn geo(&self, fact: GeoFact) -> Option<&'a str> {
        self.geo.get(fact as usize).copied().filter(|text| !text.is_empty())
    }

    /// Whether the client only fetches ahead of a visit that may never come.
    #[must_use]
    pub fn is_prefetch(&self) -> bool {
        // "prefetch", "prefetch;prerender", "prerender" (https://wicg.github.io/nav-speculation/prefetch.html)
        contains(self.fetch_purpose, "prefetch") || contains(self.fetch_purpose, "prerender")
    }

    /// Whether the visitor's browser says that personal data must not be sold or shared.
    #[must_use]
    pub fn is_gpc(&self) -> bool {
        trim(self.gpc) == "1"
    }

    /// The current time in whole minutes since 1970.
    #[must_use]
    pub fn now_minutes(&self) -> u32 {
        u32::try_from(self.now_ms.div_euclid(60_000)).unwrap_or(0)
    }
}
