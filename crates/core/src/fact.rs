//! Which facts of a request a bundle can make use of: reading a header costs the edge more than most decisions.

use alloc::vec::Vec;

use crate::bundle::{Bundle, GeoFact};
use crate::condition::Node;
use crate::request::Request;
use crate::signal::{Plain, Signal};

/// One fact of a [`Request`] that the edge hands over as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let mut needs = Needs::default();
        for node in &bundle.nodes {
            match node {
                Node::Signal(Signal::Plain(signal)) => needs.signal(*signal),
                Node::Money(_) => needs.country = true,
                _ => {}
            }
        }
        needs.language |= bundle.contents.iter().any(|content| !content.variants.is_empty());
        needs.country |= !bundle.site.markets.is_empty();

        // What routes, consent, bots and prefetches are told by decides in every bundle.
        let mut facts = Vec::from([
            Self::Url,
            Self::Cookie,
            Self::UserAgent,
            Self::Brands,
            Self::Mobile,
            Self::Gpc,
            Self::FetchPurpose,
        ]);
        let optional = [
            (needs.platform, Self::Platform),
            (needs.referrer, Self::Referrer),
            (needs.language, Self::AcceptLanguage),
            (needs.save_data, Self::SaveData),
            (needs.country, Self::Geo(GeoFact::Country)),
            (needs.region, Self::Geo(GeoFact::Region)),
            (needs.city, Self::Geo(GeoFact::City)),
            (needs.postal_code, Self::Geo(GeoFact::PostalCode)),
            (needs.time_zone, Self::Geo(GeoFact::TimeZone)),
            (needs.eu, Self::Geo(GeoFact::Eu)),
        ];
        facts.extend(optional.into_iter().filter_map(|(needed, fact)| needed.then_some(fact)));
        facts.extend((0_u16..).zip(&bundle.site.headers).map(|(index, _)| Self::Header(index)));
        facts
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

#[derive(Default)]
struct Needs {
    platform: bool,
    referrer: bool,
    language: bool,
    save_data: bool,
    country: bool,
    region: bool,
    city: bool,
    postal_code: bool,
    time_zone: bool,
    eu: bool,
}

impl Needs {
    fn signal(&mut self, signal: Plain) {
        use Plain as P;
        match signal {
            P::TrafficReferrer | P::TrafficReferrerHost => self.referrer = true,
            P::LanguageTag | P::LanguagePreferred => self.language = true,
            P::DeviceOs | P::DeviceBrowser | P::DeviceClass => self.platform = true,
            P::NetworkSaveData => self.save_data = true,
            P::GeoCountry | P::MarketId | P::MarketCurrency | P::MarketLocale | P::MarketTaxLabel => {
                self.country = true;
            }
            P::CartTotal => self.country = true,
            P::GeoRegion => self.region = true,
            P::GeoCity => self.city = true,
            P::GeoPostalCode => self.postal_code = true,
            P::GeoTimeZone | P::TimeVisitorHour | P::TimeVisitorWeekday => self.time_zone = true,
            P::GeoEu => self.eu = true,
            P::ShippingZone
            | P::ShippingMethod
            | P::ShippingPrice
            | P::ShippingFree
            | P::ShippingFreeFrom
            | P::ShippingMissing
            | P::ShippingArrives
            | P::ShippingArrivesLatest
            | P::ShippingCutoffMinutes => {
                self.country = true;
                self.region = true;
                self.postal_code = true;
            }
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
            | P::PageStock => {}
        }
    }
}
