//! Sixteen bytes compared at once: with SSE2, with WebAssembly's `simd128`, or in two words where there is neither.
//!
//! No pointer is read: blocks are made of arrays, which compilers load as they are.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd128 as vector;
#[cfg(target_arch = "x86_64")]
use sse2 as vector;
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
use words as vector;

use vector::Vector;

/// Sixteen bytes, or sixteen answers about them.
#[derive(Clone, Copy)]
pub(crate) struct Block(Vector);

impl Block {
    pub(crate) const LENGTH: usize = 16;

    /// The bytes from `position` on, if there are enough.
    #[inline(always)]
    pub(crate) fn at(input: &[u8], position: usize) -> Option<Self> {
        window(input, position).map(Self::of)
    }

    #[inline(always)]
    pub(crate) fn of(window: &[u8; 16]) -> Self {
        Self(vector::load(window))
    }

    /// Which bytes are equal to `byte`.
    #[inline(always)]
    pub(crate) fn equal(self, byte: u8) -> Self {
        Self(vector::equal(self.0, byte))
    }

    /// Which bytes are at most `byte`, an ASCII character.
    #[inline(always)]
    pub(crate) fn at_most(self, byte: u8) -> Self {
        Self(vector::at_most(self.0, byte))
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(vector::or(self.0, other.0))
    }

    /// The answers as bits, the first byte's lowest.
    #[inline(always)]
    pub(crate) fn bits(self) -> u32 {
        vector::bits(self.0)
    }
}

/// The bytes from `position` on, if there are so many.
#[inline(always)]
pub(crate) fn window<const LENGTH: usize>(input: &[u8], position: usize) -> Option<&[u8; LENGTH]> {
    input.get(position..)?.first_chunk()
}

/// The next `byte` at or after `position`, where it may be far away.
#[inline(never)]
pub(crate) fn find_far(byte: u8, input: &[u8], mut position: usize) -> Option<usize> {
    while let Some(window) = window::<32>(input, position)
        && let Some((first, second)) = window.split_first_chunk()
        && let Some(second) = second.first_chunk()
    {
        let found =
            Block::of(first).equal(byte).bits() | Block::of(second).equal(byte).bits() << Block::LENGTH;
        if found != 0 {
            return Some(position + found.trailing_zeros() as usize);
        }
        position += 2 * Block::LENGTH;
    }
    while *input.get(position)? != byte {
        position += 1;
    }
    Some(position)
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "intrinsics are safe to call only where the compiler knows the feature")]
mod sse2 {
    use core::arch::x86_64::*;

    pub(super) type Vector = __m128i;

    #[inline(always)]
    pub(super) fn load(bytes: &[u8; 16]) -> Vector {
        let value = i128::from_le_bytes(*bytes);
        // SAFETY: every x86-64 processor has SSE2. The same holds below.
        unsafe { _mm_set_epi64x((value >> 64) as i64, value as i64) }
    }

    #[inline(always)]
    pub(super) fn equal(bytes: Vector, byte: u8) -> Vector {
        unsafe { _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8)) }
    }

    #[inline(always)]
    pub(super) fn at_most(bytes: Vector, byte: u8) -> Vector {
        unsafe { _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(byte as i8)), bytes) }
    }

    #[inline(always)]
    pub(super) fn or(one: Vector, other: Vector) -> Vector {
        unsafe { _mm_or_si128(one, other) }
    }

    #[inline(always)]
    pub(super) fn bits(answers: Vector) -> u32 {
        unsafe { _mm_movemask_epi8(answers) as u32 }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use core::arch::wasm32::*;

    pub(super) type Vector = v128;

    #[inline(always)]
    pub(super) fn load(bytes: &[u8; 16]) -> Vector {
        let value = u128::from_le_bytes(*bytes);
        u64x2(value as u64, (value >> 64) as u64)
    }

    #[inline(always)]
    pub(super) fn equal(bytes: Vector, byte: u8) -> Vector {
        u8x16_eq(bytes, u8x16_splat(byte))
    }

    #[inline(always)]
    pub(super) fn at_most(bytes: Vector, byte: u8) -> Vector {
        u8x16_le(bytes, u8x16_splat(byte))
    }

    #[inline(always)]
    pub(super) fn or(one: Vector, other: Vector) -> Vector {
        v128_or(one, other)
    }

    #[inline(always)]
    pub(super) fn bits(answers: Vector) -> u32 {
        u32::from(u8x16_bitmask(answers))
    }
}

