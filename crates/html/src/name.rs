//! Names of elements and attributes as numbers.

/// A name, ASCII-case-insensitively: up to eight bytes are packed as they are, longer ones are hashed.
///
/// Two different names longer than eight bytes can collide; the page that manages it gets its own edits wrong, so
/// nothing is gained by it. What a selector matches is compared in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name(pub(crate) u64);

const HASHED: u64 = 1 << 63;

impl Name {
    pub(crate) const fn new(name: &[u8]) -> Self {
        if name.len() > 8 {
            return Self(hash(HASH_START, name) | HASHED);
        }
        let mut rest = name;
        let mut value = 0;
        while let Some((&byte, head)) = rest.split_last() {
            // NUL is not what pads a short name.
            let byte = if byte == 0 { 0xff } else { byte.to_ascii_lowercase() };
            value = value << 8 | byte as u64;
            rest = head;
        }
        Self(value)
    }
}

impl Name {
    /// The name that `bytes` begin with, of which `length`, at most eight, belong to it and none is NUL.
    #[inline(always)]
    pub(crate) const fn short(bytes: u64, length: u32) -> Self {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        const ONES: u64 = 0x0101_0101_0101_0101;
        let mask = u64::MAX >> (64 - 8 * length);
        let name = bytes & mask;
        // Every upper-case letter lacks this bit; lower-case letters, digits and hyphens have it.
        let lower = (ONES * 0x20) & mask;
        if name & lower == lower {
            return Self(name);
        }
        let low = name & !HIGH;
        // The highest bit of each byte: at least `A`, not beyond `Z`, ASCII.
        let upper = (low + ONES * (0x80 - b'A' as u64)) & !(low + ONES * (0x7f - b'Z' as u64)) & !name & HIGH;
        Self(name | upper >> 2)
    }

    /// The length of `</name>` if `bytes` begin with it, all in lower case, and the name has no more than eight bytes.
    #[inline(always)]
    pub(crate) fn length_at_end_of(self, bytes: &[u8; 16]) -> Option<usize> {
        let [_, _, name @ .., _, _, _, _, _, _] = bytes;
        let unused = self.0.leading_zeros() & !7;
        let length = (64 - unused) as usize / 8;
        let is_it = u64::from_le_bytes(*name) & u64::MAX >> (unused & 63) == self.0;
        (is_it && bytes.get((length + 2) & 15) == Some(&b'>')).then_some(length + 3)
    }
}

/// A factor by which the special elements' names differ in the six highest bits of the product.
const FACTOR: u64 = 0x4155_d7ef_28dd_37eb;

impl Name {
    /// A hash of six bits.
    #[inline(always)]
    pub(crate) const fn place(self) -> usize {
        (self.0.wrapping_mul(FACTOR) >> 58) as usize
    }
}

const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// What lower-case letters have and upper-case ones lack, in eight bytes.
const CASE: u64 = 0x2020_2020_2020_2020;

