//! Rules that can never win, and rules that only their names put in order.

use super::{At, Diagnostic, codes};

codes! {
    SHADOWED: Warning "shadowed", "one voice: of two rules for one slot the first that applies wins, so this one is never seen";
    CONTRADICTION: Warning "contradiction", "conditions that exclude each other hold for nobody";
    NEVER_WINS: Warning "never-wins", "a rule that nobody ever sees is dead weight";
    TIED: Warning "tied", "one voice: who goes first is a decision, and here the alphabet takes it";
    OVER_BUDGET: Warning "over-budget", "a page carries only so many interventions, so what always comes after them is never seen";
}

/// Why a rule never wins, by itself.
pub(crate) enum Never<'n> {
    /// Nobody is in a segment.
    NobodyIn(&'n str),
    OnlyBots,
    NobodyTakesPart,
    StopsBeforeItBegins,
    NoRoom {
        kind: &'n str,
        stage: &'n str,
    },
    HeldOut {
        stage: &'n str,
    },
}

/// `by` are the rules that beat it: where, which, and why they go first.
pub(crate) fn shadowed(at: At, id: &str, by: &[(At, &str, String)], slot: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&SHADOWED, at, format!("the rule `{id}` can never win the slot `{slot}`"));
    if let [(by_at, by, order)] = by {
        return diagnostic
            .also(*by_at, format!("`{by}` always wins: {order}"))
            .help(format!("give it a higher `priority` than `{by}`, narrow `{by}`, or remove it"));
    }
    let diagnostic = by.iter().fold(diagnostic, |diagnostic, (by_at, by, order)| {
        diagnostic.also(*by_at, format!("`{by}` wins for some of its visitors: {order}"))
    });
    diagnostic.help(
        "together they leave nobody to it: give it a higher `priority`, narrow one of them, or remove it",
    )
}

pub(crate) fn contradiction(at: At, what: &str, conditions: &[String]) -> Diagnostic {
    let all: Vec<String> = conditions.iter().map(|condition| format!("`{condition}`")).collect();
    let how = if all.len() == 1 { "holds for nobody" } else { "exclude each other" };
    let message = format!("{what} never applies: {} {how}", all.join(" and "));
    let help = if all.len() == 1 { "change it, or remove it" } else { "change one of them, or remove it" };
    Diagnostic::new(&CONTRADICTION, at, message).help(help)
}

pub(crate) fn never_wins(at: At, id: &str, never: &Never<'_>) -> Diagnostic {
    let (because, help) = match never {
        Never::NobodyIn(segment) => (
            format!("nobody is in its segment `{segment}`"),
            format!("change `{segment}`, or remove the rule"),
        ),
        Never::OnlyBots => (
            "it is for bots alone, and bots see the page as it is".to_owned(),
            "ask for another `device.class`, or remove the rule".to_owned(),
        ),
        Never::NobodyTakesPart => (
            "nobody takes part in its experiment".to_owned(),
            "raise the experiment's `coverage`, or remove the rule".to_owned(),
        ),
        Never::StopsBeforeItBegins => (
            "it begins only after its review is overdue and it has stopped".to_owned(),
            "move `review` behind `from`".to_owned(),
        ),
        Never::NoRoom { kind, stage } => (
            format!("the stage `{stage}` has no room for the kind `{kind}`"),
            format!(
                "raise `max_interventions` or the limit of `{kind}` for `{stage}` in journey.toml, or remove the rule"
            ),
        ),
        Never::HeldOut { stage } => (
            format!("every visitor whom it could be for is held out at the stage `{stage}`"),
            "lower the holdout's `share` in site.toml".to_owned(),
        ),
    };
    Diagnostic::new(&NEVER_WINS, at, format!("the rule `{id}` can never win: {because}")).help(help)
}

/// `by` take the room whenever the rule applies: where, which, and in which slot.
pub(crate) fn over_budget(
    at: At,
    id: &str,
    (kind, stage): (&str, &str),
    by: &[(At, &str, &str)],
) -> Diagnostic {
    let message = format!(
        "the rule `{id}` can never win: the stage `{stage}` is over its intervention budget before it"
    );
    let diagnostic = Diagnostic::new(&OVER_BUDGET, at, message);
    let diagnostic = by.iter().fold(diagnostic, |diagnostic, (at, by, slot)| {
        diagnostic
            .also(*at, format!("whenever it applies, `{by}` does too, and the slot `{slot}` is taken first"))
    });
    diagnostic.help(format!(
        "give it a higher `priority`, narrow one of the others, or raise `max_interventions` or the limit of `{kind}` for `{stage}` in journey.toml"
    ))
}

/// `others` go first; `example` is what a visitor to whom all this applies can be like.
pub(crate) fn tied(
    at: At,
    id: &str,
    slot: &str,
    others: &[(At, &str)],
    has_more: bool,
    example: &[String],
) -> Diagnostic {
    let names: Vec<String> = others.iter().map(|(_, other)| format!("`{other}`")).collect();
    let (names, more) = (names.join(", "), if has_more { " and more" } else { "" });
    let message =
        format!("the rule `{id}` has the priority of {names}{more}, and both can apply to one visitor");
    let why = if example.is_empty() {
        "nothing in their conditions keeps them apart".to_owned()
    } else {
        format!("for example where {}", example.join(" && "))
    };
    let diagnostic = Diagnostic::new(&TIED, at, message).label(why);
    let diagnostic = others.iter().fold(diagnostic, |diagnostic, (at, other)| {
        diagnostic.also(*at, format!("`{other}` takes the slot `{slot}`, only because its id comes first"))
    });
    diagnostic.help("give the one that matters more a higher `priority`")
}
