//! Which encoding a page is in, as far as it decides what may be inserted.

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
        let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        parameters
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, label)| Self::of_label(label.trim().trim_matches(['"', '\''])))
            .next()
            .unwrap_or(Self::Unknown)
    }

    /// The encoding with a [label](https://encoding.spec.whatwg.org/#names-and-labels).
    #[must_use]
    #[inline(never)]
    pub fn of_label(label: &str) -> Self {
        const UTF_8: &str = "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8";
        const OPAQUE: &str = "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff unicodefffe utf-16 utf-16be utf-16le \
            csiso2022jp iso-2022-jp \
            csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement";
        let label = label.trim_matches(|character: char| character.is_ascii_whitespace());
        let is_in =
            |labels: &str| labels.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(label));
        if label.is_empty() {
            Self::Unknown
        } else if is_in(UTF_8) {
            Self::Utf8
        } else if is_in(OPAQUE) {
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
    pub(crate) fn of_meta(label: &str) -> Self {
        const UTF_16: &str =
            "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff unicodefffe utf-16 utf-16be utf-16le";
        if UTF_16.split(' ').any(|known| known.eq_ignore_ascii_case(label.trim())) {
            return Self::Utf8;
        }
        Self::of_label(label)
    }

    /// The label in a `content` attribute, `text/html; charset=utf-8`.
    pub(crate) fn label_in(content: &str) -> Option<&str> {
        let at = content.as_bytes().windows(7).position(|word| word.eq_ignore_ascii_case(b"charset"))?;
        let label = content.get(at + 7..)?.trim_start().strip_prefix('=')?.trim_start();
        match label.chars().next()? {
            quote @ ('"' | '\'') => label.get(1..)?.split_once(quote).map(|(label, _)| label),
            _ => label.split([';', ' ', '\t', '\n', '\r', '\x0c']).next(),
        }
    }
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
            assert_eq!(Encoding::of_label(label), expected, "{label}");
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
        assert_eq!(Encoding::label_in("text/html; CHARSET = 'x' "), Some("x"));
        assert_eq!(Encoding::label_in("text/html; charset=x;y"), Some("x"));
        assert_eq!(Encoding::label_in("text/html"), None);
    }
}
