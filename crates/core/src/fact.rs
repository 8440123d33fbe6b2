//! Which facts of a request a bundle can make use of: reading a header costs the edge more than most decisions.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, GeoFact};
use crate::condition::Node;
use crate::request::Request;
use crate::signal::{Plain, Signal};
use crate::wire;

/// One fact of a [`Request`] that the edge hands over as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// [`Request::url`]
    Url,
    /// [`Request::cookie`]
    Cookie,
    /// [`Request::user_agent`]
    UserAgent,
    /// [`Request::brands`]
    Brands,
    /// [`Request::mobile`]
    Mobile,
    /// [`Request::platform`]
    Platform,
    /// [`Request::gpc`]
    Gpc,
    /// [`Request::fetch_purpose`]
    FetchPurpose,
    /// [`Request::referrer`]
    Referrer,
    /// [`Request::accept_language`]
    AcceptLanguage,
    /// [`Request::save_data`]
    SaveData,
    /// One of [`Request::geo`].
    Geo(GeoFact),
    /// One of [`Request::headers`].
    Header(u16),
}

impl Fact {
    /// The facts that some request's decision can depend on, in a fixed order.
    #[must_use]
    pub fn needed(bundle: &Bundle) -> Vec<Self> {
        let mut needs = 0;
        for node in &bundle.nodes {
            match node {
                Node::Signal(Signal::Plain(signal)) => needs |= of_signal(*signal),
                Node::Money(_) => needs |= COUNTRY,
                _ => {}
            }
        }
        if bundle.contents.iter().any(|content| !content.variants.is_empty()) {
            needs |= LANGUAGE;
        }
        if !bundle.site.markets.is_empty() {
            needs |= COUNTRY;
        }

        let mut facts = Vec::new();
        for (bit, &fact) in (0_u32..).zip(&FACTS) {
            if (ALWAYS | needs) >> bit & 1 != 0 {
                facts.push(fact);
            }
        }
        for index in 0..bundle.site.headers.len() {
            facts.push(Self::Header(index as u16));
        }
        facts
    }

    /// What the worker knows the fact by: `url`, `header:NAME` or, of the runtime's own geo data, `cf:NAME`.
    #[must_use]
    pub fn name(self, bundle: &Bundle) -> String {
        let (kind, name) = self.source(bundle);
        [kind, name].concat()
    }

    fn source(self, bundle: &Bundle) -> (&'static str, &str) {
        let header = match self {
            Self::Url => return ("url", ""),
            Self::Cookie => "cookie",
            Self::UserAgent => "user-agent",
            Self::Brands => "sec-ch-ua",
            Self::Mobile => "sec-ch-ua-mobile",
            Self::Platform => "sec-ch-ua-platform",
            Self::Gpc => "sec-gpc",
            Self::FetchPurpose => "sec-purpose",
            Self::Referrer => "referer",
            Self::AcceptLanguage => "accept-language",
            Self::SaveData => "save-data",
            Self::Header(index) => bundle.site.headers.get(usize::from(index)).map_or("", String::as_str),
            Self::Geo(fact) => match bundle.site.geo_headers.iter().find(|(known, _)| *known == fact) {
                Some((_, header)) => header,
                None => return ("cf:", runtime_property(fact)),
            },
        };
        ("header:", header)
    }

    /// The fact as a request has it.
    #[must_use]
    pub fn get<'a>(self, request: &Request<'a>) -> &'a str {
        match self {
            Self::Url => request.url,
            Self::Cookie => request.cookie,
            Self::UserAgent => request.user_agent,
            Self::Brands => request.brands,
            Self::Mobile => request.mobile,
            Self::Platform => request.platform,
            Self::Gpc => request.gpc,
            Self::FetchPurpose => request.fetch_purpose,
            Self::Referrer => request.referrer,
            Self::AcceptLanguage => request.accept_language,
            Self::SaveData => request.save_data,
            Self::Geo(fact) => request.geo.get(fact as usize).copied().unwrap_or(""),
            Self::Header(index) => request.headers.get(usize::from(index)).copied().unwrap_or(""),
        }
    }

    /// Puts a fact into a request.
    pub fn set<'a>(self, request: &mut Request<'a>, value: &'a str) {
        let place = match self {
            Self::Url => &mut request.url,
            Self::Cookie => &mut request.cookie,
            Self::UserAgent => &mut request.user_agent,
            Self::Brands => &mut request.brands,
            Self::Mobile => &mut request.mobile,
            Self::Platform => &mut request.platform,
            Self::Gpc => &mut request.gpc,
            Self::FetchPurpose => &mut request.fetch_purpose,
            Self::Referrer => &mut request.referrer,
            Self::AcceptLanguage => &mut request.accept_language,
            Self::SaveData => &mut request.save_data,
            Self::Geo(fact) => match request.geo.get_mut(fact as usize) {
                Some(place) => place,
                None => return,
            },
            Self::Header(index) => {
                let index = usize::from(index);
                if request.headers.len() <= index {
                    request.headers.resize(index + 1, "");
                }
                match request.headers.get_mut(index) {
                    Some(place) => place,
                    None => return,
                }
            }
        };
        *place = value;
    }
}

