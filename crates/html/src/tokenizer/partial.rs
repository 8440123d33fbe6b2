//! Where a tag ends that comes in pieces, without reading any byte twice.

use crate::block::find_far;
use crate::bytes::is_whitespace;

/// How far an unfinished tag has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartialTag {
    Name,
    BeforeAttribute,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
    Complete,
}

impl PartialTag {
    /// The state after `tag`, an unfinished tag from its `<`.
    pub(super) fn new(tag: &[u8]) -> Self {
        let mut state = Self::Name;
        let name = if tag.get(1) == Some(&b'/') { 2 } else { 1 };
        state.find_end(tag.get(name..).unwrap_or_default());
        state
    }

    pub(super) fn is_complete(self) -> bool {
        self == Self::Complete
    }

    /// The position after the tag's end in `bytes`, if it is there.
    pub(super) fn find_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut position = 0;
        while let Some(&byte) = bytes.get(position) {
            *self = match (*self, byte) {
                (Self::Quoted(quote), _) => {
                    position = find_far(quote, bytes, position)?;
                    Self::BeforeAttribute
                }
                (_, b'>') => {
                    *self = Self::Complete;
                    return Some(position + 1);
                }
                (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
                (Self::BeforeValue, _) if is_whitespace(byte) => Self::BeforeValue,
                (Self::BeforeValue, _) => Self::Unquoted,
                (Self::Unquoted, _) if !is_whitespace(byte) => Self::Unquoted,
                (Self::Name, _) if !is_whitespace(byte) && byte != b'/' => Self::Name,
                (Self::AttributeName | Self::AfterAttributeName, b'=') => Self::BeforeValue,
                (Self::AttributeName | Self::AfterAttributeName, _) if is_whitespace(byte) => {
                    Self::AfterAttributeName
                }
                (Self::AttributeName | Self::AfterAttributeName | Self::BeforeAttribute, b'/') => {
                    Self::BeforeAttribute
                }
                (Self::BeforeAttribute, _) if is_whitespace(byte) => Self::BeforeAttribute,
                (Self::AttributeName | Self::AfterAttributeName | Self::BeforeAttribute, _) => {
                    Self::AttributeName
                }
                _ => Self::BeforeAttribute,
            };
            position += 1;
        }
        None
    }
}
