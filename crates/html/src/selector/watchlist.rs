//! What tags must have to be worth matching: a cheap test that nearly all tags fail, and none that matches.

use alloc::vec::Vec;
use core::ops::Range;

use super::AttributeTest;
use super::set::{Key, Selectors};
use crate::block::{Block, window};
use crate::bytes::is_whitespace;
use crate::name::{Name, hash_of_value};
use crate::reference;
use crate::tokenizer::AttributeFilter;

/// The keys of the parts that can match at present.
#[derive(Clone, Debug)]
pub(crate) struct Watchlist {
    pub(crate) attributes: AttributeFilter,
    /// Bits of hashes of type names.
    types: u64,
    /// By the number of an attribute's name: how it is watched.
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

/// A part's key, ready for a watchlist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    attributes: AttributeFilter,
    types: u64,
    /// The name's hash, and its number among the names of all keys.
    name_hash: u64,
    name: u32,
    how: Watched,
    hash: u32,
}

impl Watch {
    /// `test` is what the key is taken from, if it is of an attribute.
    pub(crate) fn new(key: Key, test: Option<&AttributeTest>) -> Self {
        let mut attributes = AttributeFilter::NOTHING;
        if let Some(test) = test {
            attributes.add(&test.name, test.accepts_empty());
        }
        let mut watch =
            Self { attributes, types: 0, name_hash: 0, name: u32::MAX, how: Watched::default(), hash: 0 };
        let name = match key {
            Key::Any => {
                watch.types = u64::MAX;
                return watch;
            }
            Key::Type(name) => {
                watch.types = 1 << name.place();
                return watch;
            }
            Key::Attribute(name) => {
                watch.how.present = true;
                name
            }
            Key::Value(name, _) => {
                watch.how.value = true;
                name
            }
            Key::Word(name, _) => {
                watch.how.word = true;
                name
            }
        };
        let value = test.map_or(&[][..], |test| test.value.as_bytes());
        watch.hash = hash(name, head(value), value.len());
        watch.name_hash = name.0;
        watch
    }

    /// Numbers the name, as before if it was seen before.
    pub(crate) fn number_name(&mut self, names: &mut Vec<(u64, u32)>) {
        if self.how.present || self.how.value || self.how.word {
            let number = names.len() as u32;
            let known = names.iter().find(|(hash, _)| *hash == self.name_hash);
            self.name = known.map_or(number, |&(_, number)| number);
            if known.is_none() {
                names.push((self.name_hash, number));
            }
        }
    }
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

    pub(crate) fn add(&mut self, watch: &Watch) {
        self.types |= watch.types;
        self.attributes.add_all(watch.attributes);
        if let Some(watched) = self.names.get_mut(watch.name as usize) {
            watched.present |= watch.how.present;
            watched.value |= watch.how.value;
            watched.word |= watch.how.word;
        }
        if (watch.how.value || watch.how.word)
            && let Some(word) = self.values.get_mut((watch.hash >> 6 & 63) as usize)
        {
            *word |= 1 << (watch.hash & 63);
        }
    }

    #[inline(always)]
    fn has(&self, hash: u32) -> bool {
        self.values.get((hash >> 6 & 63) as usize).is_some_and(|word| word >> (hash & 63) & 1 != 0)
    }

    /// Whether an element with this attribute may be worth matching; `is_used` says whether a part is active.
    pub(crate) fn wants(
        &self,
        selectors: &Selectors,
        input: &[u8],
        name: &[u8],
        value: Range<usize>,
        is_used: impl Fn(u32) -> bool,
    ) -> bool {
        let code = Name::new(name);
        let number = selectors.by_name.get(code.0).next();
        let watched = number.and_then(|number| self.names.get(number as usize)).copied().unwrap_or_default();
        if watched.present {
            return true;
        }
        if !watched.value && !watched.word {
            return false;
        }
        let answer = if watched.word {
            self.pieces(code, watched, input, value.clone())
        } else {
            self.whole(code, input, value.clone())
        };
        // With many selectors, bits are often set by chance.
        answer != Some(false) && is_filed(selectors, code, input.get(value).unwrap_or_default(), is_used)
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

    /// The answer for a value without references, of any length. `None` for others.
    fn whole(&self, code: Name, input: &[u8], value: Range<usize>) -> Option<bool> {
        let mut at = value.start;
        while at < value.end {
            let block = Block::at(input, at)?;
            let mine = if value.end - at < 16 { (1 << (value.end - at)) - 1 } else { 0xffff };
            if block.at_most(0x1f).or(block.equal(b'&')).bits() & mine != 0 {
                return None;
            }
            at += Block::LENGTH;
        }
        Some(self.has(hash(code, head_at(input, value.start, value.len())?, value.len())))
    }
}

/// The same question, answered precisely: whether a used part is filed under the value or one of its words.
#[inline(never)]
fn is_filed(selectors: &Selectors, code: Name, value: &[u8], is_used: impl Fn(u32) -> bool) -> bool {
    let value = reference::decode(value);
    let mut words = value.split(|&byte| is_whitespace(byte));
    selectors.by_value.get(hash_of_value(code, &value)).any(&is_used)
        || words.any(|word| selectors.by_word.get(hash_of_value(code, word)).any(&is_used))
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
