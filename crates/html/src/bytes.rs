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
