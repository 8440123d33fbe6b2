//! Placeholders that cannot be filled in, or not safely.

use super::{At, Diagnostic, codes};

codes! {
    PLACEHOLDER_SYNTAX: Error "placeholder-syntax", "an open placeholder would be shown to shoppers as it stands";
    PLACEHOLDER_TYPE: Error "placeholder-type", "only texts and whole numbers can be shown as they are, others need a form for people";
    UNSAFE_PLACEHOLDER: Error "unsafe-placeholder", "values come from outside, and here no escaping would keep them from changing what the page does";
}

pub(crate) fn unclosed(at: At) -> Diagnostic {
    Diagnostic::new(&PLACEHOLDER_SYNTAX, at, "the placeholder is never closed")
        .help("close it with `}}`; for two braces in the text write `{{ '{{' }}`")
}

pub(crate) fn empty(at: At) -> Diagnostic {
    Diagnostic::new(&PLACEHOLDER_SYNTAX, at, "the placeholder is empty")
        .help("name a signal: `{{ market.currency }}`")
}

pub(crate) fn wrong_type(at: At, found: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&PLACEHOLDER_TYPE, at, format!("a {found} has no form that people read"));
    match found {
        "double" => diagnostic.help("show amounts with `money('49.90')`, `cart.total` or `shipping.price`"),
        "bool" => diagnostic.help("choose texts: `{{ condition ? 'one' : 'other' }}`"),
        _ => diagnostic.help("show a text or a whole number"),
    }
}

/// Places where a value could become code or structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsafePlace {
    Tag,
    UnquotedAttribute,
    EventHandler,
    StyleAttribute,
    Srcdoc,
    Refresh,
    Script,
    Style,
    Comment,
    UrlStart,
}

pub(crate) fn unsafe_place(at: At, place: UnsafePlace) -> Diagnostic {
    let (where_, help) = match place {
        UnsafePlace::Tag => (
            "the name of a tag or attribute",
            "write the names out, and choose between whole contents with rules",
        ),
        UnsafePlace::UnquotedAttribute => {
            ("an attribute without quotes", "put the attribute's value in quotes: `title=\"{{ … }}\"`")
        }
        UnsafePlace::EventHandler => ("an event handler", "remove the handler: contents are never code"),
        UnsafePlace::StyleAttribute => {
            ("a `style` attribute", "set a class or a `data-` attribute, and style that")
        }
        UnsafePlace::Srcdoc => ("a `srcdoc` attribute", "remove the attribute"),
        UnsafePlace::Refresh => ("a `content` attribute of `<meta>`", "remove the element"),
        UnsafePlace::Script => ("a script", "remove the script: contents are never code"),
        UnsafePlace::Style => ("a style sheet", "set a class or a `data-` attribute, and style that"),
        UnsafePlace::Comment => ("a comment", "move the placeholder out of the comment"),
        UnsafePlace::UrlStart => (
            "the beginning of a URL",
            "begin with a path or a whole origin: `href=\"/c/{{ … }}\"`, `href=\"https://shop.example/{{ … }}\"`",
        ),
    };
    Diagnostic::new(&UNSAFE_PLACEHOLDER, at, format!("a placeholder in {where_} cannot be made safe"))
        .help(help)
}
