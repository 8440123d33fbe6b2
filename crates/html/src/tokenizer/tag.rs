//! Tags: where they end, and what attributes they have.

use core::ops::Range;

use super::{AttributeFilter, Sink};
use crate::block::{Block, find_far, window};
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
    /// The start tag at `start` of which `bytes` are the beginning, if at least its name is complete within `longest`
    /// bytes.
    pub(super) fn long(bytes: &[u8], start: usize, longest: usize) -> Option<Self> {
        let rest = bytes.get(1..longest)?;
        let name = rest.get(..rest.iter().position(|&byte| ends_name(byte))?)?;
        name.first().filter(|first| first.is_ascii_alphabetic())?;
        Some(Self {
            start,
            name: start + 1,
            name_end: start + 1 + name.len(),
            end: start + bytes.len(),
            self_closing: false,
            wanted: false,
            is_long: true,
            code: Name::new(name),
        })
    }

    /// Calls `visit` with the name and the undecoded value of each attribute in `input`, the buffer that the tag is in.
    pub fn attributes<'a>(&self, input: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) {
        let mut position = self.name_end;
        while let Some(attribute) = next_attribute(input, position)
            && !attribute.name.is_empty()
        {
            let part = |range| input.get(range).unwrap_or_default();
            position = attribute.end;
            visit(part(attribute.name), part(attribute.value));
        }
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
            Quoted::Other => {
                let (end, is_end, self_closing) = read_other(input, position, filter, &mut wanted, sink)?;
                if is_end {
                    return Some((end, self_closing, wanted));
                }
                position = end;
            }
        }
    }
}

/// What comes at `position`, in whatever form: where it ends, whether it is the tag's end, and whether that closes itself.
#[inline(never)]
fn read_other<S: Sink>(
    input: &[u8],
    position: usize,
    filter: AttributeFilter,
    wanted: &mut bool,
    sink: &S,
) -> Option<(usize, bool, bool)> {
    let Attribute { name, value, end, self_closing } = next_attribute(input, position)?;
    let name = input.get(name).unwrap_or_default();
    if !*wanted && !name.is_empty() && filter.may_want(name) {
        *wanted = sink.wants_attribute(input, name, value);
    }
    Some((end, name.is_empty(), self_closing))
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
            match find_far(byte_of(window, length + 1), input, position + 2 * Block::LENGTH) {
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
    find_far(byte, input, position)
}

/// An attribute, or the end of its tag, by positions in the buffer.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// Empty at the tag's end.
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
    /// Where the value's closing quote, or the tag, ends.
    pub(crate) end: usize,
    pub(crate) self_closing: bool,
}

/// Reads what comes at `position`, after a tag's name or an attribute. `None` when it is cut off.
#[inline(never)]
pub(crate) fn next_attribute(input: &[u8], mut position: usize) -> Option<Attribute> {
    let mut self_closing = false;
    loop {
        let byte = *input.get(position)?;
        if byte == b'>' {
            return Some(Attribute { name: 0..0, value: 0..0, end: position + 1, self_closing });
        }
        if !ends_name(byte) {
            break;
        }
        self_closing = byte == b'/';
        position += 1;
    }
    let start = position;
    position += 1;
    if let Some(block) = Block::at(input, position) {
        let ends =
            block.at_most(b' ').or(block.equal(b'=')).or(block.equal(b'/')).or(block.equal(b'>')).bits();
        position += (ends | 1 << Block::LENGTH).trailing_zeros() as usize;
    }
    loop {
        let byte = *input.get(position)?;
        if byte == b'=' || ends_name(byte) {
            break;
        }
        position += 1;
    }
    let name = start..position;
    let value = skip_whitespace(input, position)?;
    if *input.get(value)? != b'=' {
        let value = position..position;
        return Some(Attribute { name, value, end: position, self_closing: false });
    }
    let start = skip_whitespace(input, value + 1)?;
    let (value, end) = match *input.get(start)? {
        quote @ (b'"' | b'\'') => {
            let end = find_far(quote, input, start + 1)?;
            (start + 1..end, end + 1)
        }
        // The tag ends here, and so does a value that has not begun.
        b'>' => (position..position, start),
        _ => {
            position = start;
            while !matches!(*input.get(position)?, b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') {
                position += 1;
            }
            (start..position, position)
        }
    };
    Some(Attribute { name, value, end, self_closing: false })
}

fn skip_whitespace(input: &[u8], mut position: usize) -> Option<usize> {
    while is_whitespace(*input.get(position)?) {
        position += 1;
    }
    Some(position)
}
