//! Which attributes are worth asking the sink about.

/// A set of attribute names that may contain more names than were added, never fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeFilter {
    /// Bits of hashes of the last two bytes of names.
    endings: u64,
    /// Some of them are wanted without a value, or with an empty one.
    pub(super) without_value: bool,
}

impl AttributeFilter {
    /// No attribute.
    pub const NOTHING: Self = Self { endings: 0, without_value: false };

    /// Adds a name, which may be wanted also when it is written without a value.
    pub fn add(&mut self, name: &str, without_value: bool) {
        self.add_endings(Self::ending(name.as_bytes()).map_or(u64::MAX, |ending| 1 << ending), without_value);
    }

    pub(crate) fn add_endings(&mut self, endings: u64, without_value: bool) {
        self.endings |= endings;
        self.without_value |= without_value;
    }

    /// The bit of a name; `None` when it is too short for one: what is before a name may be anything.
    pub(crate) fn ending(name: &[u8]) -> Option<u32> {
        match name {
            [.., before, last] => Some(bit(*before, *last)),
            _ => None,
        }
    }

    /// Whether an attribute whose name ends with these bytes may have been added.
    #[inline(always)]
    pub(super) fn may_want_ending(self, [before, last]: [u8; 2]) -> bool {
        self.endings >> bit(before, last) & 1 != 0
    }

    /// Whether `name` may have been added.
    #[inline(always)]
    pub(crate) fn may_want(self, name: &[u8]) -> bool {
        match name {
            [.., before, last] => self.endings >> bit(*before, *last) & 1 != 0,
            _ => self.endings == u64::MAX,
        }
    }
}

#[inline(always)]
const fn bit(before: u8, last: u8) -> u32 {
    // Without the bit that tells upper from lower case.
    ((last as u32 & 0x1f) + 2 * (before as u32 & 0x1f)) & 63
}
