//! Rules of one priority for one slot that can both apply, so that nothing but their names decides.
//!
//! That they can is shown, not guessed: for each thing that they depend on, or fill in, there is a value that suits both, and the
//! things are independent of each other. Where they are not (a market follows from the country, `visitor.returning` from
//! `visitor.visits`), what one rule asks for must be all that the other one does, too. Silence proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use footlight_core::bundle::{Origin, Rule};
use footlight_core::condition::Node;
use footlight_core::consent::Purpose;
use footlight_core::hash::fnv1a;
use footlight_core::notes::Notes;
use footlight_core::signal::{self, Plain, Signal};
use footlight_core::value::Type;

use super::condition::{Conditions, kind};
use super::earlier::{Earlier, Pins};
use super::facts::{Axis, Facts, meet};
use super::needs::Needs;
use super::values::Cut;

/// More ways in which one rule applies are not looked at.
const MOST_WAYS: usize = 16;

/// So many are named, and that there are more.
pub(super) const MOST_NAMED: usize = 3;

/// A rule, and others of its priority that only go first because of their names: at most one more than are named.
pub(super) struct Tie {
    pub(super) rule: usize,
    pub(super) others: Vec<usize>,
}

/// The ties among rules that apply; each rule with the earlier ones that it can meet.
pub(super) fn ties<'b>(
    conditions: &Conditions<'b>,
    facts: &[Option<Facts<'b>>],
    pins: &Pins<'b>,
) -> Vec<Tie> {
    let mut by_place: BTreeMap<(u16, i32), Earlier<'b>> = BTreeMap::new();
    let mut found = Vec::new();
    let rules = || conditions.bundle.rules.iter();
    let shown = |(rule, facts): (&Rule, &Option<Facts<'b>>)| {
        let facts = Needs::of(conditions.bundle, rule).within(conditions, facts.clone()?)?;
        Some(ways(conditions, facts))
    };
    let ways: Vec<Vec<Facts<'b>>> = rules().zip(facts).map(|each| shown(each).unwrap_or_default()).collect();
    let of = |rule: usize| ways.get(rule).map_or(&[][..], Vec::as_slice);
    for (index, rule) in rules().enumerate() {
        let earlier = by_place.entry((rule.slot, rule.priority)).or_default();
        let can_meet = |other: &usize| {
            let is_met =
                |a: &Facts<'b>, b: &Facts<'b>| meet(&a.region, &b.region) && is_shown(conditions, a, b);
            of(index).iter().any(|own| of(*other).iter().any(|other| is_met(own, other)))
        };
        let before = facts.get(index).and_then(Option::as_ref).map(|own| earlier.that_can_meet(own));
        let others = before.unwrap_or_default().into_iter().filter(can_meet);
        let others: Vec<usize> = others.take(MOST_NAMED + 1).collect();
        earlier.push(index, pins.of(index));
        if !others.is_empty() {
            found.push(Tie { rule: index, others });
        }
    }
    found
}

/// The ways in which a rule can apply that leave no condition to be taken as it stands: of `a || b` one, or the other.
fn ways<'b>(conditions: &Conditions<'b>, facts: Facts<'b>) -> Vec<Facts<'b>> {
    let mut ways = Vec::new();
    let mut pending = vec![facts];
    while let Some(mut facts) = pending.pop() {
        let Some(opaque) = facts.opaque.pop_first() else {
            ways.push(facts);
            continue;
        };
        let branches = match (conditions.node(opaque.0), opaque.1) {
            (Some(Node::Or(any)), true) | (Some(Node::And(any)), false) => any.as_slice(),
            _ => &[],
        };
        if ways.len() + pending.len() + branches.len() > MOST_WAYS {
            continue;
        }
        for &branch in branches {
            let mut way = facts.clone();
            if way.assume(conditions, vec![(branch, opaque.1)]).is_ok() {
                pending.push(way);
            }
        }
    }
    ways
}

/// Things that depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Page,
    /// By the hash of its name.
    Query(u32),
    /// By the hash of its name.
    Cookie(u32),
    Header(u16),
    Traffic,
    Place,
    Time,
    Device,
    Language,
    Network,
    Visitor,
    Cart,
    Consent,
}

