//! Selectors: the subset of CSS that can be decided while the page streams past.

mod compile;
mod error;
mod matcher;
mod parse;
mod set;
mod test;
mod watchlist;

pub(crate) use matcher::Matcher;
pub(crate) use watchlist::Watchlist;

pub use compile::SelectorsBuilder;
pub use error::{SelectorError, SelectorErrorKind};
pub use set::{Occurrence, Selectors};

use alloc::boxed::Box;
use alloc::vec::Vec;

/// A parsed selector list.
///
/// Supported is what can be decided from an element's start tag and its open ancestors: type (`h1`), universal
/// (`*`), `#id`, `.class`, attributes (`[a]`, `[a=v]`, `~=`, `|=`, `^=`, `$=`, `*=`, with the flags `i` and `s`), the
/// descendant and child combinators, and lists (`a, b`). Anything else is a [`SelectorError`].
///
/// Names of types and attributes match ASCII-case-insensitively, ids and classes exactly; attribute values match
/// exactly but for the attributes that [HTML lists] as case-insensitive (`rel`, `type`, …).
///
/// [HTML lists]: https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors
///
/// ```
/// use footlight_html::Selector;
///
/// assert!(Selector::parse(r#"[data-footlight-slot="hero"] > img, #hero h1.title"#).is_ok());
///
/// let error = Selector::parse("li:first-child").unwrap_err();
/// assert_eq!(error.span, 2..3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    pub(crate) alternatives: Vec<Complex>,
}

/// Compounds joined by combinators, from the outermost element to the one that is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complex {
    pub(crate) ancestors: Vec<(Compound, Combinator)>,
    pub(crate) subject: Compound,
}

/// How an element relates to the one to its left in the selector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Combinator {
    Descendant,
    Child,
}

/// What one element has to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Compound {
    /// Lower-case type name; `None` is any.
    pub(crate) type_name: Option<Box<str>>,
    pub(crate) tests: Vec<AttributeTest>,
}

/// What one attribute has to be. `#id` and `.class` are tests of the attributes `id` and `class`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AttributeTest {
    /// Lower case.
    pub(crate) name: Box<str>,
    pub(crate) operator: Operator,
    pub(crate) value: Box<str>,
    pub(crate) case: Case,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operator {
    /// `[a]`
    Exists,
    /// `[a=v]`
    Equals,
    /// `[a~=v]`
    Word,
    /// `[a|=v]`
    Dash,
    /// `[a^=v]`
    Prefix,
    /// `[a$=v]`
    Suffix,
    /// `[a*=v]`
    Substring,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    Sensitive,
    Insensitive,
    /// Insensitive on HTML elements, sensitive on SVG and MathML elements.
    InsensitiveInHtml,
}

impl Operator {
    /// By number.
    pub(crate) const ALL: [Self; 7] =
        [Self::Exists, Self::Equals, Self::Word, Self::Dash, Self::Prefix, Self::Suffix, Self::Substring];
}

impl Case {
    /// By number.
    pub(crate) const ALL: [Self; 3] = [Self::Sensitive, Self::Insensitive, Self::InsensitiveInHtml];
}
