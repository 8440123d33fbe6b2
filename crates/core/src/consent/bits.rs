//! The base64url bit fields that consent strings are made of.

use crate::base64url::sextet;

/// Unsigned numbers read one after the other from base64url text (RFC 4648, section 5, without padding).
#[derive(Clone, Copy, Debug)]
pub(super) struct Bits<'a> {
    text: &'a [u8],
    /// In bits from the beginning.
    at: usize,
}

impl<'a> Bits<'a> {
    /// `Err` is the place of the first byte that is not base64url.
    pub(super) fn new(text: &'a str) -> Result<Self, usize> {
        match text.bytes().position(|byte| sextet(byte).is_none()) {
            Some(at) => Err(at),
            None => Ok(Self { text: text.as_bytes(), at: 0 }),
        }
    }

    /// The next `count` bits (at most 58), most significant first; `None` when fewer are left.
    pub(super) fn take(&mut self, count: usize) -> Option<u64> {
        let mut value = 0;
        let mut missing = count;
        while missing > 0 {
            let bits = sextet(*self.text.get(self.at / 6)?)?;
            let unread = 6 - self.at % 6;
            let taken = missing.min(unread);
            let part = bits >> (unread - taken) & ((1 << taken) - 1);
            value = value << taken | u64::from(part);
            self.at += taken;
            missing -= taken;
        }
        Some(value)
    }

    /// Passes over `count` bits; `None` when fewer are left.
    pub(super) fn skip(&mut self, count: usize) -> Option<()> {
        self.at += count;
        (self.at <= self.text.len() * 6).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_across_characters() {
        let mut bits = Bits::new("Ab9-_").unwrap();
        // A 000000, b 011011, 9 111101, - 111110, _ 111111
        assert_eq!(bits.take(8), Some(0b01));
        assert_eq!(bits.take(1), Some(1));
        assert_eq!(bits.skip(1), Some(()));
        assert_eq!(bits.take(14), Some(0b11_1111_0111_1110));
        assert_eq!(bits.take(0), Some(0));
        assert_eq!(bits.take(6), Some(63));
        assert_eq!(bits.take(1), None);
        assert_eq!(bits.skip(1), None);
    }

    #[test]
    fn what_is_not_base64url_is_named() {
        for (text, at) in [("+", 0), ("AA/", 2), ("A=", 1), ("A\u{fffd}", 1), ("A.B", 1)] {
            assert_eq!(Bits::new(text).map(|_| ()), Err(at));
        }
    }

    proptest! {
        #[test]
        fn reading_at_once_and_bit_by_bit_agree(text in "[A-Za-z0-9_-]{1,9}", count in 0usize..54) {
            let (mut once, mut single) = (Bits::new(&text).unwrap(), Bits::new(&text).unwrap());
            let by_bit = (0..count).try_fold(0, |value, _| Some(value << 1 | single.take(1)?));
            prop_assert_eq!(once.take(count), by_bit);
        }
    }
}