/// Whether regions that meet on every axis surely have something in common.
fn is_shown<'b>(conditions: &Conditions<'b>, a: &Facts<'b>, b: &Facts<'b>) -> bool {
    // Where both may be, and when, is no demand of one on the other.
    let is_shared = |axis: &Axis| {
        !matches!(axis, Axis::Signal(_)) && a.values(conditions, *axis) == b.values(conditions, *axis)
    };
    let axes = |facts: &Facts<'b>| -> BTreeSet<Axis> {
        facts.region.keys().copied().filter(|axis| !is_shared(axis)).collect()
    };
    let (of_a, of_b) = (axes(a), axes(b));
    let mut groups = Groups::new(conditions, [a, b]);
    of_a.union(&of_b).for_each(|axis| groups.join_all(*axis));
    let mut by_group: BTreeMap<Group, Vec<Axis>> = BTreeMap::new();
    for &axis in of_a.union(&of_b) {
        by_group.entry(groups.of(axis)).or_default().push(axis);
    }
    let implies = |facts: &Facts<'b>, other: &Facts<'b>, axes: &[Axis]| {
        let is_within =
            |axis: &Axis| facts.values(conditions, *axis).is_within(&other.values(conditions, *axis));
        axes.iter().all(is_within)
    };
    by_group.values().all(|axes| axes.len() == 1 || implies(a, b, axes) || implies(b, a, axes))
}

/// Which groups belong together, because something depends on several.
struct Groups<'c, 'b> {
    conditions: &'c Conditions<'b>,
    joined: BTreeMap<Group, Group>,
    /// Refusals matter: what is known and what must not be known may need the same consent.
    consent_matters: bool,
}

impl<'c, 'b> Groups<'c, 'b> {
    fn new(conditions: &'c Conditions<'b>, both: [&Facts<'b>; 2]) -> Self {
        let mut groups = Self { conditions, joined: BTreeMap::new(), consent_matters: false };
        let asks = |facts: &&Facts<'b>| {
            facts.region.iter().any(|(axis, values)| match axis {
                Axis::Signal(signal) => {
                    is_consent(*signal) || groups.is_protected(*signal) && values.must_be_unknown()
                }
                _ => false,
            })
        };
        groups.consent_matters = both.iter().any(asks);
        groups
    }

    fn of(&self, axis: Axis) -> Group {
        self.groups(axis).first().map_or(Group::Page, |group| self.root(*group))
    }

    fn root(&self, mut group: Group) -> Group {
        while let Some(next) = self.joined.get(&group) {
            group = *next;
        }
        group
    }

    fn join_all(&mut self, axis: Axis) {
        let groups = self.groups(axis);
        for pair in groups.windows(2) {
            if let [a, b] = *pair {
                let (a, b) = (self.root(a), self.root(b));
                if a != b {
                    self.joined.insert(a, b);
                }
            }
        }
    }

    fn groups(&self, axis: Axis) -> Vec<Group> {
        match axis {
            Axis::Stage => vec![Group::Page],
            Axis::Time => vec![Group::Time],
            Axis::Signal(signal) => self.of_signal(signal),
        }
    }

    fn is_protected(&self, signal: Signal) -> bool {
        signal::purpose(self.conditions.bundle, signal) != Purpose::Necessary
    }

    fn of_signal(&self, signal: Signal) -> Vec<Group> {
        let site = &self.conditions.bundle.site;
        let mut groups = match signal {
            Signal::Plain(plain) => of_plain(plain),
            Signal::Query(name) => self.query(self.conditions.bundle.texts.get(name)),
            Signal::Route(_) => vec![Group::Page],
            Signal::Affinity(_) | Signal::Answer(_) => vec![Group::Visitor],
            Signal::Custom(index) => match site.custom.get(usize::from(index)).map(|custom| &custom.origin) {
                Some(Origin::Query(name)) => self.query(name),
                Some(Origin::Cookie(name)) if *name == site.consent.cookie => vec![Group::Consent],
                Some(Origin::Cookie(name)) => {
                    let same = |origin: &Origin| matches!(origin, Origin::Cookie(other) if other == name);
                    let mut shop = [&site.shop.cart_items, &site.shop.cart_value].into_iter().flatten();
                    let cart = shop.any(same).then_some(Group::Cart);
                    [Group::Cookie(fnv1a(name))].into_iter().chain(cart).collect()
                }
                Some(Origin::Header(header)) => vec![Group::Header(*header)],
                _ => vec![Group::Page],
            },
        };
        if self.consent_matters && (is_consent(signal) || self.is_protected(signal)) {
            groups.push(Group::Consent);
        }
        groups
    }

