//! Decisions as JSON, for the endpoints.

use alloc::vec::Vec;

use footlight_core::bundle::{Bundle, Place, Rule, Variant};
use footlight_core::decide::{CachePolicy, Change, Decision, DefaultReason, Explanation};
use footlight_core::stage::Stage;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Report<'a> {
    stage: Option<Stage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<DefaultReason>,
    market: Option<&'a str>,
    cache: &'static str,
    slots: Vec<SlotReport<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
}

#[derive(Serialize)]
struct SlotReport<'a> {
    slot: &'a str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<&'a str>,
    edits: Vec<EditReport<'a>>,
}

#[derive(Serialize)]
struct EditReport<'a> {
    selector: &'a str,
    #[serde(flatten)]
    change: ChangeReport<'a>,
}

#[derive(Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
enum ChangeReport<'a> {
    Insert { place: Place, html: &'a str },
    SetAttribute { name: &'a str, value: &'a str },
    RemoveAttribute { name: &'a str },
    Remove,
    Price,
}

pub(crate) fn report<'a>(
    bundle: &'a Bundle,
    decision: &'a Decision,
    explanation: Option<Explanation>,
) -> Report<'a> {
    let market = decision.market.and_then(|market| bundle.site.markets.get(usize::from(market)));
    let winners = decision.winners.iter().filter_map(|winner| winner.of(bundle));
    Report {
        stage: decision.stage,
        default: decision.reason,
        market: market.map(|market| bundle.texts.get(market.id)),
        cache: match decision.cache {
            CachePolicy::Static => "static",
            CachePolicy::Shared { .. } => "shared",
            CachePolicy::Private => "private",
        },
        slots: winners.map(|(rule, variant)| slot(bundle, decision, rule, variant)).collect(),
        explanation,
    }
}

fn slot<'a>(
    bundle: &'a Bundle,
    decision: &'a Decision,
    rule: &'a Rule,
    variant: &'a Variant,
) -> SlotReport<'a> {
    let name = bundle.slots.get(usize::from(rule.slot)).map_or("", |slot| bundle.texts.get(slot.id));
    let target = |index: u16| bundle.targets.get(usize::from(index));
    let variant = rule.experiment.as_ref().map(|_| bundle.texts.get(variant.id));
    // INVARIANT: one rule fills one slot, so a slot's edits are those of its rule.
    let of_slot = decision.edits.iter().filter_map(|edit| {
        let target = target(edit.target).filter(|target| target.slot == rule.slot)?;
        Some(EditReport { selector: &target.selector, change: change(bundle, &edit.change) })
    });
    SlotReport { slot: name, rule: bundle.texts.get(rule.id), variant, edits: of_slot.collect() }
}

fn change<'a>(bundle: &'a Bundle, change: &'a Change) -> ChangeReport<'a> {
    match change {
        Change::Insert { place, html } => ChangeReport::Insert { place: *place, html },
        Change::SetAttribute { name, value } => {
            ChangeReport::SetAttribute { name: bundle.texts.get(*name), value }
        }
        Change::RemoveAttribute { name } => ChangeReport::RemoveAttribute { name: bundle.texts.get(*name) },
        Change::Remove => ChangeReport::Remove,
        Change::Price => ChangeReport::Price,
    }
}
