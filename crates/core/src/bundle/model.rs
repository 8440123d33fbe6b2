//! What a bundle says: the compiled site, its rules and their contents.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::condition::{Node, NodeId};
use crate::consent::{ConsentSource, Purpose, Purposes};
use crate::experiment::{Experiment, Holdout};
use crate::fact::Fact;
use crate::money::{Currency, CurrencyFormat, MarketPricing};
use crate::shipping::ShippingPlan;
use crate::signal::Signal;
use crate::stage::{Stage, Stages};
use crate::template::Template;
use crate::texts::{TextId, Texts};
use crate::time::{DateFormat, TimeZone};
use crate::url::RoutePattern;
use crate::value::Type;
use crate::wire;

/// Everything the edge needs to decide, for one site. What only people need is in [`crate::notes::Notes`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// The site.
    pub site: Site,
    /// All text.
    pub texts: Texts,
    /// All conditions and placeholder expressions. INVARIANT: operands come before what uses them.
    pub nodes: Vec<Node>,
    /// The facts of a request that some decision can depend on, in the order in which the edge hands them over.
    pub facts: Vec<Fact>,
    /// Audiences.
    pub segments: Vec<Segment>,
    /// Number of named places in pages.
    pub slots: u16,
    /// What edits point at.
    pub targets: Vec<Target>,
    /// The targets' selectors as the rewriter reads them, under their numbers; opaque here.
    pub selectors: Vec<u8>,
    /// What goes into slots.
    pub contents: Vec<Content>,
    /// Rules in the total order: priority descending, then name ascending. INVARIANT: the first that applies wins.
    /// (Names are in the notes.)
    pub rules: Vec<Rule>,
    /// One plan a stage, in the order of [`Stage::ALL`].
    pub stages: Vec<StagePlan>,
}

/// Where something is kept that the shop, and not Footlight, writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A cookie by name, percent-decoded.
    Cookie(String),
    /// A request header by lower-case name; the number is its place among [`Site::headers`].
    Header(u16),
    /// A query parameter by name.
    Query(String),
    /// What the route captured under a name.
    Route(String),
    /// An attribute of the first element in the page that a selector names; the number is its place among
    /// [`Site::page_attributes`].
    Page(u16),
}

/// The site as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The site's name, also in the bundle's header.
    pub id: String,
    /// The shop's own host names; a referrer from one of them (or below) is internal.
    pub hosts: Vec<String>,
    /// Locales the site has contents for (BCP 47), the default first.
    pub locales: Vec<String>,
    /// Where each geo fact comes from when not from the runtime's own geo data: `(fact, header)`.
    pub geo_headers: Vec<(GeoFact, String)>,
    /// Routes, tried in order.
    pub routes: Vec<Route>,
    /// Where consent is kept.
    pub consent: ConsentSource,
    /// The currency of the origin's prices.
    pub base_currency: Currency,
    /// Markets; the first whose countries name the visitor's country is the visitor's.
    pub markets: Vec<Market>,
    /// Attribute of a price element that holds its amount in the base currency.
    pub amount_attribute: String,
    /// Attribute of a price element that holds the product's id, for price lists.
    pub product_attribute: String,
    /// Shipping, when the site declares it.
    pub shipping: Option<ShippingPlan>,
    /// The shop's own time zone, an index into `zones`.
    pub shop_zone: u16,
    /// Time zones in use, by name ascending.
    pub zones: Vec<TimeZone>,
    /// Request headers that custom signals and shop facts read, lower case.
    pub headers: Vec<String>,
    /// Attributes of the page itself that signals read, lower case, each of the element that the selector of its number in
    /// `page_selectors` names.
    pub page_attributes: Vec<String>,
    /// Their selectors as the rewriter reads them, under their numbers; opaque here.
    pub page_selectors: Vec<u8>,
    /// Where the page's facts come from, each tried in order.
    pub page: PageSources,
    /// Where the shop keeps the cart and the order.
    pub shop: ShopSources,
    /// Custom signals.
    pub custom: Vec<CustomSignal>,
    /// Zero-party questions.
    pub questions: Vec<Question>,
    /// Value tiers by total spent, ascending.
    pub tiers: Vec<Tier>,
    /// What the profile keeps.
    pub profile: ProfileLimits,
    /// Visitors who get no personalization.
    pub holdouts: Vec<Holdout>,
}

