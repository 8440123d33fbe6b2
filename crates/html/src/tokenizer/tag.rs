//! Tags: where they end, and what attributes they have.

use core::ops::Range;

use memchr::memchr;

use super::{AttributeFilter, Sink};
use crate::block::{Block, window};
use crate::bytes::{ends_name, is_whitespace};
use crate::name::Name;

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
    /// Whether the sink wants an attribute of it, see [`Sink::wants_attribute`].
    pub wanted: bool,
    /// It is longer than what is held back of a tag. Only its name is to be relied on: `end` can be anywhere inside,
    /// and neither `self_closing` nor `wanted` is set.
    pub is_long: bool,
    pub(crate) code: Name,
}

impl Tag {
    /// The start tag of which `bytes` are the beginning, if at least its name is complete within `longest` bytes.
    pub(super) fn long(bytes: &[u8], longest: usize) -> Option<Self> {
        let name_end = 1 + bytes.get(1..longest)?.iter().position(|&byte| ends_name(byte))?;
        let is_start = bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
        let end = bytes.len();
        let code = Name::new(bytes.get(1..name_end)?);
        let (self_closing, wanted, is_long) = (false, false, true);
        is_start.then_some(Self { start: 0, name: 1, name_end, end, self_closing, wanted, is_long, code })
    }

    /// Calls `visit` with the name and the undecoded value of each attribute in `input`, the buffer that the tag is in.
    pub fn attributes<'a>(&self, input: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) {
        for_each_attribute(input, self.name_end, |name, value, _| {
            visit(input.get(name).unwrap_or_default(), input.get(value).unwrap_or_default());
        });
    }

    /// Reads the tag at `start`, which is known to be one. `None` when it is not complete.
    #[inline(always)]
    pub(super) fn read<S: Sink>(input: &[u8], start: usize, is_start: bool, sink: &S) -> Option<Self> {
        let name = start + if is_start { 1 } else { 2 };
        let (name_end, code) = match short_name(input, name) {
            Some((length, code)) => (name + length, code),
            None => long_name(input, name)?,
        };
        let filter = if is_start { sink.filter() } else { AttributeFilter::NOTHING };
        let (end, self_closing, wanted) = read_attributes(input, name_end, filter, sink)?;
        Some(Self { start, name, name_end, end, self_closing, wanted, is_long: false, code })
    }
}

/// The length of the name at `position`, and what it is; `None` when it is long or near the buffer's end.
#[inline(always)]
fn short_name(input: &[u8], position: usize) -> Option<(usize, Name)> {
    let window = window(input, position)?;
    let block = Block::of(window);
    let ends = block.at_most(b' ').or(block.equal(b'/')).or(block.equal(b'>')).bits();
    let length = ends.trailing_zeros();
    let [name @ .., _, _, _, _, _, _, _, _] = window;
    let is_short = length <= 8 && ends_name(byte_of(window, length));
    is_short.then(|| (length as usize, Name::short(u64::from_le_bytes(*name), length)))
}

#[inline(never)]
fn long_name(input: &[u8], position: usize) -> Option<(usize, Name)> {
    let name = input.get(position..)?;
    let name = name.get(..name.iter().position(|&byte| ends_name(byte))?)?;
    Some((position + name.len(), Name::new(name)))
}

/// A byte of a window; the caller knows that `index` is inside.
#[inline(always)]
fn byte_of(window: &[u8; 16], index: u32) -> u8 {
    window.get(index as usize & 15).copied().unwrap_or_default()
}

/// Where the tag ends whose attributes begin at `position`, whether it closes itself, and whether the sink wants it.
#[inline(always)]
fn read_attributes<S: Sink>(
    input: &[u8],
    mut position: usize,
    filter: AttributeFilter,
    sink: &S,
) -> Option<(usize, bool, bool)> {
    let mut wanted = false;
    loop {
        if *input.get(position)? == b'>' {
            return Some((position + 1, false, wanted));
        }
        match Quoted::read(input, position, filter.without_value) {
            Quoted::Attribute { ending, name_end, value, end } => {
                if filter.may_want_ending(ending) && !wanted {
                    let name = name_before(input, position, name_end);
                    wanted = sink.wants_attribute(input, name, value..end);
                }
                position = end + 1;
            }
            Quoted::End { end, self_closing } => return Some((end, self_closing, wanted)),
            Quoted::Unfinished => return None,
            Quoted::Other => break,
        }
    }
    read_other_attributes(input, position, filter, wanted, sink)
}

#[inline(never)]
fn read_other_attributes<S: Sink>(
    input: &[u8],
    position: usize,
    filter: AttributeFilter,
    mut wanted: bool,
    sink: &S,
) -> Option<(usize, bool, bool)> {
    let (end, self_closing) = for_each_attribute(input, position, |name, value, _| {
        let name = input.get(name).unwrap_or_default();
        if filter.may_want(name) && !wanted {
            wanted = sink.wants_attribute(input, name, value);
        }
    })?;
    Some((end, self_closing, wanted))
}

