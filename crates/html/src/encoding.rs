//! Which encoding a page is in, as far as it decides what may be inserted.

use crate::bytes::is_whitespace;

/// How content may be inserted into a page.
///
/// Everything that HTML's syntax is made of is ASCII, and in most encodings ASCII bytes mean ASCII. There, inserted
/// text that is not ASCII is written as character references, so that no encoder is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Inserted content goes in as it is.
    Utf8,
    /// ASCII as it is, the rest as character references: windows-1252, ISO 8859, Shift_JIS, GBK, ….
    AsciiCompatible,
    /// Pages that must not be touched: UTF-16, ISO-2022-JP and the encodings that browsers refuse.
    Opaque,
    /// Nothing is known: a byte order mark, or a `<meta>` in the first 1,024 bytes, decides. As long as neither was
    /// seen, as [`Encoding::AsciiCompatible`].
    Unknown,
}

impl Encoding {
    /// The encoding that a `Content-Type` header names.
    ///
    /// ```
    /// use footlight_html::Encoding;
    ///
    /// assert_eq!(Encoding::of_content_type("text/html; charset=\"UTF-8\""), Encoding::Utf8);
    /// assert_eq!(Encoding::of_content_type("text/html"), Encoding::Unknown);
    /// ```
    #[must_use]
    pub fn of_content_type(content_type: &str) -> Self {
        Self::label_in(content_type.as_bytes()).map_or(Self::Unknown, Self::of_label)
    }

    /// The encoding with a [label](https://encoding.spec.whatwg.org/#names-and-labels).
    #[must_use]
    #[inline(never)]
    pub fn of_label(label: &[u8]) -> Self {
        const UTF_8: &str = "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8";
        const OPAQUE: &str = "csiso2022jp iso-2022-jp \
            csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement";
        let label = label.trim_ascii();
        if label.is_empty() {
            Self::Unknown
        } else if is_in(UTF_8, label) {
            Self::Utf8
        } else if is_in(UTF_16, label) || is_in(OPAQUE, label) {
            Self::Opaque
        } else {
            Self::AsciiCompatible
        }
    }

    /// What a byte order mark says, if the page begins with one.
    pub(crate) fn of_byte_order_mark(start: &[u8]) -> Option<Self> {
        if start.starts_with(b"\xef\xbb\xbf") {
            Some(Self::Utf8)
        } else if start.starts_with(b"\xfe\xff") || start.starts_with(b"\xff\xfe") {
            Some(Self::Opaque)
        } else {
            None
        }
    }

    /// What a label inside the page says. A page that can say so in ASCII is not UTF-16: HTML reads that as UTF-8.
    pub(crate) fn of_meta(label: &[u8]) -> Self {
        if is_in(UTF_16, label.trim_ascii()) { Self::Utf8 } else { Self::of_label(label) }
    }

    /// The label in `text/html; charset=utf-8`.
    #[inline(never)]
    pub(crate) fn label_in(content: &[u8]) -> Option<&[u8]> {
        let at = content.windows(7).position(|word| word.eq_ignore_ascii_case(b"charset"))?;
        let label = content.get(at + 7..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let (&first, quoted) = label.split_first()?;
        let is_quoted = matches!(first, b'"' | b'\'');
        let label = if is_quoted { quoted } else { label };
        let ends = |&byte: &u8| if is_quoted { byte == first } else { byte == b';' || is_whitespace(byte) };
        match label.iter().position(ends) {
            Some(end) => label.get(..end),
            None if is_quoted => None,
            None => Some(label),
        }
    }
}

const UTF_16: &str =
    "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff unicodefffe utf-16 utf-16be utf-16le";

/// Whether a list of labels has this one.
fn is_in(labels: &str, label: &[u8]) -> bool {
    labels.as_bytes().split(|&byte| byte == b' ').any(|known| known.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_the_encoding_standard() {
        let cases = [
            ("utf-8", Encoding::Utf8),
            (" UTF8 ", Encoding::Utf8),
            ("windows-1252", Encoding::AsciiCompatible),
            ("latin1", Encoding::AsciiCompatible),
            ("shift_jis", Encoding::AsciiCompatible),
            ("utf-16le", Encoding::Opaque),
            ("ISO-2022-JP", Encoding::Opaque),
            ("hz-gb-2312", Encoding::Opaque),
            ("", Encoding::Unknown),
        ];
        for (label, expected) in cases {
            assert_eq!(Encoding::of_label(label.as_bytes()), expected, "{label}");
        }
    }

    #[test]
    fn content_types_as_servers_send_them() {
        let cases = [
            ("text/html;charset=utf-8", Encoding::Utf8),
            ("text/html; Charset = \"ISO-8859-1\"", Encoding::AsciiCompatible),
            ("text/html; boundary=x; charset=UTF-16", Encoding::Opaque),
            ("text/html; charset=", Encoding::Unknown),
            ("", Encoding::Unknown),
        ];
        for (content_type, expected) in cases {
            assert_eq!(Encoding::of_content_type(content_type), expected, "{content_type}");
        }
        assert_eq!(Encoding::label_in(b"text/html; CHARSET = 'x' "), Some(&b"x"[..]));
        assert_eq!(Encoding::label_in(b"text/html; charset=x;y"), Some(&b"x"[..]));
        assert_eq!(Encoding::label_in(b"text/html"), None);
    }
}
