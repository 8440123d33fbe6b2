//! Why a decision is what it is, for people.

use footlight_core::decide::{CachePolicy, Decision};
use footlight_core::report::{Explanation, Reason, RuleExplanation};
use footlight_core::value::Truth;

/// The whole explanation as text.
pub(crate) fn text(decision: Option<&Decision>, explanation: &Explanation) -> String {
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
