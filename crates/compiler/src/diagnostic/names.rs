//! Names that name nothing.

use super::{At, Diagnostic, among, codes, similar};

codes! {
    UNKNOWN_SIGNAL: Error "unknown-signal", "a condition can only ask for what is in the signal catalogue or declared in site.toml";
    SIGNAL_WITHOUT_SOURCE: Error "signal-without-source", "unknown never matches, so what asks for it would never apply";
    UNKNOWN_FUNCTION: Error "unknown-function", "conditions can only call what the subset of CEL has";
    UNKNOWN_SEGMENT: Error "unknown-segment", "without its segment a rule has no audience: no segment, no personalization";
    UNKNOWN_SLOT: Error "unknown-slot", "what goes into a slot that no page has is never seen";
    UNKNOWN_PART: Error "unknown-part", "what aims at a part that the slot does not have is never seen";
    UNKNOWN_CONTENT: Error "unknown-content", "a rule without its content changes nothing";
    UNKNOWN_RULE: Error "unknown-rule", "a case that expects a rule which does not exist can never pass";
    UNUSED_SEGMENT: Warning "unused-segment", "an audience that no rule is for is forgotten work, or a name that was misspelt elsewhere";
    UNUSED_CONTENT: Warning "unused-content", "a content that no rule shows is forgotten work, or a name that was misspelt elsewhere";
    UNUSED_SLOT: Warning "unused-slot", "a place that no rule fills is forgotten work, or a name that was misspelt elsewhere";
}

pub(crate) fn unknown_signal<'c>(
    at: At,
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("there is no signal `{name}`"));
    match similar(name, candidates) {
        Some(candidate) => diagnostic.help(format!("did you mean `{candidate}`?")),
        None => diagnostic
            .help("use a signal of the catalogue, or declare your own in site.toml: `[custom.NAME]`"),
    }
}

pub(crate) fn without_source(at: At, name: &str, declare: &str) -> Diagnostic {
    Diagnostic::new(&SIGNAL_WITHOUT_SOURCE, at, format!("`{name}` is never known on this site")).help(declare)
}

pub(crate) fn unquoted_text(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("there is no signal `{name}`"))
        .help(format!("texts stand in quotes: `'{name}'`"))
}

pub(crate) fn segment_as_signal(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("`{name}` is a segment, not a signal"))
        .help(format!("name segments in the rule: `segments = [\"{name}\"]`"))
}

/// A family such as `custom` without, or with an unknown, name behind it.
pub(crate) fn unknown_member<'c>(
    at: At,
    family: &str,
    of: &str,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
    declare: &str,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("there is no {of} `{name}` for `{family}.{name}`"));
    diagnostic.help(among(name, of, known).unwrap_or_else(|| declare.to_owned()))
}

pub(crate) fn family_without_name(at: At, family: &str, of: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("`{family}` is a family of signals, one for each {of}"))
        .help(format!("write `{family}.NAME`, or `{family}['NAME']` when the name has other characters than letters, digits and `_`"))
}

pub(crate) fn group_without_name(at: At, group: &str, members: &[&str]) -> Diagnostic {
    let all: Vec<String> = members.iter().map(|member| format!("`{member}`")).collect();
    Diagnostic::new(&UNKNOWN_SIGNAL, at, format!("`{group}` is a group of signals, not a signal"))
        .help(format!("one of {}", all.join(", ")))
}

pub(crate) fn unknown_function<'c>(
    at: At,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_FUNCTION, at, format!("there is no function `{name}`"));
    match among(name, "function", known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

pub(crate) fn unknown_segment<'c>(
    at: At,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_SEGMENT, at, format!("there is no segment `{name}`"));
    diagnostic.help(
        among(name, "segment", known)
            .unwrap_or_else(|| format!("add a `[[segment]]` with `id = \"{name}\"` to segments.toml")),
    )
}

pub(crate) fn unknown_slot<'c>(
    at: At,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_SLOT, at, format!("there is no slot `{name}`"));
    diagnostic
        .help(among(name, "slot", known).unwrap_or_else(|| format!("add `[slots.{name}]` to site.toml")))
}

pub(crate) fn unknown_part<'c>(
    at: At,
    slot: &str,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_PART, at, format!("the slot `{slot}` has no part `{name}`"));
    diagnostic.help(among(name, "part", known).unwrap_or_else(|| {
        format!("add it to `[slots.{slot}.parts]` in site.toml, or give the slot no `parts` at all")
    }))
}

pub(crate) fn unknown_content<'c>(
    at: At,
    name: &str,
    known: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_CONTENT, at, format!("there is no content `{name}`"));
    diagnostic.help(match similar(name, known) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("add the file `content/{name}.html`"),
    })
}

pub(crate) fn unused_segment(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNUSED_SEGMENT, at, format!("no rule uses the segment `{name}`"))
        .help("remove it, or write a rule for it")
}

pub(crate) fn unused_content(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNUSED_CONTENT, at, format!("no rule uses the content `{name}`"))
        .help("remove the file, or write a rule that shows it")
}

pub(crate) fn unused_slot(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNUSED_SLOT, at, format!("no rule uses the slot `{name}`"))
        .help("remove it from site.toml, or write a rule that fills it")
}

pub(crate) fn unknown_rule<'c>(at: At, name: &str, known: impl IntoIterator<Item = &'c str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_RULE, at, format!("there is no rule `{name}`"));
    match similar(name, known) {
        Some(candidate) => diagnostic.help(format!("did you mean `{candidate}`?")),
        None => diagnostic.help("name a rule by its id, or `false` for the page as it is"),
    }
}
