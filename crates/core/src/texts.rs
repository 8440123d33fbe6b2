//! Interned text: every string of a bundle stored once, named by a number.

use alloc::string::String;
use alloc::vec::Vec;

use crate::wire;
use serde::{Deserialize, Serialize};

/// Names one string in [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextId(pub u32);

/// The strings of a bundle, laid end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    all: String,
    /// Where each string ends in `all`, in bytes; ascending. A bundle has the lengths instead, which are shorter.
    #[serde(with = "lengths")]
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a string without looking whether it is there already; the compiler's interner does that.
    pub fn push(&mut self, text: &str) -> TextId {
        let id = TextId(self.ends.len() as u32);
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
        id
    }

    /// The string named `id`, or the empty string when there is none (a decoded bundle has no such id).
    #[must_use]
    pub fn get(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(u32::MAX),
            None => 0,
        };
        let end = self.ends.get(index).copied().unwrap_or(0);
        self.all.get(start as usize..end as usize).unwrap_or("")
    }

    /// Number of strings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no strings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether the ends ascend, stay inside the text and fall between characters.
    pub(crate) fn is_sound(&self) -> bool {
        let mut last = 0;
        self.ends.iter().all(|&end| {
            let sound = end >= last && self.all.is_char_boundary(end as usize);
            last = end;
            sound
        }) && last as usize == self.all.len()
    }
}

wire::structs! {
    TextId { 0 => Texts }
}

impl wire::Wire for Texts {
    fn read(reader: &mut wire::Reader<'_>) -> Self {
        let all = wire::Wire::read(reader);
        let mut ends: Vec<u32> = wire::Wire::read(reader);
        add_up(&mut ends);
        Self { all, ends }
    }
}

/// Makes lengths ends. Too great a sum is none that [`Texts::is_sound`].
fn add_up(lengths: &mut [u32]) {
    let mut end = 0_u32;
    for length in lengths {
        end = end.saturating_add(*length);
        *length = end;
    }
}

mod lengths {
    use alloc::vec::Vec;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(ends: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let mut last = 0;
        serializer.collect_seq(ends.iter().map(|end| end - core::mem::replace(&mut last, *end)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let mut ends = Vec::deserialize(deserializer)?;
        super::add_up(&mut ends);
        Ok(ends)
    }
}
