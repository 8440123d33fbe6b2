//! The edits that one element gets.

use alloc::vec::Vec;

use crate::name::Name;

/// Collects the edits of one element. Content is given as ready HTML in UTF-8 and is put into the page's encoding
/// where that differs.
///
/// Edits of several calls add up as in the DOM: content put [`before`](Self::before) the element or
/// [`append`](Self::append)ed to it comes after what earlier calls put there; content that is
/// [`prepend`](Self::prepend)ed or put [`after`](Self::after) the element comes before it. Setting the inner content
/// or replacing the element drops what was put inside so far.
///
/// On an element that cannot have content (`<img>`), edits of the inside do nothing.
#[derive(Debug, Default)]
pub struct Edits {
    /// By [`Place`].
    pub(crate) pieces: [Vec<u8>; 5],
    /// One after another.
    pub(crate) changes: Vec<Change>,
    /// Names and values that attributes get.
    pub(crate) texts: Vec<u8>,
    pub(crate) removes_tags: bool,
    pub(crate) removes_content: bool,
    /// Something was put inside, so that the tag must not say that the element is empty.
    pub(crate) fills: bool,
    pub(crate) has_content: bool,
    pub(crate) references: bool,
}

/// Where content is put.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Before,
    /// In the place of the tags.
    Replacement,
    Start,
    End,
    After,
}

/// What an attribute becomes, by places in [`Edits::texts`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) code: Name,
    pub(crate) name: usize,
    pub(crate) value: usize,
    pub(crate) end: usize,
    pub(crate) removes: bool,
}

impl Edits {
    /// Puts `html` in the place of what is inside the element.
    pub fn set_inner(&mut self, html: &str) {
        if self.has_content {
            self.fills = true;
            self.drop_content();
            self.encode_into(html, Place::Start);
        }
    }

    /// Puts `html` in the place of the element.
    pub fn replace(&mut self, html: &str) {
        self.remove();
        self.clear(Place::Replacement);
        self.encode_into(html, Place::Replacement);
    }

    /// Removes the element and everything inside.
    pub fn remove(&mut self) {
        self.removes_tags = true;
        if self.has_content {
            self.drop_content();
        }
    }

    /// Removes the element's tags and keeps what is inside.
    pub fn unwrap(&mut self) {
        self.removes_tags = true;
    }

    /// Puts `html` before the element.
    pub fn before(&mut self, html: &str) {
        self.encode_into(html, Place::Before);
    }

    /// Puts `html` after the element.
    pub fn after(&mut self, html: &str) {
        self.encode_into(html, Place::After);
    }

    /// Puts `html` inside the element, before everything else there.
    pub fn prepend(&mut self, html: &str) {
        if self.has_content {
            self.fills = true;
            self.encode_into(html, Place::Start);
        }
    }

    /// Puts `html` inside the element, after everything else there.
    pub fn append(&mut self, html: &str) {
        if self.has_content {
            self.fills = true;
            self.encode_into(html, Place::End);
        }
    }

    /// Gives an attribute the value `value`: text, escaped here. A name that HTML cannot write is ignored.
    pub fn set_attribute(&mut self, name: &str, value: &str) {
        if !is_attribute_name(name) {
            return;
        }
        let mut change = self.change_of(name);
        for character in value.chars() {
            match character {
                '&' => self.texts.extend_from_slice(b"&amp;"),
                '"' => self.texts.extend_from_slice(b"&quot;"),
                _ => push_character(character, self.references, &mut self.texts),
            }
        }
        change.end = self.texts.len();
        self.changes.push(change);
    }

    /// Removes an attribute.
    pub fn remove_attribute(&mut self, name: &str) {
        let mut change = self.change_of(name);
        change.removes = true;
        self.changes.push(change);
    }

    fn change_of(&mut self, name: &str) -> Change {
        let start = self.texts.len();
        self.texts.extend_from_slice(name.as_bytes());
        let value = self.texts.len();
        self.texts.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
        Change { code: Name::new(name.as_bytes()), name: start, value, end: value, removes: false }
    }

    fn drop_content(&mut self) {
        self.removes_content = true;
        self.clear(Place::Start);
        self.clear(Place::End);
    }

    fn clear(&mut self, place: Place) {
        if let Some(piece) = self.pieces.get_mut(place as usize) {
            piece.clear();
        }
    }

    #[inline(never)]
    fn encode_into(&mut self, html: &str, place: Place) {
        let Some(piece) = self.pieces.get_mut(place as usize) else { return };
        let before = piece.len();
        encode(html, self.references, piece);
        if matches!(place, Place::Start | Place::After) {
            // In front of what earlier calls put there.
            piece.rotate_left(before);
        }
    }

    /// Makes ready for the next element.
    pub(crate) fn reset(&mut self, has_content: bool, references: bool) {
        for piece in &mut self.pieces {
            piece.clear();
        }
        self.changes.clear();
        self.texts.clear();
        self.removes_tags = false;
        self.removes_content = false;
        self.fills = false;
        self.has_content = has_content;
        self.references = references;
    }
}

/// Appends `html`, with what is not ASCII as character references if asked for.
fn encode(html: &str, references: bool, out: &mut Vec<u8>) {
    if !references || html.is_ascii() {
        out.extend_from_slice(html.as_bytes());
        return;
    }
    html.chars().for_each(|character| push_character(character, references, out));
}

#[inline(never)]
pub(crate) fn push_character(character: char, references: bool, out: &mut Vec<u8>) {
    if !references || character.is_ascii() {
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        return;
    }
    out.extend_from_slice(b"&#");
    let mut divisor = 1_000_000;
    let code = u32::from(character);
    while divisor > code {
        divisor /= 10;
    }
    while divisor > 0 {
        out.push(b'0' + u8::try_from(code / divisor % 10).unwrap_or(0));
        divisor /= 10;
    }
    out.push(b';');
}

fn is_attribute_name(name: &str) -> bool {
    let forbidden =
        |byte: u8| byte.is_ascii_control() || matches!(byte, b' ' | b'"' | b'\'' | b'>' | b'/' | b'=' | b'<');
    !name.is_empty() && name.is_ascii() && !name.bytes().any(forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ascii_becomes_references_where_asked_for() {
        let mut out = Vec::new();
        encode("a€😀é", true, &mut out);
        assert_eq!(out, b"a&#8364;&#128512;&#233;");
        let mut edits = Edits::default();
        edits.reset(true, true);
        edits.set_attribute("alt", "5 € & \"more\"");
        assert_eq!(edits.texts, b"alt5 &#8364; &amp; &quot;more&quot;");
    }

    #[test]
    fn attribute_names_that_would_break_the_tag_are_ignored() {
        for name in ["", "a b", "a>b", "a=b", "a/b", "a\"b", "a\0", "é"] {
            let mut edits = Edits::default();
            edits.set_attribute(name, "x");
            assert!(edits.changes.is_empty(), "{name}");
        }
    }
}
