//! What tags must have to be worth matching: a cheap test that nearly all tags fail, and none that matches.

use alloc::vec::Vec;
use core::ops::Range;

use super::set::{Key, Part, Selectors};
use crate::block::{Block, window};
use crate::bytes::is_whitespace;
use crate::name::Name;
use crate::reference;
use crate::tokenizer::AttributeFilter;

/// The keys of the parts that can match at present.
#[derive(Clone, Debug)]
pub(crate) struct Watchlist {
    pub(crate) attributes: AttributeFilter,
    /// Bits of hashes of type names.
    types: u64,
    /// By attribute name in [`Selectors::names`]: how it is watched.
    names: Vec<Watched>,
    /// Bits of hashes of attributes' values and words.
    values: [u64; 64],
}

/// How an attribute's value is watched; the kinds add up.
#[derive(Clone, Copy, Debug, Default)]
struct Watched {
    present: bool,
    value: bool,
    word: bool,
}

impl Watchlist {
    pub(crate) fn new(names: usize) -> Self {
        Self {
            attributes: AttributeFilter::NOTHING,
            types: 0,
            names: alloc::vec![Watched::default(); names],
            values: [0; 64],
        }
    }

    #[inline(always)]
    pub(crate) fn may_want_type(types: u64, name: Name) -> bool {
        types >> name.place() & 1 != 0
    }

    /// The types to look at, for [`may_want_type`](Self::may_want_type).
    pub(crate) fn types(&self) -> u64 {
        self.types
    }

    pub(crate) fn add(&mut self, selectors: &Selectors, part: &Part) {
        let (name, kind) = match part.key {
            Key::Any => {
                self.types = u64::MAX;
                return;
            }
            Key::Type(name) => {
                self.types |= 1 << name.place();
                return;
            }
            Key::Attribute(name) => (name, Watched { present: true, ..Watched::default() }),
            Key::Value(name, _) => (name, Watched { value: true, ..Watched::default() }),
            Key::Word(name, _) => (name, Watched { word: true, ..Watched::default() }),
        };
        let Some((_, test)) = part.tests.get(part.key_test) else { return };
        self.attributes.add(&test.name, test.accepts_empty());
        if kind.value || kind.word {
            self.set(hash(name, head(test.value.as_bytes()), test.value.len()));
        }
        for index in selectors.by_name.get(name.0) {
            if let Some(watched) = self.names.get_mut(index as usize) {
                watched.present |= kind.present;
                watched.value |= kind.value;
                watched.word |= kind.word;
            }
        }
    }

    fn set(&mut self, hash: u32) {
        if let Some(word) = self.values.get_mut((hash >> 6 & 63) as usize) {
            *word |= 1 << (hash & 63);
        }
    }

    #[inline(always)]
    fn has(&self, hash: u32) -> bool {
        self.values.get((hash >> 6 & 63) as usize).is_some_and(|word| word >> (hash & 63) & 1 != 0)
    }

    /// Whether an element with this attribute is worth matching.
    pub(crate) fn wants(
        &self,
        selectors: &Selectors,
        input: &[u8],
        name: &[u8],
        value: Range<usize>,
    ) -> bool {
        let code = Name::new(name);
        let mut watched = Watched::default();
        for index in selectors.by_name.get(code.0) {
            watched = self.names.get(index as usize).copied().unwrap_or_default();
        }
        if watched.present {
            return true;
        }
        if !watched.value && !watched.word {
            return false;
        }
        match self.pieces(code, watched, input, value.clone()) {
            Some(wanted) => wanted,
            None => self.decoded(code, watched, input.get(value).unwrap_or_default()),
        }
    }

    /// The answer for a short value with nothing but spaces between its words and no references. `None` for others.
    #[inline(always)]
    fn pieces(&self, code: Name, watched: Watched, input: &[u8], value: Range<usize>) -> Option<bool> {
        let length = value.len();
        let (mut spaces, mut at) = (1_u64.checked_shl(u32::try_from(length).ok()?)?, 0);
        while at < length {
            let block = Block::at(input, value.start + at)?;
            let mine = if length - at < 16 { (1 << (length - at)) - 1 } else { 0xffff };
            if block.at_most(0x1f).or(block.equal(b'&')).bits() & mine != 0 {
                return None;
            }
            spaces |= u64::from(block.equal(b' ').bits() & mine) << at;
            at += Block::LENGTH;
        }
        if watched.value && self.has(hash(code, head_at(input, value.start, length)?, length)) {
            return Some(true);
        }
        let mut start = 0;
        while watched.word && spaces != 0 {
            let end = spaces.trailing_zeros() as usize;
            let length = end - start;
            if length > 0 && self.has(hash(code, head_at(input, value.start + start, length)?, length)) {
                return Some(true);
            }
            start = end + 1;
            spaces &= spaces - 1;
        }
        Some(false)
    }

    #[cold]
    fn decoded(&self, code: Name, watched: Watched, value: &[u8]) -> bool {
        let value = reference::decode(value);
        let has = |piece: &[u8]| self.has(hash(code, head(piece), piece.len()));
        watched.value && has(&value) || watched.word && value.split(|&byte| is_whitespace(byte)).any(has)
    }
}

/// Up to eight bytes that a value begins with, case folded.
fn head(value: &[u8]) -> u64 {
    let bytes = value.iter().take(8).zip(0_u32..);
    bytes.fold(0, |head, (&byte, place)| head | u64::from(byte | 0x20) << (8 * place))
}

/// The same for a value that lies in a buffer. `None` close to the buffer's end.
#[inline(always)]
fn head_at(input: &[u8], position: usize, length: usize) -> Option<u64> {
    let folded = u64::from_le_bytes(*window(input, position)?) | 0x2020_2020_2020_2020;
    Some(if length >= 8 { folded } else { folded & ((1 << (8 * length)) - 1) })
}

#[inline(always)]
fn hash(name: Name, head: u64, length: usize) -> u32 {
    let mixed = head ^ name.0.rotate_left(17) ^ (length as u64).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52) as u32
}
