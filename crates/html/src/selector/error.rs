//! Why a selector cannot be used.

use core::fmt;
use core::ops::Range;

/// A selector that cannot be used, with the bytes of it that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    /// What is wrong.
    pub kind: SelectorErrorKind,
    /// Byte range in the selector's text.
    pub span: Range<usize>,
}

/// What is wrong with a selector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectorErrorKind {
    /// Nothing is selected: an empty text, an empty item of a list, or a combinator with nothing beside it.
    Empty,
    /// A character that cannot stand here.
    UnexpectedCharacter(char),
    /// The selector stops inside brackets or a string.
    UnexpectedEnd,
    /// `:hover`, `:nth-child(2)`, `:not(…)`.
    PseudoClass,
    /// `::before`.
    PseudoElement,
    /// `+` or `~`: siblings.
    SiblingCombinator,
    /// `svg|a`.
    Namespace,
    /// Something else than `i` or `s` after an attribute's value.
    UnknownFlag,
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            SelectorErrorKind::Empty => f.write_str("the selector selects nothing"),
            SelectorErrorKind::UnexpectedCharacter(character) => {
                f.write_str("unexpected character `")?;
                fmt::Write::write_char(f, character)?;
                f.write_str("` in the selector")
            }
            SelectorErrorKind::UnexpectedEnd => f.write_str("the selector ends too early"),
            SelectorErrorKind::PseudoClass => f.write_str("pseudo-classes are not supported in selectors"),
            SelectorErrorKind::PseudoElement => f.write_str("pseudo-elements are not supported in selectors"),
            SelectorErrorKind::SiblingCombinator => {
                f.write_str("sibling combinators are not supported in selectors")
            }
            SelectorErrorKind::Namespace => f.write_str("namespaces are not supported in selectors"),
            SelectorErrorKind::UnknownFlag => {
                f.write_str("an attribute test takes only the flags `i` and `s`")
            }
        }
    }
}

impl core::error::Error for SelectorError {}
