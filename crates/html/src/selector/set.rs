//! Many selectors compiled into one set, filed by what an element must have for them to match at all.
//!
//! A set is a piece of bytes that is written once, by [`SelectorsBuilder`](super::SelectorsBuilder), and then read in
//! place. All numbers are little-endian; a *word* has four bytes.
//!
//! | words | table | a row |
//! |---|---|---|
//! | 7 | header | [`FORM`], entries, states, parts, tests, buckets as a power of two, filed |
//! | 2 an entry | entries | a selector as it was added: id, and whether it matches only once |
//! | 6 a part | parts | a compound of a selector, see [`Part`]; first those that set states, each that of its own number |
//! | 5 a test | tests | name as number (2), operator + 16 × case, where in the texts its value begins, its length |
//! | 1 a bucket + 1 | buckets | which of the filed is the bucket's first |
//! | 2 a filed one | filed | a hash, whose upper bits are the number of the bucket, and what is filed: see [`Under`] |
//! | – | texts | values of tests |

use alloc::vec::Vec;

use super::watchlist::Watch;
use super::{Case, Operator};
use crate::name::Name;

/// How often a selector matches on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// Only the first match counts. When every active selector is of this kind and has been seen, the rewriter is
    /// done and the rest of the page need not pass through it.
    Once,
    /// Every match counts, to the end of the page.
    Repeated,
}

/// A compiled set of selectors, built once and shared by all requests.
///
/// Cost while matching follows the attributes and types that the page has and the active selectors name, not the
/// number of selectors.
///
/// ```
/// use footlight_html::{Occurrence, Selector, Selectors};
///
/// let hero = Selector::parse("#hero > h1")?;
/// let price = Selector::parse(".price")?;
/// let selectors =
///     Selectors::builder().add(1, &hero, Occurrence::Once).add(2, &price, Occurrence::Repeated).build();
///
/// // What was compiled here can be used elsewhere, without a parser.
/// let bytes = selectors.to_bytes();
/// assert!(Selectors::from_bytes(&bytes).is_some());
/// # Ok::<(), footlight_html::SelectorError>(())
/// ```
#[derive(Debug, Default)]
pub struct Selectors {
    bytes: Vec<u8>,
    pub(crate) entries: u32,
    /// States of open elements: the first of the parts.
    pub(crate) states: u32,
    pub(crate) parts: u32,
    /// From a hash to its bucket.
    shift: u32,
    parts_at: usize,
    tests_at: usize,
    buckets_at: usize,
    filed_at: usize,
    texts_at: usize,
}

/// What the first word says; a change in what the rest means is another.
pub(super) const FORM: u32 = u32::from_le_bytes(*b"sel1");

/// Most buckets, as a power of two.
pub(super) const MOST_BUCKETS: u32 = 24;

/// No entry: a part that sets a state.
pub(super) const NO_ENTRY: u32 = u32::MAX;

pub(super) const HEADER_LENGTH: usize = 28;
const ENTRY_LENGTH: usize = 8;
const PART_LENGTH: usize = 24;
const TEST_LENGTH: usize = 20;
const BUCKET_LENGTH: usize = 4;
const FILED_LENGTH: usize = 8;

/// One compound of a selector.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// How it is watched.
    pub(crate) watch: Watch,
    /// Zero, or one more than the state that an open ancestor must have set.
    pub(crate) requires: u32,
    /// What the element is selected for; [`NO_ENTRY`] when it sets a state instead.
    pub(crate) entry: u32,
    /// Zero: any type.
    pub(crate) type_name: Name,
    /// Where its tests end; they begin where those of the part before end.
    pub(crate) tests_end: u32,
}

/// What one attribute has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Test<'a> {
    pub(crate) name: Name,
    pub(crate) operator: Operator,
    pub(crate) case: Case,
    pub(crate) value: &'a [u8],
}

/// What things are filed under. Different ones may share a hash: what is found has to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Under {
    /// Parts that any element may match.
    Any,
    /// Parts by the element's type.
    Type,
    /// Parts by the name of an attribute.
    Attribute,
    /// Parts by the hash of an attribute's name and whole value.
    Value,
    /// Parts by the hash of an attribute's name and one word of its value.
    Word,
    /// Parts that require a state, by its number.
    State,
    /// Parts that complete an entry, by its number.
    Entry,
    /// Entries by the caller's id.
    Id,
}