/// <https://developers.cloudflare.com/workers/runtime-apis/request/#incomingrequestcfproperties>
fn runtime_property(fact: GeoFact) -> &'static str {
    match fact {
        GeoFact::Country => "country",
        GeoFact::Region => "regionCode",
        GeoFact::City => "city",
        GeoFact::PostalCode => "postalCode",
        GeoFact::TimeZone => "timezone",
        GeoFact::Eu => "isEUCountry",
    }
}

/// The facts that are not the site's own, in their order; each is named by its bit.
const FACTS: [Fact; 17] = [
    Fact::Url,
    Fact::Cookie,
    Fact::UserAgent,
    Fact::Brands,
    Fact::Mobile,
    Fact::Gpc,
    Fact::FetchPurpose,
    Fact::Platform,
    Fact::Referrer,
    Fact::AcceptLanguage,
    Fact::SaveData,
    Fact::Geo(GeoFact::Country),
    Fact::Geo(GeoFact::Region),
    Fact::Geo(GeoFact::City),
    Fact::Geo(GeoFact::PostalCode),
    Fact::Geo(GeoFact::TimeZone),
    Fact::Geo(GeoFact::Eu),
];

/// What routes, consent, bots and prefetches are told by decides in every bundle.
const ALWAYS: u32 = 0x7f;
const PLATFORM: u32 = 1 << 7;
const REFERRER: u32 = 1 << 8;
const LANGUAGE: u32 = 1 << 9;
const SAVE_DATA: u32 = 1 << 10;
const COUNTRY: u32 = 1 << 11;
const REGION: u32 = 1 << 12;
const CITY: u32 = 1 << 13;
const POSTAL_CODE: u32 = 1 << 14;
const TIME_ZONE: u32 = 1 << 15;
const EU: u32 = 1 << 16;

/// The facts that a signal is made of, besides those that are always needed.
const fn of_signal(signal: Plain) -> u32 {
    use Plain as P;
    match signal {
        P::TrafficReferrer | P::TrafficReferrerHost => REFERRER,
        P::LanguageTag | P::LanguagePreferred => LANGUAGE,
        P::DeviceOs | P::DeviceBrowser | P::DeviceClass => PLATFORM,
        P::NetworkSaveData => SAVE_DATA,
        P::GeoCountry
        | P::MarketId
        | P::MarketCurrency
        | P::MarketLocale
        | P::MarketTaxLabel
        | P::CartTotal => COUNTRY,
        P::GeoRegion => REGION,
        P::GeoCity => CITY,
        P::GeoPostalCode => POSTAL_CODE,
        P::GeoTimeZone | P::TimeVisitorHour | P::TimeVisitorWeekday => TIME_ZONE,
        P::GeoEu => EU,
        P::ShippingZone
        | P::ShippingMethod
        | P::ShippingPrice
        | P::ShippingFree
        | P::ShippingFreeFrom
        | P::ShippingMissing
        | P::ShippingArrives
        | P::ShippingArrivesLatest
        | P::ShippingCutoffMinutes => COUNTRY | REGION | POSTAL_CODE,
        P::UrlHost
        | P::UrlPath
        | P::TrafficSource
        | P::TrafficMedium
        | P::TrafficCampaign
        | P::TrafficTerm
        | P::TrafficContent
        | P::TrafficClickId
        | P::TimeNow
        | P::TimeShopHour
        | P::TimeShopWeekday
        | P::TimeShopDate
        | P::ConsentFunctional
        | P::ConsentAnalytics
        | P::ConsentPersonalization
        | P::ConsentMarketing
        | P::ConsentGpc
        | P::VisitorReturning
        | P::VisitorVisits
        | P::VisitorDaysSinceLastVisit
        | P::VisitorFavouriteCategory
        | P::VisitorRecentlyViewed
        | P::VisitorOrders
        | P::VisitorDaysSinceOrder
        | P::VisitorSpent
        | P::VisitorValueTier
        | P::CartItems
        | P::CartValue
        | P::PageCategory
        | P::PageProduct
        | P::PagePrice
        | P::PageStock => 0,
    }
}

wire::enums! {
    Fact: 13 {
        0 => Url {},
        1 => Cookie {},
        2 => UserAgent {},
        3 => Brands {},
        4 => Mobile {},
        5 => Platform {},
        6 => Gpc {},
        7 => FetchPurpose {},
        8 => Referrer {},
        9 => AcceptLanguage {},
        10 => SaveData {},
        11 => Geo { 0 },
        12 => Header { 0 => Headers },
    }
}
