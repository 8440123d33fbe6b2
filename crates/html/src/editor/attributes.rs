//! Reading and changing the attributes of one tag.

use alloc::vec::Vec;
use core::ops::Range;

use crate::edits::{Change, Edits};
use crate::element::Attribute;
use crate::name::Name;
use crate::tokenizer::{Tag, next_attribute};

/// The attributes of `tag`, whose name ends at `name_end`.
pub(super) fn read(tag: &[u8], name_end: usize, attributes: &mut Vec<Attribute>) {
    let mut position = name_end;
    while let Some(found) = next_attribute(tag, position)
        && !found.name.is_empty()
    {
        let code = Name::new(tag.get(found.name.clone()).unwrap_or_default());
        position = found.end;
        // Of `name=` without a value, `=` does not belong to what is written again: another attribute could follow.
        let end = if found.value.start == found.name.end { found.name.end } else { found.end };
        attributes.push(Attribute { code, name: found.name, value: found.value, end });
    }
}

/// The undecoded value of the first attribute of a name.
#[inline(never)]
pub(super) fn find<'a>(input: &'a [u8], tag: &Tag, wanted: Name) -> Option<&'a [u8]> {
    let mut position = tag.name_end;
    loop {
        let found = next_attribute(input, position)?;
        let name = input.get(found.name)?;
        if name.is_empty() {
            return None;
        }
        if Name::new(name) == wanted {
            return input.get(found.value);
        }
        position = found.end;
    }
}

/// The tag with its attributes changed: values set or attributes removed, one change after another. `None` when that
/// changes nothing.
#[inline(never)]
pub(super) fn change(
    tag: &[u8],
    name_end: usize,
    attributes: &[Attribute],
    edits: &Edits,
    self_closing: bool,
) -> Option<Vec<u8>> {
    let changes = &*edits.changes;
    let part = |range: Range<usize>| tag.get(range).unwrap_or_default();
    let mut out = part(0..name_end).to_vec();
    let mut is_changed = false;
    for (index, attribute) in attributes.iter().enumerate() {
        let is_removed = last(changes, attribute.code, true).is_some();
        is_changed |= is_removed;
        if is_removed {
            continue;
        }
        out.push(b' ');
        match last(changes, attribute.code, false) {
            // Of several with one name the first counts.
            Some(change) if !has(attributes.get(..index), attribute.code) => {
                push(part(attribute.name.clone()), change, edits, &mut out);
            }
            _ => out.extend_from_slice(part(attribute.name.start..attribute.end)),
        }
    }
    for (index, change) in changes.iter().enumerate() {
        if change.removes {
            continue;
        }
        is_changed = true;
        let (before, after) = changes.split_at_checked(index).unwrap_or_default();
        let is_new = match last(before, change.code, false) {
            Some(earlier) => earlier.removes,
            None => !has(Some(attributes), change.code),
        };
        if is_new
            && last(after, change.code, true).is_none()
            && let Some(change) = last(after, change.code, false)
        {
            out.push(b' ');
            push(edits.texts.get(change.name..change.value).unwrap_or_default(), change, edits, &mut out);
        }
    }
    if self_closing {
        // The space keeps `/` out of an unquoted value.
        out.extend_from_slice(if out.len() > name_end { b" /" } else { b"/" });
    }
    out.push(b'>');
    is_changed.then_some(out)
}

/// The last change of an attribute, or its last removal.
#[inline(never)]
fn last(changes: &[Change], code: Name, removal: bool) -> Option<&Change> {
    changes.iter().rfind(|change| change.code == code && (change.removes || !removal))
}

#[inline(never)]
fn has(attributes: Option<&[Attribute]>, code: Name) -> bool {
    attributes.unwrap_or_default().iter().any(|attribute| attribute.code == code)
}

#[inline(never)]
fn push(name: &[u8], change: &Change, edits: &Edits, out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    out.extend_from_slice(b"=\"");
    out.extend_from_slice(edits.texts.get(change.value..change.end).unwrap_or_default());
    out.push(b'"');
}