impl Under {
    #[inline(always)]
    pub(super) const fn hash(self, key: u64) -> u32 {
        // Fibonacci hashing spreads keys that differ only in their low bits.
        ((key ^ (self as u64) << 60).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
    }
}

impl Selectors {
    /// The set as bytes, for [`from_bytes`](Self::from_bytes) of the same version of this crate.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// A set that was built elsewhere; `None` when the bytes are none, or of another version.
    ///
    /// Of bytes that somebody has altered no more is promised than that with no page they lead to a panic, or to more
    /// memory than a multiple of their length.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let header = |index: usize| word(bytes, 4 * index);
        let [entries, states, parts] = [header(1), header(2), header(3)];
        let [tests, bits, filed] = [header(4), header(5), header(6)];
        if header(0) != FORM || bits == 0 || bits > MOST_BUCKETS {
            return None;
        }
        let rows = [
            (entries, ENTRY_LENGTH),
            (parts, PART_LENGTH),
            (tests, TEST_LENGTH),
            (1 + (1 << bits), BUCKET_LENGTH),
            (filed, FILED_LENGTH),
        ];
        let mut at = HEADER_LENGTH as u64;
        let mut ends = [0; 5];
        for (end, (rows, length)) in ends.iter_mut().zip(rows) {
            at += u64::from(rows) * length as u64;
            *end = at as usize;
        }
        if at > bytes.len() as u64 {
            return None;
        }
        let [parts_at, tests_at, buckets_at, filed_at, texts_at] = ends;
        let set = Self {
            bytes: bytes.to_vec(),
            entries,
            states: states.min(parts),
            parts,
            shift: 32 - bits,
            parts_at,
            tests_at,
            buckets_at,
            filed_at,
            texts_at,
        };
        // INVARIANT: what a part requires comes before it, so that to follow it comes to an end.
        (0..parts).all(|number| set.part(number).requires <= number.min(set.states)).then_some(set)
    }

    /// The caller's id of an entry, and whether it matches only once.
    pub(crate) fn entry(&self, number: u32) -> (u32, bool) {
        let rows = self.table::<ENTRY_LENGTH>(HEADER_LENGTH, self.parts_at);
        rows.get(number as usize).map_or((0, false), |row| (word(row, 0), word(row, 4) != 0))
    }

    #[inline]
    pub(crate) fn part(&self, number: u32) -> Part {
        let rows = self.table::<PART_LENGTH>(self.parts_at, self.tests_at);
        // One that is not there requires what cannot be.
        let row = rows.get(number as usize).unwrap_or(&[u8::MAX; PART_LENGTH]);
        Part {
            watch: Watch(word(row, 0)),
            requires: word(row, 4),
            entry: word(row, 8),
            type_name: name(row, 12),
            tests_end: word(row, 20),
        }
    }

    /// Whether all tests of a part pass.
    pub(crate) fn tests(&self, number: u32) -> impl Iterator<Item = Test<'_>> {
        let start = if number == 0 { 0 } else { self.part(number - 1).tests_end };
        let end = self.part(number).tests_end;
        let rows = self.table::<TEST_LENGTH>(self.tests_at, self.buckets_at);
        let rows = rows.get(start as usize..end as usize).unwrap_or_default();
        rows.iter().map(|row| {
            let how = word(row, 8) as usize;
            Test {
                name: name(row, 0),
                operator: Operator::ALL.get(how & 15).copied().unwrap_or(Operator::Exists),
                case: Case::ALL.get(how >> 4).copied().unwrap_or(Case::Sensitive),
                value: self.text(word(row, 12), word(row, 16)),
            }
        })
    }

    fn text(&self, start: u32, length: u32) -> &[u8] {
        let text = self.bytes.get(self.texts_at..).and_then(|texts| texts.get(start as usize..));
        text.and_then(|text| text.get(..length as usize)).unwrap_or_default()
    }

    /// What may be filed under `key`, in the order in which it was added.
    #[inline]
    pub(crate) fn filed(&self, under: Under, key: u64) -> Filed<'_> {
        let hash = under.hash(key);
        let starts = self.bytes.get(self.buckets_at + BUCKET_LENGTH * (hash >> self.shift) as usize..);
        let starts = starts.unwrap_or_default();
        let rows = self.table::<FILED_LENGTH>(self.filed_at, self.texts_at);
        let rows = rows.get(word(starts, 0) as usize..word(starts, 4) as usize).unwrap_or_default();
        Filed { hash, rows }
    }

    #[inline(always)]
    fn table<const LENGTH: usize>(&self, start: usize, end: usize) -> &[[u8; LENGTH]] {
        self.bytes.get(start..end).unwrap_or_default().as_chunks().0
    }
}

/// What [`Selectors::filed`] has found.
pub(crate) struct Filed<'a> {
    hash: u32,
    rows: &'a [[u8; FILED_LENGTH]],
}

impl Iterator for Filed<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        while let Some((row, rest)) = self.rows.split_first() {
            self.rows = rest;
            if word(row, 0) == self.hash {
                return Some(word(row, 4));
            }
        }
        None
    }
}

/// The word at a position, zero where there is none.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[inline(always)]
fn name(row: &[u8], at: usize) -> Name {
    Name(u64::from(word(row, at)) | u64::from(word(row, at + 4)) << 32)
}
