//! Rules that can never win.

use super::{At, Diagnostic, codes};

codes! {
    SHADOWED: Warning "shadowed", "one voice: of two rules for one slot the first that applies wins, so this one is never seen";
    CONTRADICTION: Warning "contradiction", "conditions that exclude each other hold for nobody";
}

pub(crate) fn shadowed(at: At, id: &str, by_at: At, by: &str, slot: &str, order: &str) -> Diagnostic {
    Diagnostic::new(&SHADOWED, at, format!("the rule `{id}` can never win the slot `{slot}`"))
        .also(by_at, format!("`{by}` always wins: {order}"))
        .help(format!("give it a higher `priority` than `{by}`, narrow `{by}`, or remove it"))
}

pub(crate) fn contradiction(at: At, what: &str, conditions: &[String]) -> Diagnostic {
    let all: Vec<String> = conditions.iter().map(|condition| format!("`{condition}`")).collect();
    let message = format!("{what} never applies: {} exclude each other", all.join(" and "));
    Diagnostic::new(&CONTRADICTION, at, message).help("change one of them, or remove it")
}
