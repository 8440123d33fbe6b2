//! Reads signals of one request, each family at most once.

use alloc::string::String;
use core::cell::{Cell, OnceCell};

use super::catalogue::{Plain, Signal};
use super::{
    answer, consent, custom, device, geo, language, market, name, network, page, shipping, time, traffic,
    url, visitor,
};
use crate::ascii::trim;
use crate::bundle::{Bundle, GeoFact, Market, Origin};
use crate::consent::Purposes;
use crate::cookie::Cookies;
use crate::device::{ClientHints, Device};
use crate::kept::Kept;
use crate::language::lookup;
use crate::money::{Amount, Decimal};
use crate::profile::Profile;
use crate::request::Request;
use crate::shipping::Quote;
use crate::time::TimeZone;
use crate::traffic::{ClickId, ReferrerClass, Utm};
use crate::url::{Captures, Url};
use crate::value::{Type, Unknown, Value};

/// The signals of one request.
pub struct Signals<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) request: &'a Request<'a>,
    pub(crate) granted: Purposes,
    pub(crate) profile: Option<&'a Profile>,
    url: Option<Url<'a>>,
    captures: Option<Captures<'a>>,
    utm: OnceCell<Utm<'a>>,
    click_id: OnceCell<Option<ClickId>>,
    device: OnceCell<Device>,
    locale: OnceCell<usize>,
    /// The locale of the content that is being written, if one is.
    writing: Cell<Option<usize>>,
    market: OnceCell<Option<u16>>,
    quote: OnceCell<Option<Quote<'a>>>,
    /// Texts that were made for values.
    pub(crate) kept: Kept,
}

impl<'a> Signals<'a> {
    /// The signals of `request` for a visitor who granted `granted` and whose profile, if it may be read, is `profile`.
    #[must_use]
    pub fn new(
        bundle: &'a Bundle,
        request: &'a Request<'a>,
        granted: Purposes,
        profile: Option<&'a Profile>,
        url: Option<Url<'a>>,
        captures: Option<Captures<'a>>,
    ) -> Self {
        Self {
            bundle,
            request,
            granted,
            profile,
            url,
            captures,
            utm: OnceCell::new(),
            click_id: OnceCell::new(),
            device: OnceCell::new(),
            locale: OnceCell::new(),
            writing: Cell::new(None),
            market: OnceCell::new(),
            quote: OnceCell::new(),
            kept: Kept::default(),
        }
    }

    /// The value of a signal; unknown when the visitor has not consented to the purpose that reading it needs.
    #[must_use]
    pub fn read(&'a self, signal: Signal) -> Value<'a> {
        let purpose = name::purpose(self.bundle, signal);
        if !self.granted.contains(purpose) {
            return Value::Unknown(Unknown::NoConsent(purpose));
        }
        match signal {
            Signal::Plain(plain) => self.read_plain(plain),
            Signal::Query(id) => {
                let value = self.url.and_then(|url| url.query.get(self.bundle.texts.get(id)));
                value.map_or(Value::Unknown(Unknown::Absent), |text| Value::Text(self.kept.borrow(text)))
            }
            Signal::Route(id) => Value::text_or_absent(self.capture(self.bundle.texts.get(id))),
            Signal::Affinity(id) => visitor::read_affinity(self, self.bundle.texts.get(id)),
            Signal::Answer(question) => answer::read(self, question),
            Signal::Custom(index) => custom::read(self, index),
        }
    }

    fn read_plain(&'a self, plain: Plain) -> Value<'a> {
        use Plain as P;
        match plain {
            P::UrlHost | P::UrlPath => url::read(self, plain),
            P::TrafficSource
            | P::TrafficMedium
            | P::TrafficCampaign
            | P::TrafficTerm
            | P::TrafficContent
            | P::TrafficReferrer
            | P::TrafficReferrerHost
            | P::TrafficClickId => traffic::read(self, plain),
            P::LanguageTag | P::LanguagePreferred => language::read(self, plain),
            P::DeviceClass | P::DeviceOs | P::DeviceBrowser => device::read(self, plain),
            P::GeoCountry | P::GeoRegion | P::GeoCity | P::GeoPostalCode | P::GeoTimeZone | P::GeoEu => {
                geo::read(self, plain)
            }
            P::NetworkSaveData => network::read(self),
            P::TimeNow
            | P::TimeVisitorHour
            | P::TimeVisitorWeekday
            | P::TimeShopHour
            | P::TimeShopWeekday
            | P::TimeShopDate => time::read(self, plain),
            P::ConsentFunctional
            | P::ConsentAnalytics
            | P::ConsentPersonalization
            | P::ConsentMarketing
            | P::ConsentGpc => consent::read(self, plain),
            P::VisitorReturning
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
            | P::CartTotal => visitor::read(self, plain),
            P::PageCategory | P::PageProduct | P::PagePrice | P::PageStock => page::read(self, plain),
            P::MarketId | P::MarketCurrency | P::MarketLocale | P::MarketTaxLabel => {
                market::read(self, plain)
            }
            P::ShippingZone
            | P::ShippingMethod
            | P::ShippingPrice
            | P::ShippingFree
            | P::ShippingFreeFrom
            | P::ShippingMissing
            | P::ShippingArrives
            | P::ShippingArrivesLatest
            | P::ShippingCutoffMinutes => shipping::read(self, plain),
        }
    }

    pub(crate) fn url(&self) -> Option<Url<'a>> {
        self.url
    }

    pub(crate) fn capture(&self, name: &str) -> Option<&str> {
        self.captures.as_ref()?.get(name)
    }

    pub(crate) fn utm(&self) -> &Utm<'a> {
        self.utm.get_or_init(|| self.url.map_or_else(Utm::default, |url| Utm::read(url.query)))
    }

