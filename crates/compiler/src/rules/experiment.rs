//! A rule whose content is split over variants with a control.

use footlight_core::bundle::Variant;
use footlight_core::experiment::{AllocationError, Experiment, HashVersion, Namespace, Range, allocate};
use footlight_core::hash::fnv1a;

use crate::diagnostic::experiments;
use crate::document::Item;
use crate::program::Program;
use crate::shape::Table;
use crate::site::decimal_text;

/// The variant that changes nothing.
pub(super) const CONTROL: &str = "control";

/// What a rule may do by itself, and in an experiment only its variants do.
const ACTIONS: &[&str] = &[
    "content",
    "text",
    "headline",
    "call_to_action",
    "image",
    "attributes",
    "remove",
    "prices",
    "place",
    "part",
];

/// Reads `[rule.experiment]`; `variant` makes what a variant's visitors see. `None` when something was wrong, and reported.
pub(super) fn read<'d>(
    rule: Table<'d>,
    id: &str,
    experiment: Table<'d>,
    program: &mut Program,
    mut variant: impl FnMut(Table<'d>, &str, &mut Program) -> Option<Variant>,
) -> Option<(Experiment, Vec<Variant>)> {
    let mut is_sound = true;
    for action in ACTIONS.iter().filter(|action| rule.item(action).is_some()) {
        program.report(experiments::action_beside_variants(rule.key_at(action), action));
        is_sound = false;
    }
    let shares = experiment.entries("variants");
    let mut weights = Vec::new();
    let mut variants = Vec::new();
    for share in shares {
        weights.push(number(&share.item)?);
        let own = rule.named_tables("variant").find(|(entry, _)| entry.key == share.key);
        let made = match own {
            Some((entry, _)) if share.key == CONTROL => {
                program.report(experiments::control_changes(entry.key_at));
                None
            }
            Some((_, table)) => variant(table, &share.key, program),
            None if share.key == CONTROL => {
                Some(Variant { id: program.texts.intern(CONTROL), edits: Vec::new(), preloads: Vec::new() })
            }
            None => {
                program.report(experiments::variant_without_table(share.key_at, &share.key));
                None
            }
        };
        is_sound &= made.is_some();
        variants.extend(made);
    }
    for (entry, _) in rule.named_tables("variant") {
        if !shares.iter().any(|share| share.key == entry.key) {
            program.report(experiments::variant_without_share(entry.key_at, &entry.key));
            is_sound = false;
        }
    }
    if !shares.iter().any(|share| share.key == CONTROL) {
        program.report(experiments::no_control(experiment.key_at("variants")));
        is_sound = false;
    }
    let coverage = experiment.item("coverage");
    let covered = coverage.map_or(Some(1.0), number)?;
    let allocations = match allocate(&weights, covered, &[]) {
        Ok(allocations) => Some(allocations),
        Err(error) => {
            let variants = experiment.key_at("variants");
            let at = match error {
                AllocationError::BadCoverage => coverage.map_or(variants, |item| item.at),
                AllocationError::BadWeight { variant } => {
                    shares.get(variant).map_or(variants, |share| share.item.at)
                }
                AllocationError::VariantCount | AllocationError::Sum => variants,
            };
            program.report(experiments::bad_shares(at, error));
            None
        }
    };
    let namespace = match experiment.table("namespace") {
        Some(table) => Some(namespace(table, program)?),
        None => None,
    };
    let salt = experiment.text("salt").map_or(id, |salt| salt.text);
    let is_sticky = experiment.boolean("sticky") != Some(false);
    let experiment = Experiment {
        seed: program.texts.intern(salt),
        hash_version: HashVersion::V2,
        allocations: allocations?,
        namespace,
        sticky_key: is_sticky.then(|| fnv1a(id)),
    };
    is_sound.then_some((experiment, variants))
}

fn namespace(table: Table<'_>, program: &mut Program) -> Option<Namespace> {
    let id = table.text("id")?;
    let (from, to) = (number(table.item("from")?)?, number(table.item("to")?)?);
    if !(0.0 <= from && from < to && to <= 1.0) {
        program.report(experiments::bad_namespace(table.key_at("to")));
        return None;
    }
    Some(Namespace { id: program.texts.intern(id.text), range: Range(from, to) })
}

/// A share. What is no number has been reported as such.
fn number(item: &Item) -> Option<f64> {
    decimal_text(item)?.parse().ok()
}