#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
mod words {
    /// Bytes as two words; answers are the highest bit of each byte.
    pub(super) type Vector = [u64; 2];

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;

    #[inline(always)]
    pub(super) fn load(bytes: &[u8; 16]) -> Vector {
        let value = u128::from_le_bytes(*bytes);
        [value as u64, (value >> 64) as u64]
    }

    #[inline(always)]
    pub(super) fn equal(bytes: Vector, byte: u8) -> Vector {
        bytes.map(|word| {
            let different = word ^ (ONES * byte as u64);
            // No carry leaves a byte: exact for every byte, unlike the shorter trick that finds the first only.
            !(((different & !HIGH) + !HIGH) | different) & HIGH
        })
    }

    #[inline(always)]
    pub(super) fn at_most(bytes: Vector, byte: u8) -> Vector {
        bytes.map(|word| !(((word & !HIGH) + ONES * (0x7f - byte) as u64) | word) & HIGH)
    }

    #[inline(always)]
    pub(super) fn or(one: Vector, other: Vector) -> Vector {
        [one[0] | other[0], one[1] | other[1]]
    }

    #[inline(always)]
    pub(super) fn bits(answers: Vector) -> u32 {
        // Moves the eight answers next to each other.
        let [low, high] = answers.map(|word| ((word >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32);
        low | high << 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(bytes: &[u8; 16], test: impl Fn(u8) -> bool) -> u32 {
        bytes.iter().zip(0..).map(|(&byte, bit)| u32::from(test(byte)) << bit).sum()
    }

    #[test]
    fn vectors_and_words_answer_alike_for_every_byte_at_every_place() {
        // Miri is slow: it checks the code, not every byte.
        let step = if cfg!(miri) { 51 } else { 1 };
        for place in (0..16).step_by(step.min(5)) {
            for filler in [0, 1, b'"', 0x7f, 0x80, 0xff] {
                for byte in (0..=255_u8).step_by(step) {
                    let mut bytes = [filler; 16];
                    bytes[place] = byte;
                    let block = Block::at(&bytes, 0).unwrap();
                    let loaded = words::load(&bytes);
                    for wanted in [0, b' ', b'"', b'<', b'>', 0x7f] {
                        let equal = expected(&bytes, |byte| byte == wanted);
                        let at_most = expected(&bytes, |byte| byte <= wanted);
                        assert_eq!(block.equal(wanted).bits(), equal);
                        assert_eq!(block.at_most(wanted).bits(), at_most);
                        assert_eq!(words::bits(words::equal(loaded, wanted)), equal);
                        assert_eq!(words::bits(words::at_most(loaded, wanted)), at_most);
                        assert_eq!(block.equal(wanted).or(block.at_most(wanted)).bits(), at_most);
                        let either = words::or(words::equal(loaded, wanted), words::at_most(loaded, wanted));
                        assert_eq!(words::bits(either), at_most);
                    }
                }
            }
        }
        assert!(Block::at(&[0; 16], 1).is_none());
    }

    #[test]
    fn a_byte_is_found_wherever_it_is() {
        let mut bytes = [b'a'; 100];
        for place in 0..100 {
            bytes[place] = b'<';
            for from in 0..100 {
                assert_eq!(find_far(b'<', &bytes, from), (from <= place).then_some(place));
            }
            bytes[place] = b'a';
        }
        assert_eq!(find_far(b'<', &bytes, 101), None);
    }
}
