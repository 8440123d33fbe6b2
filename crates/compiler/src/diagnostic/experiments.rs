//! Experiments and holdouts.

use footlight_core::experiment::AllocationError;

use super::{At, Diagnostic, codes};

codes! {
    BAD_EXPERIMENT: Error "bad-experiment", "what an experiment shows to whom must be settled before the first visitor comes";
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

pub(crate) fn bad_holdout(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_HOLDOUT, at, "a share is from 0 to 1").help("write five of a hundred as `0.05`")
}