    pub(crate) fn click_id(&self) -> Option<ClickId> {
        *self.click_id.get_or_init(|| ClickId::find(self.url?.query))
    }

    pub(crate) fn referrer(&self) -> Option<ReferrerClass> {
        let url = self.url?;
        let hosts = &self.bundle.site.hosts;
        let own = hosts.iter().map(String::as_str);
        Some(ReferrerClass::of(self.request.referrer, url.host, own, self.utm(), self.click_id()))
    }

    /// Device class and families.
    pub(crate) fn device(&self) -> Device {
        *self.device.get_or_init(|| {
            let &Request { user_agent, brands, mobile, platform, .. } = self.request;
            Device::detect(user_agent, &ClientHints { brands, mobile, platform })
        })
    }

    /// The visitor's locale, an index into the site's locales; 0 is the default.
    pub(crate) fn locale(&self) -> usize {
        *self
            .locale
            .get_or_init(|| lookup(self.request.accept_language, &self.bundle.site.locales).unwrap_or(0))
    }

    /// The locale that dates are written in: that of the content they stand in, an index into the site's locales.
    pub(crate) fn language(&self) -> usize {
        self.writing.get().unwrap_or_else(|| self.locale())
    }

    /// Tells in which locale what is written next is; none when nothing is.
    pub(crate) fn write_in(&self, locale: Option<usize>) {
        self.writing.set(locale);
    }