    /// What a query parameter goes with.
    fn query(&self, name: &str) -> Vec<Group> {
        let site = &self.conditions.bundle.site;
        let is_same = |origin: &Origin| matches!(origin, Origin::Query(other) if other == name);
        let page = [&site.page.category, &site.page.product, &site.page.price, &site.page.stock];
        if page.into_iter().flatten().any(is_same) {
            return vec![Group::Page];
        }
        if [&site.shop.cart_items, &site.shop.cart_value].into_iter().flatten().any(is_same) {
            return vec![Group::Cart];
        }
        if name.starts_with("utm_") || name.ends_with("clid") {
            return vec![Group::Traffic];
        }
        vec![Group::Query(fnv1a(name))]
    }
}

fn is_consent(signal: Signal) -> bool {
    matches!(signal, Signal::Plain(plain) if of_plain(plain).contains(&Group::Consent))
}

fn of_plain(plain: Plain) -> Vec<Group> {
    use Plain as P;
    vec![match plain {
        P::UrlHost | P::UrlPath | P::PageCategory | P::PageProduct | P::PagePrice | P::PageStock => {
            Group::Page
        }
        P::TrafficSource
        | P::TrafficMedium
        | P::TrafficCampaign
        | P::TrafficTerm
        | P::TrafficContent
        | P::TrafficReferrer
        | P::TrafficReferrerHost
        | P::TrafficClickId => Group::Traffic,
        P::LanguageTag | P::LanguagePreferred => Group::Language,
        P::DeviceClass | P::DeviceOs | P::DeviceBrowser => Group::Device,
        P::GeoCountry
        | P::GeoRegion
        | P::GeoCity
        | P::GeoPostalCode
        | P::GeoEu
        | P::MarketId
        | P::MarketCurrency
        | P::MarketLocale
        | P::MarketTaxLabel => Group::Place,
        P::NetworkSaveData => Group::Network,
        P::TimeNow | P::TimeShopHour | P::TimeShopWeekday | P::TimeShopDate => Group::Time,
        P::GeoTimeZone | P::TimeVisitorHour | P::TimeVisitorWeekday => {
            return vec![Group::Place, Group::Time];
        }
        P::ConsentFunctional
        | P::ConsentAnalytics
        | P::ConsentPersonalization
        | P::ConsentMarketing
        | P::ConsentGpc => Group::Consent,
        P::VisitorReturning
        | P::VisitorVisits
        | P::VisitorDaysSinceLastVisit
        | P::VisitorFavouriteCategory
        | P::VisitorRecentlyViewed
        | P::VisitorOrders
        | P::VisitorDaysSinceOrder
        | P::VisitorSpent
        | P::VisitorValueTier => Group::Visitor,
        P::CartItems | P::CartValue => Group::Cart,
        P::CartTotal => return vec![Group::Cart, Group::Place],
        P::ShippingZone
        | P::ShippingMethod
        | P::ShippingPrice
        | P::ShippingFree
        | P::ShippingFreeFrom
        | P::ShippingMissing
        | P::ShippingArrives
        | P::ShippingArrivesLatest
        | P::ShippingCutoffMinutes => return vec![Group::Place, Group::Cart, Group::Time],
    }]
}

/// Values that suit both, as far as they can be named: `geo.country == 'DE'`.
pub(super) fn example<'b>(
    conditions: &Conditions<'b>,
    notes: &Notes,
    a: &Facts<'b>,
    b: &Facts<'b>,
) -> Vec<String> {
    let axes: BTreeSet<Axis> = a.region.keys().chain(b.region.keys()).copied().collect();
    let shown = axes.into_iter().filter_map(|axis| {
        let Axis::Signal(signal) = axis else { return None };
        let both = a.values(conditions, axis).and(&b.values(conditions, axis));
        let mut name = String::new();
        signal::write_name(conditions.bundle, notes, signal, &mut name);
        match (kind(conditions.bundle, signal), both.first_point()?) {
            (Type::Bool, Cut::Number(1)) => Some(name),
            (Type::Bool, _) => Some(format!("!{name}")),
            (Type::Int, Cut::Number(number)) => Some(format!("{name} == {number}")),
            (Type::Text, Cut::Text(text, _)) => Some(format!("{name} == '{text}'")),
            _ => None,
        }
    });
    shown.take(3).collect()
}
