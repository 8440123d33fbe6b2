//! A visit that never took place: what a request would carry.

use footlight_core::bundle::{Bundle, GeoFact, Origin};
use footlight_core::consent::Purposes;
use footlight_core::decide::{Context, Decision, Engine, Scratch};
use footlight_core::device::example_user_agent;
use footlight_core::hash::fnv1a;
use footlight_core::notes::Notes;
use footlight_core::profile::{self, Exposed, Keys, Profile};
use footlight_core::report::Explanation;
use footlight_core::request::Request;

use super::consent;

/// Who comes, when, and where to.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The page.
    pub url: String,
    /// Request headers by lower-case name.
    pub headers: Vec<(String, String)>,
    /// Cookies of the shop, not encoded.
    pub cookies: Vec<(String, String)>,
    /// What is known of the place.
    pub geo: Vec<(GeoFact, String)>,
    /// Stands for a User-Agent of that class.
    pub device: Option<String>,
    /// Purposes consented to; written into the site's consent cookie.
    pub consent: Option<Purposes>,
    /// What the profile knows; none for a visitor who was never seen.
    pub visitor: Option<Visitor>,
    /// What the page carries.
    pub page: Vec<(PageFact, String)>,
}

/// What the profile knows of a visitor.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    /// Visits, this one included.
    pub visits: u16,
    /// Days since the visit before.
    pub last_visit_days: u32,
    /// Page views by category, all of them now.
    pub affinity: Vec<(String, u32)>,
    /// Orders placed.
    pub orders: u16,
    /// Days since the last order.
    pub last_order_days: u32,
    /// Total spent, in the base currency's minor units.
    pub spent_minor: i64,
    /// Products viewed last, the latest first.
    pub viewed: Vec<String>,
    /// Answers by question.
    pub answers: Vec<(String, String)>,
    /// Views of capped rules, all of them now.
    pub seen: Vec<(String, u8)>,
}

impl Default for Visitor {
    fn default() -> Self {
        Self {
            visits: 1,
            last_visit_days: 1,
            affinity: Vec::new(),
            orders: 0,
            last_order_days: 0,
            spent_minor: 0,
            viewed: Vec::new(),
            answers: Vec::new(),
            seen: Vec::new(),
        }
    }
}

/// A fact that a page can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFact {
    /// Category id.
    Category,
    /// Product id.
    Product,
    /// Price in the base currency.
    Price,
    /// Pieces in stock.
    Stock,
}

/// Why a visit cannot be played through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitError {
    /// No value of the consent cookie says exactly this.
    Consent,
    /// The site does not read this fact from the page.
    PageFact(PageFact),
}

/// What a visit's request would carry, as text.
#[derive(Clone, Debug)]
pub struct Carried {
    at_ms: i64,
    url: String,
    cookie: String,
    user_agent: String,
    headers: Vec<(String, String)>,
    geo: [String; 6],
    site_headers: Vec<String>,
    page: Vec<String>,
}

impl Carried {
    /// What a bundle decides for it, and why.
    #[must_use]
    pub fn explain(&self, engine: &Engine, notes: &Notes) -> (Decision, Explanation) {
        let keys = Keys::new([&Visit::KEY[..]]);
        let context = Context { keys: &keys, preview: None };
        let mut trace = Vec::new();
        let decision = engine.explain(&self.request(), &context, &mut Scratch::default(), &mut trace);
        let explanation = Explanation::read(&decision, &trace, notes).unwrap_or_default();
        (decision, explanation)
    }

    /// Takes what a real page says of itself, see [`Request::page`].
    pub fn read_page(&mut self, facts: Vec<String>) {
        self.page = facts;
    }

    /// As the evaluator takes it.
    #[must_use]
    pub fn request(&self) -> Request<'_> {
        Request {
            now_ms: self.at_ms,
            entropy: [1; 16],
            url: &self.url,
            cookie: &self.cookie,
            referrer: self.named("referer"),
            user_agent: &self.user_agent,
            accept_language: self.named("accept-language"),
            brands: self.named("sec-ch-ua"),
            mobile: self.named("sec-ch-ua-mobile"),
            platform: self.named("sec-ch-ua-platform"),
            gpc: self.named("sec-gpc"),
            save_data: self.named("save-data"),
            fetch_purpose: self.named("sec-purpose"),
            geo: self.geo.each_ref().map(String::as_str),
            headers: self.site_headers.iter().map(String::as_str).collect(),
            page: self.page.iter().map(String::as_str).collect(),
        }
    }

    fn named(&self, name: &str) -> &str {
        named(&self.headers, name)
    }
}

fn named<'h>(headers: &'h [(String, String)], name: &str) -> &'h str {
    headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

impl Visit {
    /// Profiles of visits that never took place are signed with a key of their own.
    pub const KEY: &[u8; 32] = b"a key for visits that never were";

    /// What a bundle decides for the visit, and why.
    ///
    /// # Errors
    /// See [`VisitError`].
    pub fn explain(&self, engine: &Engine, notes: &Notes) -> Result<(Decision, Explanation), VisitError> {
        Ok(self.carried(engine.bundle())?.explain(engine, notes))
    }