/// A fact that the runtime's geo data, or another CDN's header, says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GeoFact {
    /// ISO 3166-1 alpha-2.
    Country,
    /// ISO 3166-2 subdivision without the country.
    Region,
    /// City name.
    City,
    /// Postal code.
    PostalCode,
    /// IANA time zone name.
    TimeZone,
    /// `1` inside the European Union.
    Eu,
}

/// A URL pattern and the stage it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// The pattern.
    pub pattern: RoutePattern,
    /// The stage; none for pages that stay as they are although a later route would match.
    pub stage: Option<Stage>,
}

/// A group of countries that see the same currency and locale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Market {
    /// Its name.
    pub id: TextId,
    /// ISO 3166-1 alpha-2 codes, ascending.
    pub countries: Vec<[u8; 2]>,
    /// Its currency.
    pub currency: Currency,
    /// BCP 47 locale for numbers and dates.
    pub locale: TextId,
    /// How the origin's prices become this market's.
    pub pricing: MarketPricing,
    /// How amounts are written.
    pub format: CurrencyFormat,
    /// How dates are written in each of [`Site::locales`], as people of this market write them.
    pub dates: Vec<DateFormat>,
    /// Such as `incl. VAT`; empty for none.
    pub tax_label: TextId,
}

/// Where the facts about the page come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSources {
    /// Category id.
    pub category: Vec<Origin>,
    /// Product id.
    pub product: Vec<Origin>,
    /// Price in the base currency's major unit, a decimal.
    pub price: Vec<Origin>,
    /// Pieces in stock, a whole number.
    pub stock: Vec<Origin>,
}

/// Where the shop keeps what only the shop knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopSources {
    /// Number of items in the cart.
    pub cart_items: Vec<Origin>,
    /// Value of the cart in the base currency's major unit, a decimal.
    pub cart_value: Vec<Origin>,
    /// Order id on the thank-you page; an order is counted once.
    pub order_id: Vec<Origin>,
    /// Value of that order in the base currency's major unit, a decimal.
    pub order_value: Vec<Origin>,
}

/// A signal that the site declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomSignal {
    /// Its type: bool, int, double or string.
    pub kind: Type,
    /// Where it is read.
    pub origin: Origin,
    /// The purpose that reading it needs.
    pub purpose: Purpose,
}

/// A zero-party question and its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Names the question in profiles, across bundles: the FNV-1a hash of its name.
    pub key: u32,
    /// The answers that can be given.
    pub answers: Vec<TextId>,
}

/// A value tier: visitors who have spent at least this much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// Its name.
    pub name: TextId,
    /// Least total spent, in the base currency's minor units.
    pub from_minor: i64,
}

/// How much the profile keeps; the compiler checks that its cookie stays within 1,024 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLimits {
    /// Categories with the strongest affinity.
    pub categories: u8,
    /// Products viewed last.
    pub recently_viewed: u8,
    /// Half-life of affinity, in days.
    pub affinity_half_life_days: u16,
    /// Minutes without a request after which the next one begins a new visit.
    pub visit_gap_minutes: u16,
}

/// An audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Who is in it, its least evidence included.
    pub condition: NodeId,
}

/// What edits point at: a slot, a part of it, or the preload link that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The slot it belongs to, below [`Bundle::slots`].
    pub slot: u16,
}

/// What goes into a slot, with its language variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// What is shown when no variant has the visitor's language.
    pub default: Template,
    /// Variants by index into [`Site::locales`], ascending.
    pub variants: Vec<(u16, Template)>,
}

