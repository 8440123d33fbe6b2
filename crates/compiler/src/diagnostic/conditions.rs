//! Conditions that are not CEL, or not of the subset, or make no sense.

use super::{At, Diagnostic, codes};
use crate::cel::TextProblem;

codes! {
    CONDITION_SYNTAX: Error "condition-syntax", "what cannot be read cannot be decided";
    OUTSIDE_SUBSET: Error "outside-subset", "conditions are decided in microseconds on every page, so only the part of CEL that this allows is there";
    TYPE_MISMATCH: Error "type-mismatch", "values of different types are never equal and have no order, so the condition could never hold";
    NOT_A_CONDITION: Error "not-a-condition", "a visitor either is in or is not";
    IMPOSSIBLE_VALUE: Error "impossible-value", "the signal never has this value, so the comparison would always come out the same";
    CONSTANT_FAULT: Error "constant-fault", "an expression without a value reads as unknown, and unknown never matches";
    TOO_DEEP: Error "too-deep", "the evaluator's depth is bounded, so that no condition can exhaust the edge's stack";
    NUMBER_TOO_LARGE: Error "number-too-large", "numbers are 64 bits wide";
    DATE_OUT_OF_RANGE: Error "date-out-of-range", "a date outside of the years 1970 to 2100 is a slip";
    NEVER_TRUE: Warning "never-true", "what can never hold is dead weight, and probably not what was meant";
}

fn syntax(at: At, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&CONDITION_SYNTAX, at, message)
}

pub(crate) fn unexpected(at: At, found: &str, expected: &str) -> Diagnostic {
    let message = match found {
        "" => "the condition ends too early".to_owned(),
        found => format!("`{found}` does not belong here"),
    };
    syntax(at, message).label(format!("expected {expected}"))
}

pub(crate) fn stray_character(at: At, character: char) -> Diagnostic {
    let message = match character {
        '=' => "a single `=` compares nothing".to_owned(),
        '&' | '|' => format!("a single `{character}` is no operator"),
        _ => format!("`{character}` means nothing in a condition"),
    };
    let diagnostic = syntax(at, message);
    match character {
        '=' => diagnostic.help("write `==`"),
        '&' => diagnostic.help("write `&&`"),
        '|' => diagnostic.help("write `||`"),
        '‘' | '’' | '“' | '”' | '„' => diagnostic.help("write texts in plain quotes: `'text'`"),
        _ => diagnostic,
    }
}

pub(crate) fn reserved(at: At, word: &str) -> Diagnostic {
    syntax(at, format!("`{word}` is a word that CEL keeps for itself")).help("use another name")
}

pub(crate) fn bad_text(at: At, problem: TextProblem) -> Diagnostic {
    match problem {
        TextProblem::Unclosed => {
            syntax(at, "the text has no closing quote").help("close it with the quote it began with")
        }
        TextProblem::LineBreak => syntax(at, "the text has no closing quote on its line")
            .help("close it, or write `\\n` for a line break"),
        TextProblem::Escape => syntax(at, "this backslash escapes nothing")
            .help("write `\\\\` for a backslash, or a raw text: `r'…'`"),
        TextProblem::NoCharacter => syntax(at, "there is no character with this number")
            .help("use numbers up to 10FFFF, without D800 to DFFF"),
    }
}

pub(crate) fn number_too_large(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&NUMBER_TOO_LARGE, at, format!("`{written}` is too large a number"))
        .help("whole numbers go from -9223372036854775808 to 9223372036854775807, others to about 1.8e308")
}

pub(crate) fn outside_subset(at: At, what: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(
        &OUTSIDE_SUBSET,
        at,
        format!("{what} are not in the subset of CEL that rules are written in"),
    )
    .help(instead)
}

pub(crate) fn unsigned(at: At, written: &str) -> Diagnostic {
    outside_subset(at, "unsigned numbers", &format!("write `{written}`"))
}

