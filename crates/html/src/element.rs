//! What a handler sees of an element: its start tag.

use alloc::borrow::Cow;
use core::ops::Range;

use crate::name::Name;
use crate::reference;

/// An element's start tag, as the page has it.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub(crate) tag: &'a [u8],
    pub(crate) name: &'a [u8],
    pub(crate) attributes: &'a [Attribute],
    pub(crate) in_html: bool,
    pub(crate) has_content: bool,
}

/// Where an attribute stands in its tag.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) code: Name,
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
    /// Where the value ends, with its closing quote.
    pub(crate) end: usize,
}

impl<'a> Element<'a> {
    /// The type name as written, in any case.
    #[must_use]
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Whether the type name is `name`, ASCII-case-insensitively.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether the element can have content: not a void element and not a self-closed foreign one.
    #[must_use]
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// The decoded value of an attribute, empty when it was written without one; none when it is no UTF-8. Of several
    /// with one name, the first counts, as in browsers.
    ///
    /// Character references are resolved as far as [`crate`] says. On pages that are not UTF-8 only ASCII is
    /// reliable.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.attribute_bytes(name.as_bytes())? {
            Cow::Borrowed(value) => core::str::from_utf8(value).ok().map(Cow::Borrowed),
            Cow::Owned(value) => alloc::string::String::from_utf8(value).ok().map(Cow::Owned),
        }
    }

    pub(crate) fn attribute_bytes(&self, name: &[u8]) -> Option<Cow<'a, [u8]>> {
        self.attribute_coded(Name::new(name)).map(reference::decode)
    }

    pub(crate) fn attribute_coded(&self, code: Name) -> Option<&'a [u8]> {
        let attribute = self.attributes.iter().find(|attribute| attribute.code == code)?;
        Some(self.tag.get(attribute.value.clone()).unwrap_or_default())
    }
}