/// The name that ends at `end`, after `start` and what separates attributes.
fn name_before(input: &[u8], start: usize, end: usize) -> &[u8] {
    let segment = input.get(start..end).unwrap_or_default();
    let separator = segment.iter().rposition(|&byte| is_whitespace(byte) || byte == b'/');
    segment.get(separator.map_or(0, |at| at + 1)..).unwrap_or_default()
}

/// What comes next in a tag, when it has the form that nearly all tags have: `name="value"` or the end.
enum Quoted {
    /// The name's last two bytes, positions of its end, of the value and of its end. Attributes without values may come
    /// before.
    Attribute { ending: [u8; 2], name_end: usize, value: usize, end: usize },
    /// The tag's end; attributes without values may come before.
    End { end: usize, self_closing: bool },
    /// The value does not end in this buffer.
    Unfinished,
    /// Another form, or the name is far away, or too few bytes are left to look at sixteen at once.
    Other,
}

impl Quoted {
    /// Reads from `position`, where an attribute may begin. What comes before may contain attributes without values only
    /// if these are not `wanted`.
    #[inline(always)]
    fn read(input: &[u8], position: usize, wanted: bool) -> Self {
        let Some((window, next)) =
            window::<32>(input, position).and_then(|window| window.split_first_chunk())
        else {
            return Self::Other;
        };
        let Some(next) = next.first_chunk() else { return Self::Other };
        let (block, next) = (Block::of(window), Block::of(next));
        let stops = block.equal(b'=').or(block.equal(b'>')).bits();
        if stops == 0 {
            return Self::Other;
        }
        let length = stops.trailing_zeros();
        let stop = position + length as usize;
        let last = byte_of(window, length.wrapping_sub(1));
        if wanted {
            // Bits of what belongs to names: nothing before the end, one run of them before `=`.
            let names = !block.at_most(b' ').or(block.equal(b'/')).bits() & ((1 << length) - 1);
            let run = if byte_of(window, length) == b'>' { 0 } else { 1 << length };
            if names.wrapping_add(names & names.wrapping_neg()) != run {
                return Self::Other;
            }
        }
        if byte_of(window, length) == b'>' {
            return Self::End { end: stop + 1, self_closing: length > 0 && last == b'/' };
        }
        // Just after a name, `=` ends that name; otherwise it may begin one.
        if length == 0 || length > 13 || last <= b' ' || last == b'/' {
            return Self::Other;
        }
        let quotes = match byte_of(window, length + 1) {
            b'"' => block.equal(b'"').bits() | next.equal(b'"').bits() << 16,
            b'\'' => block.equal(b'\'').bits() | next.equal(b'\'').bits() << 16,
            _ => return Self::Other,
        };
        let further = quotes >> (length + 2);
        let value = stop + 2;
        let end = if further != 0 {
            value + further.trailing_zeros() as usize
        } else {
            match find(byte_of(window, length + 1), input, position + 2 * Block::LENGTH) {
                Some(end) => end,
                None => return Self::Unfinished,
            }
        };
        Self::Attribute {
            ending: [byte_of(window, length.wrapping_sub(2)), last],
            name_end: stop,
            value,
            end,
        }
    }
}

/// Where the attribute's name that has begun before `position` ends.
#[inline(always)]
fn attribute_name_end(input: &[u8], mut position: usize) -> Option<usize> {
    let ends = |byte: u8| ends_name(byte) || byte == b'=';
    while let Some(block) = Block::at(input, position) {
        let end =
            block.at_most(b' ').or(block.equal(b'=')).or(block.equal(b'/')).or(block.equal(b'>')).bits();
        if end == 0 {
            position += Block::LENGTH;
            continue;
        }
        position += end.trailing_zeros() as usize;
        if ends(*input.get(position)?) {
            return Some(position);
        }
        break;
    }
    while !ends(*input.get(position)?) {
        position += 1;
    }
    Some(position)
}

/// The next `byte` at or after `position`.
#[inline(always)]
pub(super) fn find(byte: u8, input: &[u8], mut position: usize) -> Option<usize> {
    for _ in 0..4 {
        let Some(block) = Block::at(input, position) else { break };
        let found = block.equal(byte).bits();
        if found != 0 {
            return Some(position + found.trailing_zeros() as usize);
        }
        position += Block::LENGTH;
    }
    // Far away: the wider loop pays.
    Some(position + memchr(byte, input.get(position..)?)?)
}

/// Reads the attributes that begin at `position`, after a tag's name: for each the ranges of its name, of its value
/// and of both with the quotes. Returns where the tag ends and whether it closes itself, `None` when it is cut off.
#[inline(always)]
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
        let start = position;
        position = attribute_name_end(input, position + 1)?;
        let name = start..position;
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
                let end = find(quote, input, position + 1)?;
                let value = position + 1..end;
                position = end + 1;
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
