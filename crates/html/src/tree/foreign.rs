//! SVG and MathML: which namespace a tag is in decides how what follows is read.

use alloc::vec::Vec;

use crate::name::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    Html,
    Svg,
    MathMl,
}

/// An open element inside which another namespace holds.
#[derive(Clone, Copy, Debug)]
struct Frame {
    namespace: Namespace,
    /// The number of open elements with this one, the innermost.
    depth: u32,
}

/// The namespaces around the current position.
#[derive(Debug, Default)]
pub(crate) struct Foreign {
    frames: Vec<Frame>,
}

/// The start tag of an element, as far as namespaces depend on it.
pub(crate) struct Opening<'a> {
    pub(crate) name: Name,
    pub(crate) self_closing: bool,
    /// The open element around it.
    pub(crate) parent: Option<Name>,
    /// The number of open elements around it.
    pub(crate) depth: u32,
    pub(crate) attribute: &'a dyn Fn(Name) -> Option<&'a [u8]>,
}

impl Foreign {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The number of open elements down to the innermost root or integration point.
    pub(crate) fn depth(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.depth)
    }

    pub(crate) fn namespace(&self) -> Namespace {
        self.frames.last().map_or(Namespace::Html, |frame| frame.namespace)
    }

    /// Whether the current node is an SVG or MathML element, so that a CDATA section can begin. An integration point
    /// itself is one, what is open inside it is not.
    pub(crate) fn allows_cdata(&self, depth: u32) -> bool {
        self.frames.last().is_some_and(|frame| frame.namespace != Namespace::Html || frame.depth == depth)
    }

    /// A start tag that HTML does not allow inside foreign content ends that content: answers how many elements
    /// remain open.
    pub(crate) fn leave_for(&self, opening: &Opening<'_>) -> Option<u32> {
        let leaves = ENDS_FOREIGN_CONTENT.contains(&opening.name)
            || opening.name == FONT
                && [COLOR, FACE, SIZE].iter().any(|&name| (opening.attribute)(name).is_some());
        leaves.then(|| self.leave()).flatten()
    }

    /// How many elements remain open when the foreign content around the current position ends.
    pub(crate) fn leave(&self) -> Option<u32> {
        let inside = self.frames.iter().rev().take_while(|frame| frame.namespace != Namespace::Html);
        inside.last().map(|outermost| outermost.depth - 1)
    }

    /// A start tag begins an element: answers the element's namespace.
    pub(crate) fn open(&mut self, opening: &Opening<'_>) -> Namespace {
        let around = self.namespace();
        let (namespace, inside) = match (around, opening.name) {
            (Namespace::Html, SVG) => (Namespace::Svg, Namespace::Svg),
            (Namespace::Html, MATH) => (Namespace::MathMl, Namespace::MathMl),
            (Namespace::MathMl, SVG) if opening.parent == Some(ANNOTATION_XML) => {
                (Namespace::Svg, Namespace::Svg)
            }
            (Namespace::Svg, DESC | FOREIGN_OBJECT | TITLE) => (around, Namespace::Html),
            (Namespace::MathMl, MI | MN | MO | MS | MTEXT) => (around, Namespace::Html),
            (Namespace::MathMl, ANNOTATION_XML) if holds_html(opening) => (around, Namespace::Html),
            _ => (around, around),
        };
        if inside != around && !opening.self_closing {
            self.frames.push(Frame { namespace: inside, depth: opening.depth + 1 });
        }
        namespace
    }

    /// Only `depth` elements remain open.
    #[inline]
    pub(crate) fn close(&mut self, depth: u32) {
        while self.frames.last().is_some_and(|frame| frame.depth > depth) {
            self.frames.pop();
        }
    }
}

fn holds_html(annotation: &Opening<'_>) -> bool {
    (annotation.attribute)(ENCODING).is_some_and(|encoding| {
        encoding.eq_ignore_ascii_case(b"text/html") || encoding.eq_ignore_ascii_case(b"application/xhtml+xml")
    })
}

/// [The start tags](https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign) that break out of
/// foreign content.
static ENDS_FOREIGN_CONTENT: [Name; 44] = [
    B, BIG, BLOCKQUOTE, BODY, BR, CENTER, CODE, DD, DIV, DL, DT, EM, EMBED, H1, H2, H3, H4, H5, H6, HEAD, HR,
    I, IMG, LI, LISTING, MENU, META, NOBR, OL, P, PRE, RUBY, S, SMALL, SPAN, STRIKE, STRONG, SUB, SUP, TABLE,
    TT, U, UL, VAR,
];
