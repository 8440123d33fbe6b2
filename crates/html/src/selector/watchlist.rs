//! What tags must have to be worth matching: a cheap test that nearly all tags fail, and none that matches.

use core::ops::Range;

use super::AttributeTest;
use super::set::{Part, Under};
use crate::block::{Block, window};
use crate::bytes::next_word;
use crate::name::{Name, hash_of_value, head};
use crate::tokenizer::AttributeFilter;

/// The keys of the parts that can match at present.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watchlist {
    pub(crate) attributes: AttributeFilter,
    /// Bits of hashes of type names.
    pub(crate) types: u64,
    pub(crate) names: WatchedNames,
    /// Bits of hashes of attributes' values and words.
    values: [u64; 64],
}

/// Names of attributes that are watched for being there, for a value and for a word, as bits of hashes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WatchedNames {
    present: u64,
    valued: u64,
    worded: u64,
}

impl WatchedNames {
    /// Calls `visit` with everything that parts may be filed under because of an attribute, as long as it answers no.
    #[inline(never)]
    pub(crate) fn any_key(self, code: Name, value: &[u8], visit: &mut dyn FnMut(Under, u64) -> bool) -> bool {
        let place = code.place();
        let is_in = |names: u64| names >> place & 1 != 0;
        if is_in(self.present) && visit(Under::Attribute, code.0)
            || is_in(self.valued) && visit(Under::Value, hash_of_value(code, value))
        {
            return true;
        }
        let mut rest = if is_in(self.worded) { value } else { &[] };
        while let Some(word) = next_word(&mut rest) {
            if visit(Under::Word, hash_of_value(code, word)) {
                return true;
            }
        }
        false
    }
}

/// How a part is watched, as a set has it in one number.
///
/// | bits | |
/// |---|---|
/// | 0–2 | what it is filed [`Under`] |
/// | 3 | its attribute may be without a value |
/// | 4–9 | see [`AttributeFilter::ending`] |
/// | 10 | its attribute's name is too short for that |
/// | 11–16 | [`Name::place`] of its attribute |
/// | 17–28 | [`hash`] of its attribute's value |
/// | 29 | it requires a parent rather than any ancestor |
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch(pub(crate) u32);

impl Watch {
    /// `test` is what the key is taken from, if it is of an attribute.
    pub(crate) fn new(under: Under, test: Option<&AttributeTest>, is_child: bool) -> Self {
        let mut watch = under as u32 | u32::from(is_child) << 29;
        if let Some(test) = test {
            let name = Name::new(test.name.as_bytes());
            let accepts_empty = test.as_test().accepts(b"", true);
            watch |= u32::from(accepts_empty) << 3;
            watch |= AttributeFilter::ending(test.name.as_bytes()).map_or(1 << 10, |ending| ending << 4);
            let value = test.value.as_bytes();
            watch |= (name.place() as u32) << 11 | hash(name, head(value), value.len()) << 17;
        }
        Self(watch)
    }

    pub(crate) fn requires_parent(self) -> bool {
        self.0 >> 29 & 1 != 0
    }
}

impl Watchlist {
    pub(crate) const NOTHING: Self = Self {
        attributes: AttributeFilter::NOTHING,
        types: 0,
        names: WatchedNames { present: 0, valued: 0, worded: 0 },
        values: [0; 64],
    };

    #[inline(always)]
    pub(crate) fn may_want_type(types: u64, name: Name) -> bool {
        types >> name.place() & 1 != 0
    }

    pub(crate) fn add(&mut self, part: &Part) {
        const ANY: u32 = Under::Any as u32;
        const TYPE: u32 = Under::Type as u32;
        const ATTRIBUTE: u32 = Under::Attribute as u32;
        const VALUE: u32 = Under::Value as u32;
        let watch = part.watch.0;
        let place = 1 << (watch >> 11 & 63);
        match watch & 7 {
            ANY => {
                self.types = u64::MAX;
                return;
            }
            TYPE => {
                self.types |= 1 << part.type_name.place();
                return;
            }
            ATTRIBUTE => self.names.present |= place,
            VALUE => self.names.valued |= place,
            _ => self.names.worded |= place,
        }
        let endings = if watch >> 10 & 1 != 0 { u64::MAX } else { 1 << (watch >> 4 & 63) };
        self.attributes.add_endings(endings, watch >> 3 & 1 != 0);
        let hash = watch >> 17;
        if let Some(word) = self.values.get_mut((hash >> 6 & 63) as usize) {
            *word |= 1 << (hash & 63);
        }
    }

    #[inline(always)]
    fn has(&self, hash: u32) -> bool {
        self.values.get((hash >> 6 & 63) as usize).is_some_and(|word| word >> (hash & 63) & 1 != 0)
    }

    /// Whether an element with this attribute may be worth matching.
    #[inline(always)]
    pub(crate) fn may_want(&self, input: &[u8], code: Name, value: Range<usize>) -> bool {
        let place = code.place();
        let is = |names: u64| names >> place & 1 != 0;
        if is(self.names.present) {
            return true;
        }
        let (valued, worded) = (is(self.names.valued), is(self.names.worded));
        (valued || worded) && self.has_piece(code, [valued, worded], input, value) != Some(false)
    }

    /// The answer for a short value with nothing but spaces between its words and no references. `None` for others.
    #[inline(always)]
    fn has_piece(
        &self,
        code: Name,
        [valued, worded]: [bool; 2],
        input: &[u8],
        value: Range<usize>,
    ) -> Option<bool> {
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
        if valued && self.has(hash(code, head_at(input, value.start, length)?, length)) {
            return Some(true);
        }
        let mut start = 0;
        while worded && spaces != 0 {
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
}

/// The [`head`] of a value that lies in a buffer. `None` close to the buffer's end.
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
