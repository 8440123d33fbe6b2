//! `journey.toml`: what each stage allows. Without the file the defaults hold.

use footlight_core::bundle::Kind;
use footlight_core::stage::Stage;

use crate::document::Item;
use crate::program::Program;
use crate::shape::{self, JOURNEY, Shape, Table};
use crate::sources::{FileId, Sources};

/// The law of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// Kinds of action that the stage allows.
    pub allowed: Vec<Kind>,
    /// Most interventions on one page.
    pub max_interventions: u8,
    /// Kinds that are no interventions.
    pub uncounted: Vec<Kind>,
    /// Most of a kind on one page.
    pub limits: Vec<(Kind, u8)>,
}

impl Law {
    /// The law of a stage that `journey.toml` says nothing of.
    #[must_use]
    pub fn default_of(stage: Stage) -> Self {
        use Kind::{Care, Extend, Guide, Localize, Reassure, Recognize, Simplify, Upsell, Welcome};
        let (allowed, max_interventions, limits): (&[Kind], u8, &[(Kind, u8)]) = match stage {
            Stage::PreEntry => (&[Localize, Recognize, Welcome], 2, &[]),
            Stage::Homepage => (&[Localize, Recognize, Welcome], 2, &[(Recognize, 1)]),
            Stage::Category => (&[Localize, Recognize, Welcome, Guide], 3, &[]),
            Stage::Product => (&[Localize, Recognize, Reassure, Guide], 3, &[]),
            Stage::Cart => (&[Localize, Reassure, Upsell, Recognize], 2, &[(Upsell, 1)]),
            Stage::Checkout => (&[Localize, Simplify], 1, &[]),
            Stage::ThankYou => (&[Localize, Extend, Recognize], 2, &[]),
            Stage::PostPurchase => (&[Localize, Care, Extend, Recognize], 2, &[]),
        };
        Self {
            allowed: allowed.to_vec(),
            max_interventions,
            uncounted: vec![Localize],
            limits: limits.to_vec(),
        }
    }
}

/// The law of each stage, in the order of [`Stage::ALL`].
pub(crate) fn read(file: Option<FileId>, sources: &Sources, program: &mut Program) -> Vec<Law> {
    let mut laws: Vec<Law> = Stage::ALL.into_iter().map(Law::default_of).collect();
    let Some(file) = file else { return laws };
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    shape::check(&item, &JOURNEY, &mut program.diagnostics);
    let Shape::Map { value: Shape::Record(record), .. } = &JOURNEY else { return laws };
    for entry in item.entries() {
        let Some(law) = Stage::from_name(&entry.key).and_then(|stage| laws.get_mut(stage as usize)) else {
            continue;
        };
        let table = Table::new(&entry.item, record);
        if table.item("allow").is_some() {
            law.allowed = kinds(table.list("allow"));
        }
        if table.item("uncounted").is_some() {
            law.uncounted = kinds(table.list("uncounted"));
        }
        if let Some(most) = table.whole("max_interventions").and_then(|most| u8::try_from(most).ok()) {
            law.max_interventions = most;
        }
        if table.item("limits").is_some() {
            law.limits = limits(table);
        }
    }
    laws
}

fn kinds(items: &[Item]) -> Vec<Kind> {
    items.iter().filter_map(|item| Kind::from_name(item.excerpt()?.text)).collect()
}

fn limits(table: Table<'_>) -> Vec<(Kind, u8)> {
    let limit = |entry: &crate::document::Entry| {
        let crate::document::Value::Integer(Some(most)) = entry.item.value else { return None };
        Some((Kind::from_name(&entry.key)?, u8::try_from(most).ok()?))
    };
    table.entries("limits").iter().filter_map(limit).collect()
}