    /// What the visit's request carries to a site.
    ///
    /// # Errors
    /// See [`VisitError`].
    pub fn carried(&self, bundle: &Bundle) -> Result<Carried, VisitError> {
        let mut cookies = self.cookies.clone();
        if let Some(purposes) = self.consent {
            cookies.extend(consent::cookie(&bundle.site.consent, purposes).ok_or(VisitError::Consent)?);
        }
        let mut url = self.url.clone();
        let mut headers = self.headers.clone();
        let mut page = vec![String::new(); bundle.site.page_attributes.len()];
        for (fact, value) in &self.page {
            let (cookies, headers, url) = (&mut cookies, &mut headers, &mut url);
            carry(bundle, *fact, value, &mut page, cookies, headers, url)
                .ok_or(VisitError::PageFact(*fact))?;
        }
        let mut header = String::new();
        let profile = self.visitor.as_ref().and_then(|visitor| {
            profile::encode(&visitor.profile(bundle, self.now_minutes()), &Keys::new([&Self::KEY[..]]))
        });
        let own = cookies.iter().map(|(name, value)| (name.as_str(), encoded(value)));
        for (name, value) in own.chain(profile.map(|value| (profile::COOKIE_NAME, value))) {
            if !header.is_empty() {
                header.push_str("; ");
            }
            header.push_str(&format!("{name}={value}"));
        }
        let agent = self.device.as_deref().and_then(example_user_agent);
        let geo = |fact: GeoFact| {
            self.geo
                .iter()
                .find(|(known, _)| *known == fact)
                .map_or("", |(_, value)| value.as_str())
                .to_owned()
        };
        Ok(Carried {
            at_ms: self.at_ms,
            url,
            cookie: header,
            user_agent: agent.unwrap_or_else(|| named(&headers, "user-agent")).to_owned(),
            geo: [
                geo(GeoFact::Country),
                geo(GeoFact::Region),
                geo(GeoFact::City),
                geo(GeoFact::PostalCode),
                geo(GeoFact::TimeZone),
                geo(GeoFact::Eu),
            ],
            site_headers: bundle.site.headers.iter().map(|name| named(&headers, name).to_owned()).collect(),
            headers,
            page,
        })
    }

    fn now_minutes(&self) -> u32 {
        u32::try_from(self.at_ms.div_euclid(60_000)).unwrap_or(0)
    }
}

impl Visitor {
    fn profile(&self, bundle: &Bundle, now_minutes: u32) -> Profile {
        const DAY: u32 = 1_440;
        let limits = bundle.site.profile;
        let ago = |days: u32| now_minutes.saturating_sub(days.saturating_mul(DAY));
        let mut profile = Profile::new([1; 16], now_minutes);
        profile.visits = self.visits;
        profile.previous_visit_minutes = ago(self.last_visit_days);
        profile.first_seen_minutes = profile.previous_visit_minutes;
        for (category, views) in &self.affinity {
            for _ in 0..*views {
                let keep = usize::from(limits.categories);
                profile.affinity.view(category, now_minutes, limits.affinity_half_life_days, keep);
            }
        }
        profile.recently_viewed.clone_from(&self.viewed);
        profile.orders = self.orders;
        profile.last_order_minutes = ago(self.last_order_days);
        profile.spent_minor = self.spent_minor;
        profile.answers =
            self.answers.iter().map(|(question, answer)| (fnv1a(question), fnv1a(answer))).collect();
        profile.exposed = self
            .seen
            .iter()
            .map(|(rule, views)| Exposed { key: fnv1a(rule), since_minutes: now_minutes, views: *views })
            .collect();
        profile
    }
}

/// Puts a fact where the site reads it.
fn carry(
    bundle: &Bundle,
    fact: PageFact,
    value: &str,
    page: &mut [String],
    cookies: &mut Vec<(String, String)>,
    headers: &mut Vec<(String, String)>,
    url: &mut String,
) -> Option<()> {
    let sources = &bundle.site.page;
    let origins = match fact {
        PageFact::Category => &sources.category,
        PageFact::Product => &sources.product,
        PageFact::Price => &sources.price,
        PageFact::Stock => &sources.stock,
    };
    let place = origins.iter().find(|origin| !matches!(origin, Origin::Route(_)))?;
    match place {
        Origin::Page(index) => value.clone_into(page.get_mut(usize::from(*index))?),
        Origin::Cookie(name) => cookies.push((name.clone(), value.to_owned())),
        Origin::Header(index) => {
            headers.push((bundle.site.headers.get(usize::from(*index))?.clone(), value.to_owned()));
        }
        Origin::Query(name) => {
            let separator = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{separator}{}={}", encoded(name), encoded(value)));
        }
        Origin::Route(_) => return None,
    }
    Some(())
}

/// Percent-encodes what cannot stand in a cookie's value (RFC 6265, section 4.1.1) or a query.
fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!*()/:@[]{}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
