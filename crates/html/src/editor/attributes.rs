//! Reading and changing the attributes of one tag.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::element::Attribute;
use crate::name::Name;
use crate::tokenizer::{Tag, for_each_attribute};

/// The attributes of `tag`, whose name ends at `name_end`.
#[inline(never)]
pub(super) fn read(tag: &[u8], name_end: usize, attributes: &mut Vec<Attribute>) {
    for_each_attribute(tag, name_end, |name, value, whole| {
        let code = Name::new(tag.get(name.clone()).unwrap_or_default());
        attributes.push(Attribute { code, name, value, whole });
    });
}

/// The undecoded value of the first attribute of a name.
#[inline(never)]
pub(super) fn find<'a>(input: &'a [u8], tag: &Tag, wanted: Name) -> Option<&'a [u8]> {
    let mut found = None;
    for_each_attribute(input, tag.name_end, |name, value, _| {
        if found.is_none() && Name::new(input.get(name).unwrap_or_default()) == wanted {
            found = input.get(value);
        }
    });
    found
}

/// An attribute as it is to be written.
enum Written<'a> {
    AsItIs(&'a Attribute),
    /// The name's place in the tag and the new value.
    Valued(&'a Attribute, &'a [u8]),
    New(&'a str, &'a [u8]),
}

impl Written<'_> {
    fn is(&self, code: Name) -> bool {
        match self {
            Self::AsItIs(attribute) | Self::Valued(attribute, _) => attribute.code == code,
            Self::New(name, _) => Name::new(name.as_bytes()) == code,
        }
    }
}

/// The tag with its attributes changed: names and values set, or removed where there is no value, one after another.
/// `None` when that changes nothing.
#[inline(never)]
pub(super) fn change(
    tag: &[u8],
    name_end: usize,
    attributes: &[Attribute],
    changes: &[(Name, String, Option<Vec<u8>>)],
    self_closing: bool,
) -> Option<Vec<u8>> {
    let has = |code: Name| attributes.iter().any(|attribute| attribute.code == code);
    if changes.iter().all(|(code, _, value)| value.is_none() && !has(*code)) {
        return None;
    }
    let mut written: Vec<Written<'_>> = attributes.iter().map(Written::AsItIs).collect();
    for (code, name, value) in changes {
        match (value, written.iter_mut().find(|written| written.is(*code))) {
            (None, _) => written.retain(|written| !written.is(*code)),
            (Some(value), None) => written.push(Written::New(name, value)),
            (Some(value), Some(existing)) => {
                *existing = match existing {
                    Written::AsItIs(attribute) | Written::Valued(attribute, _) => {
                        Written::Valued(attribute, value)
                    }
                    Written::New(..) => Written::New(name, value),
                };
            }
        }
    }
    let part = |range: Range<usize>| tag.get(range).unwrap_or_default();
    let mut out = part(0..name_end).to_vec();
    for attribute in &written {
        out.push(b' ');
        match *attribute {
            Written::AsItIs(attribute) => out.extend_from_slice(part(attribute.whole.clone())),
            Written::Valued(attribute, value) => push(part(attribute.name.clone()), value, &mut out),
            Written::New(name, value) => push(name.as_bytes(), value, &mut out),
        }
    }
    out.extend_from_slice(match (self_closing, written.is_empty()) {
        // The space keeps `/` out of an unquoted value.
        (true, false) => b" />",
        (true, true) => b"/>",
        (false, _) => b">",
    });
    Some(out)
}

fn push(name: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    out.extend_from_slice(b"=\"");
    out.extend_from_slice(value);
    out.push(b'"');
}