/// A hash that is the same for every ASCII case. It takes eight bytes at once: punctuation that differs like lower case
/// from upper, `[` and `{`, hashes alike.
const fn hash(start: u64, bytes: &[u8]) -> u64 {
    let (mut hash, mut rest) = (start ^ bytes.len() as u64, bytes);
    loop {
        let word = match rest.split_first_chunk() {
            Some((word, tail)) => {
                rest = tail;
                u64::from_le_bytes(*word) | CASE
            }
            None if rest.is_empty() => return hash,
            None => {
                let word = head(rest);
                rest = &[];
                word
            }
        };
        hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
}

/// Up to eight bytes that a text begins with, case folded.
pub(crate) const fn head(text: &[u8]) -> u64 {
    let (mut rest, mut head) = (text, 0);
    let mut place = 0;
    while let Some((&byte, tail)) = rest.split_first()
        && place < 64
    {
        head |= ((byte | 0x20) as u64) << place;
        place += 8;
        rest = tail;
    }
    head
}

/// A hash of an attribute's name and value, the same for every ASCII case of both.
#[inline(never)]
pub(crate) fn hash_of_value(name: Name, value: &[u8]) -> u64 {
    hash(name.0 ^ HASH_START, value)
}

macro_rules! names {
    ($($constant:ident = $text:literal),* $(,)?) => {
        $(pub(crate) const $constant: Name = Name::new($text);)*
    };
}

names! {
    ANNOTATION_XML = b"annotation-xml", AREA = b"area", B = b"b", BASE = b"base", BASEFONT = b"basefont",
    BGSOUND = b"bgsound", BIG = b"big", BLOCKQUOTE = b"blockquote", BODY = b"body", BR = b"br", CENTER = b"center",
    CHARSET = b"charset", CONTENT = b"content", HTTP_EQUIV = b"http-equiv",
    CODE = b"code", COL = b"col", COLOR = b"color", DD = b"dd", DESC = b"desc", DIV = b"div",
    DL = b"dl", DT = b"dt", EM = b"em", EMBED = b"embed", ENCODING = b"encoding", FACE = b"face", FONT = b"font",
    FOREIGN_OBJECT = b"foreignobject", H1 = b"h1", H2 = b"h2", H3 = b"h3", H4 = b"h4", H5 = b"h5", H6 = b"h6",
    HEAD = b"head", HR = b"hr", I = b"i", IFRAME = b"iframe", IMG = b"img", INPUT = b"input", KEYGEN = b"keygen",
    LI = b"li", LINK = b"link", LISTING = b"listing", MATH = b"math", MENU = b"menu", META = b"meta", MI = b"mi",
    MN = b"mn", MO = b"mo", MS = b"ms", MTEXT = b"mtext", NOBR = b"nobr", NOEMBED = b"noembed",
    NOFRAMES = b"noframes", NOSCRIPT = b"noscript", OL = b"ol", P = b"p", PARAM = b"param",
    PLAINTEXT = b"plaintext", PRE = b"pre", RUBY = b"ruby", S = b"s", SCRIPT = b"script", SIZE = b"size",
    SMALL = b"small", SOURCE = b"source", SPAN = b"span", STRIKE = b"strike", STRONG = b"strong", STYLE = b"style",
    SUB = b"sub", SUP = b"sup", SVG = b"svg", TABLE = b"table", TEXTAREA = b"textarea", TITLE = b"title",
    TRACK = b"track", TT = b"tt", U = b"u", UL = b"ul", VAR = b"var", WBR = b"wbr", XMP = b"xmp",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_tag_is_recognised_by_its_name() {
        let length = |name: &[u8], tag: &[u8; 16]| Name::new(name).length_at_end_of(tag);
        assert_eq!(length(b"a", b"</a>............"), Some(4));
        assert_eq!(length(b"textarea", b"</textarea>....."), Some(11));
        assert_eq!(length(b"blockquote", b"</blockquote>..."), None);
        assert_eq!(length(b"a", b"</ab>..........."), None);
        assert_eq!(length(b"ab", b"</a>............"), None);
        assert_eq!(length(b"a", b"</a >..........."), None);
    }

    #[test]
    fn names_are_equal_when_their_lower_case_is() {
        assert_eq!(Name::new(b"DiV"), DIV);
        assert_eq!(Name::new(b"ForeignObject"), FOREIGN_OBJECT);
        assert_ne!(Name::new(b"a["), Name::new(b"a{"));
        assert_ne!(Name::new(b"blockquot"), BLOCKQUOTE);
        for byte in 1..=255 {
            let bytes = [b'a', byte, b'Z', b'z', b'@', b'[', byte, b'A', 0, 0, 0, 0, 0, 0, 0, 0];
            for length in 1..=8 {
                let word = u64::from_le_bytes(*bytes.first_chunk().unwrap());
                assert_eq!(Name::short(word, length as u32), Name::new(&bytes[..length]), "{byte}");
            }
        }
        assert_ne!(Name::new(b"a"), Name::new(b"a\0"));
    }
}
