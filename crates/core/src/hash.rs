//! FNV-1a, 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): names things in profiles and puts visitors into
//! buckets, the same across bundles and releases.

/// The hash of what was given so far.
#[derive(Clone, Copy, Debug)]
pub struct Fnv1a(u32);

impl Fnv1a {
    /// The hash of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    /// Adds bytes.
    #[must_use]
    pub fn update(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |hash, &byte| Self((hash.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
    }

    /// The hash.
    #[must_use]
    pub const fn finish(self) -> u32 {
        self.0
    }
}

impl Default for Fnv1a {
    fn default() -> Self {
        Self::new()
    }
}

/// The hash of a text.
#[must_use]
pub fn fnv1a(text: &str) -> u32 {
    Fnv1a::new().update(text.as_bytes()).finish()
}

/// The hash of a word in lower case, for tables that hold hashes instead of text.
pub(crate) const fn fnv1a_folded(word: &[u8]) -> u32 {
    let (mut hash, mut rest) = (0x811c_9dc5_u32, word);
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ byte.to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        rest = tail;
    }
    hash
}

/// A table of words: the upper 24 bits of each word's hash, then a byte of what is known of it; ascending. That is a third
/// of the words' size, and one word in some hundred thousand others is taken for one of them.
pub(crate) type Words<const N: usize> = [u32; N];

/// `words`, of which there are `count`, with one more. Two words with one hash do not compile.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
pub(crate) const fn with_word<const N: usize>(
    mut words: Words<N>,
    count: usize,
    hash: u32,
    value: u8,
) -> Words<N> {
    let mut at = count;
    while at > 0 && words[at - 1] >> 8 > hash >> 8 {
        words[at] = words[at - 1];
        at -= 1;
    }
    assert!(at == 0 || words[at - 1] >> 8 != hash >> 8, "two words have one hash");
    words[at] = hash & !0xff | value as u32;
    words
}

/// What is known of the word with this hash.
#[inline(never)]
pub(crate) fn find_word(words: &[u32], hash: u32) -> Option<usize> {
    let at = words.partition_point(|word| word >> 8 < hash >> 8);
    let word = *words.get(at)?;
    (word >> 8 == hash >> 8).then_some((word & 0xff) as usize)
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    #[test]
    fn the_published_vectors_hold() {
        assert_eq!(fnv1a(""), 0x811c_9dc5);
        assert_eq!(fnv1a("a"), 0xe40c_292c);
        assert_eq!(fnv1a("foobar"), 0xbf9c_f968);
    }
}
