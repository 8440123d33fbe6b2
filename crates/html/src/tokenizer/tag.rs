//! Tags: where they end, and what attributes they have.

use core::ops::Range;

use memchr::memchr;

use super::Sink;
use crate::bytes::{ends_name, is_whitespace};

/// A complete tag in a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Position of `<`.
    pub start: usize,
    /// Position of the name.
    pub name: usize,
    /// Position after the name.
    pub name_end: usize,
    /// Position after `>`.
    pub end: usize,
    /// Whether it ends with `/>`.
    pub self_closing: bool,
    /// Whether the sink wants an attribute of it.
    pub wanted: bool,
    /// It is longer than what is held back of a tag. Only its name is to be relied on: `end` can be anywhere inside,
    /// and neither `self_closing` nor `wanted` is set.
    pub is_long: bool,
}

impl Tag {
    /// The start tag of which `bytes` are the beginning, if at least its name is complete within `longest` bytes.
    pub(super) fn long(bytes: &[u8], longest: usize) -> Option<Self> {
        let name_end = 1 + bytes.get(1..longest)?.iter().position(|&byte| ends_name(byte))?;
        let is_start = bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
        let end = bytes.len();
        is_start.then_some(Self {
            start: 0,
            name: 1,
            name_end,
            end,
            self_closing: false,
            wanted: false,
            is_long: true,
        })
    }

    /// Calls `visit` with the name and the undecoded value of each attribute in `input`, the buffer that the tag is in.
    pub fn attributes<'a>(&self, input: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) {
        for_each_attribute(input, self.name_end, |name, value, _| {
            visit(input.get(name).unwrap_or_default(), input.get(value).unwrap_or_default());
        });
    }

    /// Reads the tag at `start`, which is known to be one. `None` when it is not complete.
    #[inline]
    pub(super) fn read<S: Sink>(input: &[u8], start: usize, is_start: bool, sink: &S) -> Option<Self> {
        let name = start + if is_start { 1 } else { 2 };
        let mut name_end = name;
        while !ends_name(*input.get(name_end)?) {
            name_end += 1;
        }
        let mut wanted = false;
        let (end, self_closing) = for_each_attribute(input, name_end, |name, value, _| {
            if is_start && !wanted {
                let name = input.get(name).unwrap_or_default();
                wanted = sink.wants_attribute(name, input.get(value).unwrap_or_default());
            }
        })?;
        Some(Self { start, name, name_end, end, self_closing, wanted, is_long: false })
    }
}

/// Reads the attributes that begin at `position`, after a tag's name: for each the ranges of its name, of its value
/// and of both with the quotes. Returns where the tag ends and whether it closes itself, `None` when it is cut off.
#[inline]
pub(crate) fn for_each_attribute(
    input: &[u8],
    mut position: usize,
    mut visit: impl FnMut(Range<usize>, Range<usize>, Range<usize>),
) -> Option<(usize, bool)> {
    loop {
        let byte = *input.get(position)?;
        if byte == b'>' {
            return Some((position + 1, false));
        }
        if is_whitespace(byte) {
            position += 1;
            continue;
        }
        if byte == b'/' {
            position += 1;
            if *input.get(position)? == b'>' {
                return Some((position + 1, true));
            }
            continue;
        }
        let name = position;
        position += 1;
        while !matches!(*input.get(position)?, b'=' | b'/' | b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') {
            position += 1;
        }
        let name = name..position;
        while is_whitespace(*input.get(position)?) {
            position += 1;
        }
        if *input.get(position)? != b'=' {
            visit(name.clone(), name.end..name.end, name);
            continue;
        }
        position += 1;
        while is_whitespace(*input.get(position)?) {
            position += 1;
        }
        let value = match *input.get(position)? {
            quote @ (b'"' | b'\'') => {
                position += 1;
                let length = memchr(quote, input.get(position..)?)?;
                let value = position..position + length;
                position = value.end + 1;
                value
            }
            b'>' => {
                visit(name.clone(), name.end..name.end, name);
                continue;
            }
            _ => {
                let start = position;
                while !matches!(*input.get(position)?, b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') {
                    position += 1;
                }
                start..position
            }
        };
        let whole = name.start..position;
        visit(name, value, whole);
    }
}
