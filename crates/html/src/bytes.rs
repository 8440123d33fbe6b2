//! Bytes as HTML classes them.

/// ASCII white space as HTML has it. U+000D counts because newlines are normalised before tokenizing.
#[inline]
pub(crate) const fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// What ends a tag's name.
#[inline]
pub(crate) const fn ends_name(byte: u8) -> bool {
    is_whitespace(byte) || matches!(byte, b'/' | b'>')
}

/// Takes the first word off `rest`: what white space does not separate.
pub(crate) fn next_word<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    while let [first, tail @ ..] = rest
        && is_whitespace(*first)
    {
        *rest = tail;
    }
    let length = rest.iter().position(|&byte| is_whitespace(byte)).unwrap_or(rest.len());
    let (word, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    (!word.is_empty()).then_some(word)
}