/// What a rule does for the shopper; a stage's law names the kinds it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Adjusts to the place: currency, prices, shipping, language.
    Localize,
    /// Recognizes the visitor: a greeting, a picked-up thread.
    Recognize,
    /// Matches the promise the visitor came with: a campaign, a season.
    Welcome,
    /// Helps to choose.
    Guide,
    /// Removes doubt: returns, fit, stock, delivery.
    Reassure,
    /// Adds value to what is in the cart.
    Upsell,
    /// Removes effort.
    Simplify,
    /// Extends the relationship after the sale.
    Extend,
    /// Keeps in touch with what was bought.
    Care,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Localize,
        Self::Recognize,
        Self::Welcome,
        Self::Guide,
        Self::Reassure,
        Self::Upsell,
        Self::Simplify,
        Self::Extend,
        Self::Care,
    ];

    /// The name in rule files and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Localize => "localize",
            Self::Recognize => "recognize",
            Self::Welcome => "welcome",
            Self::Guide => "guide",
            Self::Reassure => "reassure",
            Self::Upsell => "upsell",
            Self::Simplify => "simplify",
            Self::Extend => "extend",
            Self::Care => "care",
        }
    }

    /// The kind named `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// At a stage, for a segment, a slot gets content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Where it applies.
    pub stages: Stages,
    /// Audiences, all of which the visitor must be in; never empty. Indices into [`Bundle::segments`].
    pub segments: Vec<u16>,
    /// A further condition.
    pub condition: Option<NodeId>,
    /// What it does for the shopper.
    pub kind: Kind,
    /// Higher goes first.
    pub priority: i32,
    /// The slot it fills, below [`Bundle::slots`].
    pub slot: u16,
    /// From when to when it applies.
    pub schedule: Schedule,
    /// How often one visitor sees it.
    pub cap: Option<Cap>,
    /// Purposes that its signals, its content and its cap need.
    pub purposes: Purposes,
    /// How visitors are split over the variants, if they are.
    pub experiment: Option<Experiment>,
    /// What it changes in the page: one variant, or those of its experiment.
    pub variants: Vec<Variant>,
}

/// One of the things that a rule may show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name within the experiment, an index into [`crate::notes::Notes::variants`]; 0, the empty name, without one.
    pub name: u16,
    /// What it changes in the page; nothing for a control.
    pub edits: Vec<Edit>,
    /// Images it asks the browser to load early, as `Link` header values.
    pub preloads: Vec<TextId>,
}

/// When a rule applies, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// From this instant on.
    pub from_ms: Option<i64>,
    /// Up to and without this instant.
    pub until_ms: Option<i64>,
    /// When its review is overdue past the grace period and it stops.
    pub expires_ms: i64,
}

/// How often one visitor sees a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// At most this many page views …
    pub views: u8,
    /// … within this many days from the first.
    pub days: u16,
    /// Names the rule in profiles, across bundles: the first four bytes of the rule name's FNV-1a hash.
    pub key: u32,
}

/// Where inserted content goes, relative to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Instead of what is inside the element.
    Inner,
    /// Instead of the element.
    Replace,
    /// Before the element.
    Before,
    /// After the element.
    After,
    /// First inside the element.
    Prepend,
    /// Last inside the element.
    Append,
}

impl Place {
    /// The name in messages and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Replace => "replace",
            Self::Before => "before",
            Self::After => "after",
            Self::Prepend => "prepend",
            Self::Append => "append",
        }
    }
}

/// One change to a target, an index into [`Bundle::targets`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Puts content at a place.
    Insert {
        /// Where.
        target: u16,
        /// Relative to it.
        place: Place,
        /// An index into [`Bundle::contents`].
        content: u16,
    },
    /// Sets an attribute to rendered plain text.
    SetAttribute {
        /// Where.
        target: u16,
        /// The attribute's name, lower case.
        name: TextId,
        /// An index into [`Bundle::contents`]; rendered without HTML escaping, the rewriter escapes.
        content: u16,
    },
    /// Removes an attribute.
    RemoveAttribute {
        /// Where.
        target: u16,
        /// The attribute's name, lower case.
        name: TextId,
    },
    /// Removes the element.
    Remove {
        /// Where.
        target: u16,
    },
    /// Shows a price element's amount in the visitor's market.
    Price {
        /// Where.
        target: u16,
    },
}

