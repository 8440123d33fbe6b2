//! The journey's law, as far as it is known before a visitor arrives.

use super::{At, Diagnostic, codes};

codes! {
    RULE_WITHOUT_SEGMENT: Error "rule-without-segment", "no segment, no personalization: what everybody should see belongs into the page itself";
    MISSING_EVIDENCE: Error "missing-evidence", "no data, no assumption: what visitors did or are about to do is only known from a trace that they left";
    RULE_WITHOUT_STAGE: Error "rule-without-stage", "each stage of the journey has its own law, so a rule says where it applies";
    KIND_NOT_ALLOWED: Error "kind-not-allowed", "each stage of the journey has its own law: what helps in one place distracts in another";
    MISSING_CAP: Error "missing-cap", "after the sale a message stays relevant only when it does not repeat itself";
    PRICES_MISPLACED: Error "prices-misplaced", "prices are shown in the visitor's market, or not at all";
    TOO_MANY: Error "too-many", "numbers in bundles are 16 bits wide";
}

pub(crate) fn rule_without_segment(at: At) -> Diagnostic {
    Diagnostic::new(&RULE_WITHOUT_SEGMENT, at, "the rule has no segment")
        .help("add `segment = \"…\"`, the audience of segments.toml that it is for")
}

pub(crate) fn segment_twice(at: At, first: At) -> Diagnostic {
    Diagnostic::new(&RULE_WITHOUT_SEGMENT, at, "the rule has `segment` and `segments`")
        .also(first, "also here")
        .help("keep one; with `segments` a visitor must be in all of them")
}

pub(crate) fn missing_evidence(at: At, kind: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_EVIDENCE, at, format!("a segment of the kind `{kind}` has no `evidence`"))
        .label("the least evidence it needs")
        .help("add `evidence`, a condition: `evidence = \"visitor.visits >= 2\"`")
}

pub(crate) fn rule_without_stage(at: At, file: &str) -> Diagnostic {
    Diagnostic::new(&RULE_WITHOUT_STAGE, at, "the rule has no stage")
        .label(format!("`{file}` is not the name of a stage"))
        .help(
            "add `stages = [\"homepage\"]`, or move the rule to the file of its stage, such as homepage.toml",
        )
}

pub(crate) fn kind_not_allowed(at: At, kind: &str, stage: &str, allowed: &[&str]) -> Diagnostic {
    let all: Vec<String> = allowed.iter().map(|kind| format!("`{kind}`")).collect();
    Diagnostic::new(&KIND_NOT_ALLOWED, at, format!("`{kind}` is not allowed at the stage `{stage}`")).help(
        format!(
            "the stage allows {}; `allow` in journey.toml changes that",
            if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
        ),
    )
}

pub(crate) fn missing_cap(at: At) -> Diagnostic {
    Diagnostic::new(&MISSING_CAP, at, "a rule of the stage `post-purchase` has no cap")
        .help("add `cap = { views = 3, days = 7 }`: how often one visitor sees it")
}

pub(crate) fn prices_kind(at: At, kind: &str) -> Diagnostic {
    Diagnostic::new(&PRICES_MISPLACED, at, format!("a rule of the kind `{kind}` shows prices"))
        .help("write `kind = \"localize\"`")
}

pub(crate) fn prices_slot(at: At, slot: &str) -> Diagnostic {
    Diagnostic::new(
        &PRICES_MISPLACED,
        at,
        format!("the slot `{slot}` is there once, so only its first price would change"),
    )
    .help(format!("add `repeated = true` to `[slots.{slot}]` in site.toml"))
}

pub(crate) fn prices_without_markets(at: At) -> Diagnostic {
    Diagnostic::new(&PRICES_MISPLACED, at, "the site has no market to show prices for")
        .help("add a `[[market]]` to site.toml")
}

pub(crate) fn too_many(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(&TOO_MANY, at, format!("there are more than 65,535 {what}")).help("split the site")
}
