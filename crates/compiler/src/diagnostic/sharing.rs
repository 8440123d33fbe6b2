//! What a stage's responses depend on, and how far they may be shared.

use super::{At, Diagnostic, codes};

codes! {
    UNSAFE_SHARING: Error "unsafe-sharing", "a shared cache would show one visitor what is meant for another";
    TOO_MANY_VARIANTS: Warning "too-many-variants", "a cache that keeps a response for every combination keeps none long enough to be of use";
}

pub(crate) fn unsafe_sharing(
    at: At,
    stage: &str,
    claimed: &str,
    derived: &str,
    because: &[(At, String)],
) -> Diagnostic {
    let message = format!("responses of the stage `{stage}` are {derived}, not {claimed}");
    let diagnostic = Diagnostic::new(&UNSAFE_SHARING, at, message)
        .help(format!("write `cache = \"{derived}\"`, or change the rules that depend on the visitor"));
    because.iter().fold(diagnostic, |diagnostic, (at, reason)| diagnostic.also(*at, reason.clone()))
}

pub(crate) fn too_many_variants(
    at: At,
    stage: &str,
    variants: u64,
    most: u32,
    signals: &[String],
    help: &str,
) -> Diagnostic {
    let message = format!(
        "responses of the stage `{stage}` come in {variants} variants, more than {most}, so they are private"
    );
    Diagnostic::new(&TOO_MANY_VARIANTS, at, message)
        .label(format!("depends on {}", signals.join(", ")))
        .help(help)
}
