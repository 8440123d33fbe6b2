//! A rule whose content is split over variants with a control.

use footlight_core::bundle::Variant;
use footlight_core::experiment::{AllocationError, Experiment, HashVersion, Namespace, Range, allocate};
use footlight_core::hash::fnv1a;

use crate::diagnostic::experiments;
use crate::document::Item;
use crate::previous::Running;
use crate::program::{Part, Program};
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

/// Reads `[rule.experiment]`; `running` is the same one as visitors know it, `variant` makes what a variant's visitors see.
/// `None` when something was wrong, and reported.
pub(super) fn read<'d>(
    rule: Table<'d>,
    id: &str,
    experiment: Table<'d>,
    running: Option<Running<'_>>,
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
                Some(Variant { name: program.variant(CONTROL), edits: Vec::new(), preloads: Vec::new() })
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
    let names: Vec<&str> = shares.iter().map(|share| share.key.as_str()).collect();
    let salt = experiment.text("salt").map_or(id, |salt| salt.text);
    // With another salt everybody is assigned anew anyway.
    let kept = running.as_ref().filter(|running| running.salt() == salt);
    let before = kept.map_or_else(Vec::new, |running| running.allocations(&names));
    let allocations = match allocate(&weights, covered, &before) {
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
        Some(table) => Some(namespace(table, id, program)?),
        None => None,
    };
    let is_sticky = experiment.boolean("sticky") != Some(false);
    let table = experiment;
    let experiment = Experiment {
        seed: program.texts.intern(salt),
        hash_version: HashVersion::V2,
        allocations: allocations?,
        namespace,
        sticky_key: is_sticky.then(|| fnv1a(id)),
    };
    if let Some(running) = running.filter(|running| running.salt() != salt) {
        let at = table.key_at("salt");
        let moved = running.moved_share(&experiment, program.texts.table(), &names);
        program.report(experiments::salt_changed(at, id, running.salt(), salt, moved, is_sticky));
    }
    is_sound.then_some((experiment, variants))
}

fn namespace(table: Table<'_>, rule: &str, program: &mut Program) -> Option<Namespace> {
    let id = table.text("id")?;
    let (from, to) = (number(table.item("from")?)?, number(table.item("to")?)?);
    if !(0.0 <= from && from < to && to <= 1.0) {
        program.report(experiments::bad_namespace(table.key_at("to")));
        return None;
    }
    let at = table.item("id").map_or(table.key_at("id"), |item| item.at);
    let overlaps = |part: &&Part| part.namespace == id.text && part.range.0 < to && from < part.range.1;
    if let Some(part) = program.namespaces.iter().find(overlaps) {
        let free = free(program.namespaces.iter().filter(|part| part.namespace == id.text));
        program.report(experiments::namespaces_overlap(at, id.text, (rule, from, to), part, free));
    }
    let part = Part { namespace: id.text.to_owned(), range: Range(from, to), rule: rule.to_owned(), at };
    program.namespaces.push(part);
    Some(Namespace { id: program.texts.intern(id.text), range: Range(from, to) })
}

/// The widest range that no part has.
fn free<'p>(parts: impl Iterator<Item = &'p Part>) -> Option<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = parts.map(|part| (part.range.0, part.range.1)).collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut widest = None;
    let mut start = 0.0_f64;
    for (from, to) in taken.into_iter().chain([(1.0, 1.0)]) {
        if from > start && widest.is_none_or(|(a, b)| from - start > b - a) {
            widest = Some((start, from));
        }
        start = start.max(to);
    }
    widest
}

/// A share. What is no number has been reported as such.
fn number(item: &Item) -> Option<f64> {
    decimal_text(item)?.parse().ok()
}