    /// The visitor's country, when the request tells a real one.
    pub(crate) fn country(&self) -> Option<&'a str> {
        let country = self.request.geo(GeoFact::Country)?;
        let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        // "XX" is an unknown place to Cloudflare, "T1" the Tor network (no letters, so no code).
        (is_code && country != "XX").then_some(country)
    }

    /// The visitor's postal code, if it may be read.
    pub(crate) fn postal_code(&self) -> Option<&'a str> {
        let purpose = name::purpose(self.bundle, Signal::Plain(Plain::GeoPostalCode));
        self.request.geo(GeoFact::PostalCode).filter(|_| self.granted.contains(purpose))
    }

    /// The visitor's market.
    pub(crate) fn market(&self) -> Option<&'a Market> {
        self.bundle.site.markets.get(usize::from(self.market_index()?))
    }

    /// The visitor's market, an index into the site's markets.
    pub(crate) fn market_index(&self) -> Option<u16> {
        *self.market.get_or_init(|| {
            let country: [u8; 2] = self.country()?.as_bytes().try_into().ok()?;
            let markets = &self.bundle.site.markets;
            let index = markets.iter().position(|market| market.countries.binary_search(&country).is_ok())?;
            u16::try_from(index).ok()
        })
    }

    /// The visitor's time zone, when the bundle knows its transitions.
    pub(crate) fn visitor_zone(&self) -> Option<&'a TimeZone> {
        let name = self.request.geo(GeoFact::TimeZone)?;
        let zones = &self.bundle.site.zones;
        let index = zones.binary_search_by(|zone| zone.name.as_str().cmp(name)).ok()?;
        zones.get(index)
    }

    pub(crate) fn shop_zone(&self) -> Option<&'a TimeZone> {
        let site = &self.bundle.site;
        site.zones.get(usize::from(site.shop_zone))
    }

    /// What shipping to the visitor offers first, for the cart as it is.
    pub(crate) fn quote(&'a self) -> Option<&'a Quote<'a>> {
        self.quote.get_or_init(|| shipping::quote(self)).as_ref()
    }

    /// An amount of the base currency as written in the visitor's market.
    pub(crate) fn money(&self, minor: i64) -> Option<String> {
        let market = self.market()?;
        let amount = market.pricing.price(None, Amount::from_minor(minor)).ok()?;
        let mut out = String::new();
        market.format.write(amount, &mut out);
        Some(out)
    }

    /// The value of the cart as written in the visitor's market, if it may be read.
    pub(crate) fn cart_total(&'a self) -> Option<String> {
        let value = Amount::from_minor(self.cart_value()?);
        let market = self.market()?;
        let mut out = String::new();
        market.format.write(market.pricing.conversion.convert_sum(value).ok()?, &mut out);
        Some(out)
    }

    /// The value of the cart in the base currency's minor units, if it may be read.
    pub(crate) fn cart_value(&'a self) -> Option<i64> {
        let purpose = name::purpose(self.bundle, Signal::Plain(Plain::CartValue));
        if !self.granted.contains(purpose) {
            return None;
        }
        let text = self.origins(&self.bundle.site.shop.cart_value)?;
        let amount = Amount::parse(trim(text), self.bundle.site.base_currency.minor_units).ok()?;
        Some(amount.minor)
    }

    /// Minor units of the base currency as a double in major units.
    pub(crate) fn major_units(&self, minor: i64) -> f64 {
        decimal_to_double(minor, self.bundle.site.base_currency.minor_units)
    }

    /// What the first origin that has it says.
    pub(crate) fn origins(&'a self, origins: &'a [Origin]) -> Option<&'a str> {
        let found = origins.iter().find_map(|origin| match origin {
            Origin::Cookie(name) => {
                Cookies::new(self.request.cookie).decoded(name).map(|text| self.kept.borrow(text))
            }
            Origin::Header(index) => self.request.headers.get(usize::from(*index)).copied(),
            Origin::Query(name) => self.url?.query.get(name).map(|text| self.kept.borrow(text)),
            Origin::Route(name) => self.capture(name),
            Origin::Page(index) => self.request.page.get(usize::from(*index)).copied(),
        });
        found.filter(|text| !text.is_empty())
    }

    /// A fact that the shop tells, as a value of its declared type.
    pub(crate) fn shop_fact(&'a self, origins: &'a [Origin], kind: Type) -> Value<'a> {
        let Some(text) = self.origins(origins) else { return Value::Unknown(Unknown::Absent) };
        let value = match kind {
            Type::Text => Some(Value::Text(text)),
            Type::Bool => match trim(text) {
                "true" | "1" | "yes" => Some(Value::Bool(true)),
                "false" | "0" | "no" => Some(Value::Bool(false)),
                _ => None,
            },
            Type::Int => whole(trim(text)).map(Value::Int),
            Type::Double => Decimal::parse(trim(text))
                .ok()
                .map(|decimal| Value::Double(decimal_to_double(decimal.mantissa, decimal.scale))),
            Type::Timestamp | Type::Duration | Type::TextList => None,
        };
        value.unwrap_or(Value::Unknown(Unknown::Malformed))
    }
}

/// `42`, `-7`, `+1`
fn whole(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        digits => (1, digits),
    };
    let mut number = 0_i64;
    for digit in digits {
        let value = i64::from(digit.wrapping_sub(b'0'));
        number = number.checked_mul(10)?.checked_add(sign * value).filter(|_| value < 10)?;
    }
    (!digits.is_empty()).then_some(number)
}

fn decimal_to_double(mantissa: i64, scale: u8) -> f64 {
    let mut divisor = 1.0;
    for _ in 0..scale {
        divisor *= 10.0;
    }
    mantissa as f64 / divisor
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use proptest::prelude::*;

    use super::whole;

    proptest! {
        #[test]
        fn whole_numbers_are_read_as_the_standard_library_reads_them(
            text in "[+-]?[0-9]{0,20}|[+-]?922337203685477580[0-9]{1,2}|[0-9a:/ -]{0,4}",
            number in any::<i64>(),
        ) {
            prop_assert_eq!(whole(&text), text.parse().ok());
            prop_assert_eq!(whole(&format!("{number}")), Some(number));
        }
    }
}
