//! Experiments and holdouts.

use footlight_core::experiment::AllocationError;

use super::{At, Diagnostic, codes};
use crate::program::Part;

codes! {
    BAD_EXPERIMENT: Error "bad-experiment", "what an experiment shows to whom must be settled before the first visitor comes";
    SALT_CHANGED: Warning "salt-changed", "a visitor who sees one variant today and another tomorrow is counted for both";
    NAMESPACE_OVERLAP: Error "namespace-overlap", "visitors who are in two experiments of a namespace tell nothing about either";
    BAD_HOLDOUT: Error "bad-holdout", "visitors who are held out are what personalization is measured against";
}

pub(crate) fn action_beside_variants(at: At, action: &str) -> Diagnostic {
    Diagnostic::new(
        &BAD_EXPERIMENT,
        at,
        format!("`{action}` stands beside an experiment, and no visitor would see it"),
    )
    .help("move it into a variant: `[rule.variant.NAME]`")
}

pub(crate) fn control_changes(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, "the variant `control` is the page as it is")
        .help("give this variant another name, and its share in `variants`")
}

pub(crate) fn no_control(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, "the experiment has no control, so nothing can be learnt from it")
        .help("add it: `variants = { control = 0.5, … }`")
}

pub(crate) fn variant_without_table(at: At, variant: &str) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, format!("nothing says what the variant `{variant}` shows"))
        .help(format!("add `[rule.variant.{variant}]` with its content"))
}

pub(crate) fn variant_without_share(at: At, variant: &str) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, format!("the variant `{variant}` has no share of the visitors"))
        .help("add it to `variants` of the experiment, or remove it")
}

pub(crate) fn variants_alone(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, "there are variants, and no experiment that says who sees which")
        .help("add `[rule.experiment]` with `variants = { control = 0.5, … }`")
}

pub(crate) fn bad_shares(at: At, error: AllocationError) -> Diagnostic {
    let (message, help) = match error {
        AllocationError::VariantCount => ("there are no variants, or too many", "name two or three"),
        AllocationError::BadWeight { .. } => ("a share is from 0 to 1", "write a half as `0.5`"),
        AllocationError::Sum => {
            ("the shares do not add up to 1", "let them: `variants = { control = 0.5, short = 0.5 }`")
        }
        AllocationError::BadCoverage => ("a coverage is from 0 to 1", "write a fifth as `0.2`"),
    };
    Diagnostic::new(&BAD_EXPERIMENT, at, message).help(help)
}

pub(crate) fn bad_namespace(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_EXPERIMENT, at, "the part of a namespace begins before it ends, both from 0 to 1")
        .help("write `from = 0.0` and `to = 0.5`, and `from = 0.5` for the next experiment")
}

/// `free` is a part that nobody has.
pub(crate) fn namespaces_overlap(
    at: At,
    namespace: &str,
    (rule, from, to): (&str, f64, f64),
    other: &Part,
    free: Option<(f64, f64)>,
) -> Diagnostic {
    let (other_from, other_to) = (other.range.0, other.range.1);
    let message = format!(
        "`{rule}` and `{}` share visitors of the namespace `{namespace}`: {from} to {to} and {other_from} to {other_to} overlap",
        other.rule
    );
    Diagnostic::new(&NAMESPACE_OVERLAP, at, message)
        .also(other.at, format!("`{}` has {other_from} to {other_to}", other.rule))
        .help(match free {
            Some((from, to)) => format!("nobody has {from} to {to}: write `from = {from}` and `to = {to}`"),
            None => {
                "the whole of it is taken: give another experiment less, or use another namespace".to_owned()
            }
        })
}

pub(crate) fn salt_changed(
    at: At,
    rule: &str,
    before: &str,
    after: &str,
    moved_share: f64,
    is_sticky: bool,
) -> Diagnostic {
    let moved = (moved_share * 100.0).round();
    let message = format!("the salt of the running experiment `{rule}` changes from `{before}` to `{after}`");
    let whom = if is_sticky { "who have not seen it yet " } else { "" };
    Diagnostic::new(&SALT_CHANGED, at, message)
        .label(format!("{moved} of 100 visitors {whom}move to another variant, or in or out"))
        .help(format!(
            "write `salt = \"{before}\"`, or end the experiment and begin another one under another id"
        ))
}

pub(crate) fn bad_holdout(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_HOLDOUT, at, "a share is from 0 to 1").help("write five of a hundred as `0.05`")
}
