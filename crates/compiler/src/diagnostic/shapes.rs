//! TOML that is not of the shape its file must have.

use super::{At, Diagnostic, among, codes};

codes! {
    UNKNOWN_KEY: Error "unknown-key", "a key that is not read would silently do nothing";
    MISSING_KEY: Error "missing-key", "every rule says what it does, for whom, why, and who answers for it";
    WRONG_TYPE: Error "wrong-type", "a value of another type has no meaning here";
    NOT_A_CHOICE: Error "not-a-choice", "only these values have a meaning here";
    OUT_OF_RANGE: Error "out-of-range", "a value beyond these bounds is a slip, or cannot be kept";
    BAD_NAME: Error "bad-name", "names stand in reports, events and cookies, and must read the same in all of them";
    DUPLICATE_ID: Error "duplicate-id", "reports and caps go by id, so two things with one id cannot be told apart";
}

pub(crate) fn unknown_key<'k>(
    at: At,
    what: &str,
    key: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_KEY, at, format!("a {what} has no `{key}`"));
    match among(key, "key", known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help("remove it; `#:schema` in the file's first line lets editors list the keys"),
    }
}

pub(crate) fn missing_key(at: At, what: &str, key: &str, meaning: &str, example: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_KEY, at, format!("the {what} has no `{key}`"))
        .label(meaning)
        .help(format!("add `{example}`"))
}

pub(crate) fn wrong_type(at: At, key: &str, found: &str, expected: &str) -> Diagnostic {
    let of = if key.is_empty() { String::new() } else { format!("`{key}` is ") };
    Diagnostic::new(&WRONG_TYPE, at, format!("{of}{found} where something else belongs"))
        .help(format!("write {expected}"))
}

pub(crate) fn not_a_choice(at: At, what: &str, written: &str, choices: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&NOT_A_CHOICE, at, format!("there is no {what} `{written}`"));
    match among(written, what, choices.iter().copied()) {
        Some(help) => diagnostic.help(help),
        None => {
            let all: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
            diagnostic.help(format!("one of {}", all.join(", ")))
        }
    }
}

pub(crate) fn out_of_range(at: At, key: &str, least: i64, most: i64) -> Diagnostic {
    Diagnostic::new(&OUT_OF_RANGE, at, format!("`{key}` is out of range"))
        .help(format!("write a whole number from {least} to {most}"))
}

pub(crate) fn bad_name(at: At, name: &str, path: bool) -> Diagnostic {
    let slash = if path { ", with `/` between the folders" } else { "" };
    let slug: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || (path && c == '/') { c } else { '-' })
        .collect();
    let slug = slug.trim_matches('-');
    let instead = if slug.is_empty() { String::new() } else { format!(": `{slug}`") };
    Diagnostic::new(&BAD_NAME, at, format!("`{name}` is not a name"))
        .help(format!("use up to 100 lower-case letters, digits, `-` and `_`{slash}{instead}"))
}

pub(crate) fn duplicate_id(at: At, what: &str, id: &str, first: At) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_ID, at, format!("there are two {what}s with the id `{id}`"))
        .also(first, "the first one")
        .help("give this one an id of its own")
}
