//! Why a decision is what it is, for people.

use footlight_core::decide::{CachePolicy, Decision};
use footlight_core::report::{Explanation, Reason, RuleExplanation};
use footlight_core::value::Truth;

use crate::output;

/// The whole explanation as text.
pub(crate) fn text(decision: Option<&Decision>, explanation: &Explanation) -> String {
    if output::is_plain() { spoken(decision, explanation) } else { drawn(decision, explanation) }
}

fn drawn(decision: Option<&Decision>, explanation: &Explanation) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(format!(
        "stage     {}",
        explanation.stage.map_or("none: the page is left alone", |stage| stage.name())
    ));
    if let Some(reason) = explanation.default {
        line(format!("default   {}", reason.name()));
    }
    if let Some(decision) = decision {
        line(format!("cache     {}", cache(&decision.cache)));
    }
    if !explanation.signals.is_empty() {
        line("signals".to_owned());
        for signal in &explanation.signals {
            line(format!("  {} = {}", signal.name, signal.value));
        }
    }
    if !explanation.segments.is_empty() {
        line("segments".to_owned());
        for segment in &explanation.segments {
            line(format!("  {} {}", mark(segment.truth), segment.id));
            segment.because.iter().for_each(|reason| line(format!("      {}", reason_text(reason))));
        }
    }
    if !explanation.rules.is_empty() {
        line("rules".to_owned());
        for rule in &explanation.rules {
            line(format!("  {} {}", if rule.outcome == "won" { "*" } else { "-" }, rule_text(rule)));
            rule.because.iter().for_each(|reason| line(format!("      {}", reason_text(reason))));
            if let Some(lacking) = &rule.near_miss {
                line(format!("      lacked only: {}", reason_text(lacking)));
            }
        }
    }
    out
}

/// The same for who hears it: one sentence a line, and words where there are marks.
fn spoken(decision: Option<&Decision>, explanation: &Explanation) -> String {
    let mut lines = Vec::new();
    lines.push(match explanation.stage {
        Some(stage) => format!("The stage is {}.", stage.name()),
        None => "The page is of no stage, and left alone.".to_owned(),
    });
    lines.extend(explanation.default.map(|reason| format!("Nothing changes: {}.", reason.name())));
    lines.extend(decision.map(|decision| format!("The cache is {}.", cache(&decision.cache))));
    let signals = explanation.signals.iter();
    lines.extend(signals.map(|signal| format!("The signal {} is {}.", signal.name, signal.value)));
    for segment in &explanation.segments {
        let truth = match segment.truth {
            Truth::True => "is in",
            Truth::False => "is not in",
            Truth::Unknown => "may be in, which counts as not,",
        };
        lines.push(format!("The visitor {truth} the segment {}.", segment.id));
        lines.extend(segment.because.iter().map(spoken_reason));
    }
    for rule in &explanation.rules {
        let detail = rule.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
        lines.push(format!("The rule {}, for the slot {}: {}{detail}.", rule.id, rule.slot, rule.outcome));
        lines.extend(rule.because.iter().map(spoken_reason));
        lines.extend(
            rule.near_miss.iter().map(|lacking| format!("It lacked only this. {}", spoken_reason(lacking))),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}

fn spoken_reason(reason: &Reason) -> String {
    let truth = match reason.truth {
        Truth::True => "holds",
        Truth::False => "does not hold",
        Truth::Unknown => "is not known",
    };
    let values =
        if reason.values.is_empty() { String::new() } else { format!(", with {}", reason.values.join(", ")) };
    format!("The condition {} {truth}{values}.", reason.condition)
}

fn cache(policy: &CachePolicy) -> String {
    match policy {
        CachePolicy::Static => "static".to_owned(),
        CachePolicy::Private => "private".to_owned(),
        CachePolicy::Shared { key } => format!("shared, key {key}"),
    }
}

fn rule_text(rule: &RuleExplanation) -> String {
    let detail = rule.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
    format!("{} [{}] {}{detail}", rule.id, rule.slot, rule.outcome)
}

fn reason_text(reason: &Reason) -> String {
    let values =
        if reason.values.is_empty() { String::new() } else { format!("  ({})", reason.values.join(", ")) };
    format!("{} {}{values}", mark(reason.truth), reason.condition)
}

/// One character and a word would say the same twice: `+` holds, `-` does not, `?` is not known.
const fn mark(truth: Truth) -> char {
    match truth {
        Truth::True => '+',
        Truth::False => '-',
        Truth::Unknown => '?',
    }
}
