//! Contents that would break the page around them, or are code.

use super::{At, Diagnostic, among, codes};

codes! {
    HTML_UNCLOSED: Error "html-unclosed", "an element that is left open would swallow the rest of the page";
    HTML_STRAY_END: Error "html-stray-end", "an end tag without its start would close the slot, or what is around it";
    HTML_SYNTAX: Error "html-syntax", "browsers guess at broken HTML, each page a little differently";
    CODE_IN_CONTENT: Error "code-in-content", "contents are never code: what merchandisers push must not be able to run in the shopper's browser";
    UNKNOWN_LANGUAGE: Error "unknown-language", "a variant in a language that the site does not have is never shown";
    NOTHING_TO_DO: Error "nothing-to-do", "a rule that changes nothing takes the slot away from one that does";
    CONFLICTING_EDITS: Error "conflicting-edits", "of two changes to one place only one can win";
    UNSAFE_ATTRIBUTE: Error "unsafe-attribute", "an attribute that runs code, or is read as HTML, cannot be set by a rule";
}

pub(crate) fn unclosed(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_UNCLOSED, at, format!("`<{name}>` is never closed"))
        .help(format!("close it with `</{name}>`"))
}

pub(crate) fn self_closing(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_UNCLOSED, at, format!("`<{name}/>` does not close itself in HTML"))
        .help(format!("write `<{name}></{name}>`"))
}

pub(crate) fn stray_end(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_STRAY_END, at, format!("`</{name}>` closes nothing"))
        .help("remove it, or open the element before")
}

pub(crate) fn misnested(at: At, name: &str, open: At, open_name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_STRAY_END, at, format!("`</{name}>` comes while `<{open_name}>` is open"))
        .also(open, "opened here")
        .help(format!("write `</{open_name}>` before it"))
}

pub(crate) fn void_end(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_STRAY_END, at, format!("`<{name}>` has no end tag")).help("remove the end tag")
}

pub(crate) fn html_syntax(at: At, error: &str) -> Diagnostic {
    Diagnostic::new(&HTML_SYNTAX, at, format!("not valid HTML: {}", error.replace('-', " ")))
}

pub(crate) fn attribute_twice(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_SYNTAX, at, format!("the attribute `{name}` is there twice"))
        .help("remove one: browsers take the first")
}

pub(crate) fn end_inside(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(&HTML_UNCLOSED, at, format!("the content ends inside {what}")).help("finish it")
}

pub(crate) fn element_not_allowed(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&CODE_IN_CONTENT, at, format!("`<{name}>` cannot be part of a content"))
        .help("remove it; what needs code belongs into the shop's own pages")
}

pub(crate) fn page_element(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&HTML_SYNTAX, at, format!("`<{name}>` belongs to a whole page"))
        .help("a content is a fragment: write only what goes into the slot")
}

pub(crate) fn event_handler(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&CODE_IN_CONTENT, at, format!("`{name}` is an event handler")).help("remove it")
}

pub(crate) fn code_attribute(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&CODE_IN_CONTENT, at, format!("`{name}` is read as HTML or code")).help("remove it")
}

pub(crate) fn code_url(at: At) -> Diagnostic {
    Diagnostic::new(&CODE_IN_CONTENT, at, "this URL is code").help("link to a page: `/…` or `https://…`")
}

pub(crate) fn unknown_language<'c>(
    at: At,
    language: &str,
    locales: impl IntoIterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_LANGUAGE, at, format!("the site has no locale `{language}`"));
    match among(language, "locale", locales) {
        Some(help) if help.ends_with('?') => diagnostic.help(help),
        Some(help) => diagnostic.help(format!("{help}; or add it to `locales` in site.toml")),
        None => diagnostic.help("add it to `locales` in site.toml"),
    }
}

pub(crate) fn variant_without_default(at: At, default_path: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_LANGUAGE, at, "this variant has no default beside it")
        .help(format!("add `{default_path}`, for visitors of all other languages"))
}

pub(crate) fn no_default_text(at: At, locale: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_LANGUAGE, at, "there is no text for the site's first locale")
        .help(format!("add `{locale} = \"…\"`, for visitors of all other languages"))
}

pub(crate) fn nothing_to_do(at: At) -> Diagnostic {
    Diagnostic::new(&NOTHING_TO_DO, at, "the rule puts nothing into its slot").help(
        "add `content`, `text`, `headline`, `call_to_action`, `image`, `attributes`, `remove` or `prices`",
    )
}

pub(crate) fn empty_action(at: At, what: &str, keys: &str) -> Diagnostic {
    Diagnostic::new(&NOTHING_TO_DO, at, format!("the {what} says nothing")).help(format!("add {keys}"))
}

pub(crate) fn conflicting_edits(at: At, first: At, what: &str) -> Diagnostic {
    Diagnostic::new(&CONFLICTING_EDITS, at, format!("this changes {what} that the rule changes already"))
        .also(first, "changed here")
        .help("keep one of them")
}

pub(crate) fn unsafe_attribute(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNSAFE_ATTRIBUTE, at, format!("`{name}` cannot be set by a rule"))
        .help("set a class or a `data-` attribute, and let the shop's own pages act on it")
}

pub(crate) fn bad_attribute_name(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&UNSAFE_ATTRIBUTE, at, format!("`{name}` is no attribute name"))
        .help("use letters, digits, `-`, `_` and `:`")
}

pub(crate) fn no_locales(at: At) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_LANGUAGE, at, "the site has no locale")
        .help("write `locales = [\"en\"]`, the default first")
}
