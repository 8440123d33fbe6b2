//! The catalogue: every signal with its name, type, source, purpose and how many values it can take.

use serde::{Deserialize, Serialize};

use super::{
    answer, consent, device, geo, language, market, network, page, shipping, time, traffic, url, visitor,
};
use crate::consent::Purpose;
use crate::texts::TextId;
use crate::value::Type;
use crate::wire;

/// Where a signal comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The request itself: URL, headers, the runtime's geo data.
    Request,
    /// What the shop has observed of the visitor, kept in the profile or in the shop's own cookies.
    FirstParty,
    /// What the visitor has told the shop.
    ZeroParty,
    /// What the shop's customer system knows, handed over by the shop in a cookie or header.
    Crm,
}

impl Source {
    /// The name in messages and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::FirstParty => "first-party",
            Self::ZeroParty => "zero-party",
            Self::Crm => "crm",
        }
    }
}

/// How many values a signal can take, which decides whether a response that depends on it may be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// At most this many values besides unknown; a shared cache can key on it.
    Few(u16),
    /// As many as the site has markets, locales or shipping zones.
    Site(SiteCount),
    /// The URL decides it, and a cache keys on the URL anyway.
    Url,
    /// It changes with time: a stored response would outlive it.
    Moment,
    /// Too many values to key on, or personal.
    Many,
}

/// What the site counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteCount {
    /// Markets in `site.toml`.
    Markets,
    /// Locales in `site.toml`.
    Locales,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which signal.
    pub signal: Plain,
    /// Its name in conditions and templates.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// Where it comes from.
    pub source: Source,
    /// The purpose a visitor must have consented to before it is read.
    pub purpose: Purpose,
    /// How many values it can take.
    pub cardinality: Cardinality,
    /// What it means, with its unit.
    pub meaning: &'static str,
    /// The values it can take where that is a short closed list, so that a typo in a comparison is found.
    pub values: &'static [&'static str],
}

macro_rules! plain_signals {
    ($($name:ident)*) => {
        /// A signal without a parameter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the catalogue's entries say what each means")]
        pub enum Plain { $($name),* }

        impl Plain {
            /// Every plain signal.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

plain_signals! {
    UrlHost UrlPath
    TrafficSource TrafficMedium TrafficCampaign TrafficTerm TrafficContent
    TrafficReferrer TrafficReferrerHost TrafficClickId
    LanguageTag LanguagePreferred
    DeviceClass DeviceOs DeviceBrowser
    GeoCountry GeoRegion GeoCity GeoPostalCode GeoTimeZone GeoEu
    NetworkSaveData
    TimeNow TimeVisitorHour TimeVisitorWeekday TimeShopHour TimeShopWeekday TimeShopDate
    ConsentFunctional ConsentAnalytics ConsentPersonalization ConsentMarketing ConsentGpc
    VisitorReturning VisitorVisits VisitorDaysSinceLastVisit VisitorFavouriteCategory VisitorRecentlyViewed
    VisitorOrders VisitorDaysSinceOrder VisitorSpent VisitorValueTier
    CartItems CartValue CartTotal
    PageCategory PageProduct PagePrice PageStock
    MarketId MarketCurrency MarketLocale MarketTaxLabel
    ShippingZone ShippingMethod ShippingPrice ShippingFree ShippingFreeFrom ShippingMissing
    ShippingArrives ShippingArrivesLatest ShippingCutoffMinutes
}

/// One signal as a compiled bundle names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// A signal of the catalogue.
    Plain(Plain),
    /// `url.query.NAME`: a query parameter.
    Query(TextId),
    /// `route.NAME`: what the route captured.
    Route(TextId),
    /// `visitor.affinity.CATEGORY`: the visitor's interest in a category, in decayed page views.
    Affinity(TextId),
    /// `answers.QUESTION`: a zero-party answer.
    Answer(u16),
    /// `custom.NAME`: a signal that the site declares.
    Custom(u16),
}

/// A family of signals that take a name, with how it reads in conditions.
#[derive(Clone, Copy, Debug)]
pub struct NamedFamily {
    /// The prefix before the name.
    pub prefix: &'static str,
    /// What the name stands for, for messages.
    pub of: &'static str,
    /// Type of each; custom signals declare their own.
    pub kind: Type,
    /// Where it comes from.
    pub source: Source,
    /// The purpose that reading it needs; custom signals declare their own.
    pub purpose: Purpose,
    /// How many values it can take.
    pub cardinality: Cardinality,
    /// What it means.
    pub meaning: &'static str,
}

/// The families of signals that take a name: `url.query.utm_id`, `url.query['utm_id']`.
pub const NAMED: &[NamedFamily] =
    &[url::QUERY, url::ROUTE, visitor::AFFINITY, answer::ANSWERS, super::custom::CUSTOM];

/// The entries of each family.
pub(super) const FAMILIES: &[&[Entry]] = &[
    url::ENTRIES,
    traffic::ENTRIES,
    language::ENTRIES,
    device::ENTRIES,
    geo::ENTRIES,
    network::ENTRIES,
    time::ENTRIES,
    consent::ENTRIES,
    visitor::ENTRIES,
    page::ENTRIES,
    market::ENTRIES,
    shipping::ENTRIES,
];

/// All entries, family by family.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    FAMILIES.iter().copied().flatten()
}

/// The catalogue's entry for a plain signal.
#[must_use]
pub fn entry(signal: Plain) -> Option<&'static Entry> {
    entries().find(|entry| entry.signal == signal)
}

/// The catalogue's entry by name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.name == name)
}

wire::enums! {
    Signal: 6 {
        0 => Plain { 0 },
        1 => Query { 0 },
        2 => Route { 0 },
        3 => Affinity { 0 },
        4 => Answer { 0 => Questions },
        5 => Custom { 0 => CustomSignals },
    }
}

impl wire::Wire for Plain {
    fn read(reader: &mut wire::Reader<'_>) -> Self {
        let index = usize::from(reader.variant(Self::ALL.len() as u8));
        Self::ALL.get(index).copied().unwrap_or(Self::UrlHost)
    }
}
