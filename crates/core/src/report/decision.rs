//! What a request gets.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::Explanation;
use crate::bundle::Bundle;
use crate::decide::{CachePolicy, Change, Decision, DefaultReason, SlotEdit, Winner};
use crate::notes::{self, Notes};
use crate::stage::Stage;

/// A decision in words: the document that the worker's endpoints and the command answer with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The journey stage.
    pub stage: Option<Stage>,
    /// Why nothing changes, when nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<DefaultReason>,
    /// The visitor's market.
    pub market: Option<String>,
    /// `static`, `shared` or `private`.
    pub cache: &'static str,
    /// Of a shared response, what it is shared by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_key: Option<String>,
    /// The slots that are filled, by their rules' order.
    pub slots: Vec<SlotReport>,
    /// Why, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// What a slot gets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlotReport {
    /// The slot.
    pub slot: String,
    /// The rule that fills it.
    pub rule: String,
    /// The variant, of an experiment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// What changes.
    pub edits: Vec<EditReport>,
}

/// One change of the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EditReport {
    /// Where.
    pub selector: String,
    /// What.
    #[serde(flatten)]
    pub change: ChangeReport,
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum ChangeReport {
    /// HTML goes in.
    Insert {
        /// Where, relative to the element.
        place: &'static str,
        /// What.
        html: String,
    },
    /// An attribute gets a value.
    SetAttribute {
        /// The attribute.
        name: String,
        /// Its value.
        value: String,
    },
    /// An attribute goes.
    RemoveAttribute {
        /// The attribute.
        name: String,
    },
    /// The element goes.
    Remove,
    /// An amount is shown in the visitor's market.
    Price,
}

impl Report {
    /// The words to a decision.
    #[must_use]
    pub fn of(decision: &Decision, explanation: Option<Explanation>, bundle: &Bundle, notes: &Notes) -> Self {
        let (cache, cache_key) = match &decision.cache {
            CachePolicy::Static => ("static", None),
            CachePolicy::Shared { key } => ("shared", Some(key.clone())),
            CachePolicy::Private => ("private", None),
        };
        let slots = decision.winners.iter().filter_map(|winner| slot(winner, decision, bundle, notes));
        Self {
            stage: decision.stage,
            default: decision.reason,
            market: decision.market.map(|market| notes::name(&notes.markets, market.into()).into()),
            cache,
            cache_key,
            slots: slots.collect(),
            explanation,
        }
    }
}

fn slot(winner: &Winner, decision: &Decision, bundle: &Bundle, notes: &Notes) -> Option<SlotReport> {
    let (rule, variant) = winner.of(bundle)?;
    // INVARIANT: one rule fills one slot, so a slot's edits are those of its rule.
    let is_here = |edit: &&SlotEdit| {
        bundle.targets.get(usize::from(edit.target)).is_some_and(|target| target.slot == rule.slot)
    };
    let edits = decision.edits.iter().filter(is_here).map(|edit| EditReport {
        selector: notes::name(&notes.targets, edit.target.into()).into(),
        change: change(&edit.change, bundle),
    });
    let variant = notes::name(&notes.variants, variant.name.into());
    Some(SlotReport {
        slot: notes::name(&notes.slots, rule.slot.into()).into(),
        rule: notes::name(&notes.rules, winner.rule).into(),
        variant: (!variant.is_empty()).then(|| variant.into()),
        edits: edits.collect(),
    })
}

fn change(change: &Change, bundle: &Bundle) -> ChangeReport {
    let text = |id| bundle.texts.get(id).into();
    match change {
        Change::Insert { place, html } => ChangeReport::Insert { place: place.name(), html: html.clone() },
        Change::SetAttribute { name, value } => {
            ChangeReport::SetAttribute { name: text(*name), value: value.clone() }
        }
        Change::RemoveAttribute { name } => ChangeReport::RemoveAttribute { name: text(*name) },
        Change::Remove => ChangeReport::Remove,
        Change::Price => ChangeReport::Price,
    }
}