pub(crate) fn bytes(at: At) -> Diagnostic {
    outside_subset(at, "bytes", "write a text: leave out the `b` before the quote")
}

pub(crate) fn null(at: At) -> Diagnostic {
    outside_subset(at, "`null` values", "a signal without data is unknown; ask `has(signal)`")
}

pub(crate) fn too_deep(at: At, most: usize) -> Diagnostic {
    Diagnostic::new(&TOO_DEEP, at, format!("the expression nests deeper than {most} levels"))
        .help("cut it into several segments, and name them in `segments`")
}

pub(crate) fn operands(at: At, operator: &str, left: (At, &str), right: (At, &str)) -> Diagnostic {
    let (left_at, left) = left;
    let (right_at, right) = right;
    let diagnostic =
        Diagnostic::new(&TYPE_MISMATCH, at, format!("`{operator}` does not go between {left} and {right}"))
            .also(left_at, left)
            .also(right_at, right);
    match (left, right) {
        ("int", "double") | ("double", "int") => diagnostic.help("write whole numbers with a point: `2.0`"),
        ("string", "int" | "double") | ("int" | "double", "string") => {
            diagnostic.help("numbers stand without quotes, texts in quotes")
        }
        (list, "string") if operator == "==" && list.starts_with("list") => {
            diagnostic.help("ask whether the list has it: `'value' in list`")
        }
        ("timestamp", "string") | ("string", "timestamp") => {
            diagnostic.help("write `timestamp('2026-11-20T00:00:00Z')`")
        }
        _ => diagnostic,
    }
}

pub(crate) fn expected_type(at: At, place: &str, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::new(&TYPE_MISMATCH, at, format!("{place} takes {expected}, and this is {found}"))
}

pub(crate) fn arguments(at: At, function: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(&TYPE_MISMATCH, at, format!("`{function}` is called with other arguments than it takes"))
        .help(format!("write `{expected}`"))
}

pub(crate) fn not_a_condition(at: At, found: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&NOT_A_CONDITION, at, format!("this is {found}, not true or false"));
    match found {
        "string" | "a string" => {
            diagnostic.help("compare it: `… == 'value'`, or ask whether it is known: `has(…)`")
        }
        _ => diagnostic.help("compare it with something"),
    }
}

pub(crate) fn impossible_value(at: At, signal: &str, value: &str, help: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&IMPOSSIBLE_VALUE, at, format!("`{signal}` is never `{value}`"));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

pub(crate) fn overflow(at: At) -> Diagnostic {
    Diagnostic::new(&CONSTANT_FAULT, at, "the result does not fit in 64 bits").help("write a smaller number")
}

pub(crate) fn division_by_zero(at: At) -> Diagnostic {
    Diagnostic::new(&CONSTANT_FAULT, at, "this divides by zero").help("divide by another number")
}

pub(crate) fn not_a_number(at: At) -> Diagnostic {
    Diagnostic::new(&CONSTANT_FAULT, at, "the result is not a number")
}

pub(crate) fn bad_index(at: At) -> Diagnostic {
    Diagnostic::new(&CONSTANT_FAULT, at, "the list has no element of this number")
}

pub(crate) fn bad_timestamp(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&TYPE_MISMATCH, at, format!("`{written}` is no point in time"))
        .help("write date, time and offset: `timestamp('2026-11-20T00:00:00+01:00')`")
}

pub(crate) fn bad_duration(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&TYPE_MISMATCH, at, format!("`{written}` is no duration"))
        .help("write hours, minutes, seconds or milliseconds: `duration('36h')`, `duration('1h30m')`")
}

pub(crate) fn date_out_of_range(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&DATE_OUT_OF_RANGE, at, format!("`{written}` is outside of the years 1970 to 2100"))
        .help("check the year")
}

pub(crate) fn never_true(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(&NEVER_TRUE, at, format!("this condition never holds, so {what}"))
        .help("change the condition, or remove what hangs on it")
}
