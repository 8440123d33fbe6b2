//! Signals of what the shop has observed of the visitor.

use super::Signals;
use super::catalogue::{Cardinality, Entry, NamedFamily, Plain, Source};
use crate::consent::Purpose;
use crate::value::{TextList, Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::VisitorReturning,
        name: "visitor.returning",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Whether this is at least the second visit.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorVisits,
        name: "visitor.visits",
        kind: Type::Int,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Visits so far, this one included.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorDaysSinceLastVisit,
        name: "visitor.days_since_last_visit",
        kind: Type::Int,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Whole days since the visit before this one; unknown in the first visit.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorFavouriteCategory,
        name: "visitor.favourite_category",
        kind: Type::Text,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "The category with the strongest affinity.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorRecentlyViewed,
        name: "visitor.recently_viewed",
        kind: Type::TextList,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Ids of products viewed lately, the last first.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorOrders,
        name: "visitor.orders",
        kind: Type::Int,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Orders placed.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorDaysSinceOrder,
        name: "visitor.days_since_order",
        kind: Type::Int,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Whole days since the last order; unknown without one.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorSpent,
        name: "visitor.spent",
        kind: Type::Double,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "Total of all orders, in the base currency.",
        values: &[],
    },
    Entry {
        signal: Plain::VisitorValueTier,
        name: "visitor.value_tier",
        kind: Type::Text,
        source: Source::FirstParty,
        purpose: Purpose::Personalization,
        cardinality: Cardinality::Many,
        meaning: "The value tier that the total of all orders reaches; unknown below the first.",
        values: &[],
    },
    Entry {
        signal: Plain::CartItems,
        name: "cart.items",
        kind: Type::Int,
        source: Source::FirstParty,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "Items in the cart.",
        values: &[],
    },
    Entry {
        signal: Plain::CartValue,
        name: "cart.value",
        kind: Type::Double,
        source: Source::FirstParty,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "Value of the cart, in the base currency.",
        values: &[],
    },
    Entry {
        signal: Plain::CartTotal,
        name: "cart.total",
        kind: Type::Text,
        source: Source::FirstParty,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "Value of the cart as written in the visitor's market.",
        values: &[],
    },
];

pub(super) const AFFINITY: NamedFamily = NamedFamily {
    prefix: "visitor.affinity",
    of: "category",
    kind: Type::Double,
    source: Source::FirstParty,
    purpose: Purpose::Personalization,
    cardinality: Cardinality::Many,
    meaning: "The visitor's interest in a category: page views, halved with each half-life; unknown when never viewed.",
};

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    if matches!(signal, Plain::CartItems | Plain::CartValue | Plain::CartTotal) {
        return read_cart(signals, signal);
    }
    let Some(profile) = signals.profile else { return Value::Unknown(Unknown::Absent) };
    let days_since =
        |minutes: u32| Value::Int(i64::from(signals.request.now_minutes().saturating_sub(minutes) / 1_440));
    match signal {
        Plain::VisitorReturning => Value::Bool(profile.visits > 1),
        Plain::VisitorVisits => Value::Int(profile.visits.into()),
        Plain::VisitorDaysSinceLastVisit if profile.visits > 1 => days_since(profile.previous_visit_minutes),
        Plain::VisitorFavouriteCategory => Value::text_or_absent(profile.affinity.favourite()),
        Plain::VisitorRecentlyViewed => Value::TextList(TextList::Strings(&profile.recently_viewed)),
        Plain::VisitorOrders => Value::Int(profile.orders.into()),
        Plain::VisitorDaysSinceOrder if profile.orders > 0 => days_since(profile.last_order_minutes),
        Plain::VisitorSpent => Value::Double(signals.major_units(profile.spent_minor)),
        Plain::VisitorValueTier => {
            let tier =
                signals.bundle.site.tiers.iter().rev().find(|tier| tier.from_minor <= profile.spent_minor);
            Value::text_or_absent(tier.map(|tier| signals.bundle.texts.get(tier.name)))
        }
        _ => Value::Unknown(Unknown::Absent),
    }
}

/// The visitor's affinity to one category, in decayed views.
pub(super) fn read_affinity<'a>(signals: &'a Signals<'a>, category: &str) -> Value<'a> {
    let Some(profile) = signals.profile else { return Value::Unknown(Unknown::Absent) };
    let half_life = signals.bundle.site.profile.affinity_half_life_days;
    match profile.affinity.score(category, signals.request.now_minutes(), half_life) {
        Some(score) => Value::Double(score),
        None => Value::Unknown(Unknown::Absent),
    }
}

fn read_cart<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let shop = &signals.bundle.site.shop;
    match signal {
        Plain::CartItems => signals.shop_fact(&shop.cart_items, Type::Int),
        Plain::CartValue => signals.shop_fact(&shop.cart_value, Type::Double),
        _ => match signals.cart_total() {
            Some(total) => Value::Text(signals.kept.keep(total)),
            None => Value::Unknown(Unknown::Absent),
        },
    }
}