impl Edit {
    /// The target it changes.
    #[must_use]
    pub const fn target(&self) -> u16 {
        match self {
            Self::Insert { target, .. }
            | Self::SetAttribute { target, .. }
            | Self::RemoveAttribute { target, .. }
            | Self::Remove { target }
            | Self::Price { target } => *target,
        }
    }
}

/// What a stage allows and how its responses may be cached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagePlan {
    /// Kinds of action allowed.
    pub allowed: Vec<Kind>,
    /// Most interventions on one page; kinds in `uncounted` do not count.
    pub max_interventions: u8,
    /// Kinds that are no intervention.
    pub uncounted: Vec<Kind>,
    /// Tighter limits for single kinds.
    pub limits: Vec<(Kind, u8)>,
    /// Rules of this stage in the total order, indices into [`Bundle::rules`].
    pub rules: Vec<u32>,
    /// Whether a rule here reads the page before deciding.
    pub reads_page: bool,
    /// What the stage's responses depend on.
    pub cache: CacheClass,
}

/// What responses of a stage depend on, derived by the compiler from the signals that its rules read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CacheClass {
    /// Nothing: every visitor gets the same.
    Static,
    /// These signals only, each with few values.
    Shared {
        /// The signals, in the order of the variant key.
        key: Vec<Signal>,
        /// How many variants there can be.
        variants: u32,
    },
    /// The visitor.
    Private,
}

wire::structs! {
    Bundle { site, texts, nodes, facts, segments, slots, targets, selectors, contents, rules, stages }
    Site { id, hosts, locales, geo_headers, routes, consent, base_currency, markets, amount_attribute, product_attribute, shipping, shop_zone => Zones, zones, headers, page_attributes, page_selectors, page, shop, custom, questions, tiers, profile, holdouts }
    Route { pattern, stage }
    Market { id, countries, currency, locale, pricing, format, dates, tax_label }
    PageSources { category, product, price, stock }
    ShopSources { cart_items, cart_value, order_id, order_value }
    CustomSignal { kind, origin, purpose }
    Question { key, answers }
    Tier { name, from_minor }
    ProfileLimits { categories, recently_viewed, affinity_half_life_days, visit_gap_minutes }
    Segment { condition }
    Target { slot => Slots }
    Content { default, variants }
    Rule { stages, segments => Segments, condition, kind, priority, slot => Slots, schedule, cap, purposes, experiment, variants }
    Variant { name, edits, preloads }
    Schedule { from_ms, until_ms, expires_ms }
    Cap { views, days, key }
    StagePlan { allowed, max_interventions, uncounted, limits, rules => Rules, reads_page, cache }
}

wire::enums! {
    Origin: 5 {
        0 => Cookie { 0 },
        1 => Header { 0 => Headers },
        2 => Query { 0 },
        3 => Route { 0 },
        4 => Page { 0 => PageAttributes },
    }
    GeoFact: 6 {
        0 => Country {},
        1 => Region {},
        2 => City {},
        3 => PostalCode {},
        4 => TimeZone {},
        5 => Eu {},
    }
    Kind: 9 {
        0 => Localize {},
        1 => Recognize {},
        2 => Welcome {},
        3 => Guide {},
        4 => Reassure {},
        5 => Upsell {},
        6 => Simplify {},
        7 => Extend {},
        8 => Care {},
    }
    Place: 6 {
        0 => Inner {},
        1 => Replace {},
        2 => Before {},
        3 => After {},
        4 => Prepend {},
        5 => Append {},
    }
    Edit: 5 {
        0 => Insert { target => Targets, place, content => Contents },
        1 => SetAttribute { target => Targets, name, content => Contents },
        2 => RemoveAttribute { target => Targets, name },
        3 => Remove { target => Targets },
        4 => Price { target => Targets },
    }
    CacheClass: 3 {
        0 => Static {},
        1 => Shared { key, variants },
        2 => Private {},
    }
}
