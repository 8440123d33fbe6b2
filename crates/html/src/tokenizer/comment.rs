//! Where comments and CDATA sections end.

use crate::block::find_far;

/// The comment states of the HTML standard, as far as they decide where the comment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CommentState {
    /// After `<!--`.
    Start,
    /// After `<!---`.
    StartDash,
    Body,
    /// After `-`.
    Dash,
    /// After `--`.
    End,
    /// After `--!`.
    Bang,
}

impl CommentState {
    pub(super) const START: Self = Self::Start;

    /// The length of the comment's remainder, if it ends in `bytes`.
    pub(super) fn find_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut position = 0;
        while let Some(&byte) = bytes.get(position) {
            *self = match (*self, byte) {
                (Self::Start | Self::StartDash | Self::End | Self::Bang, b'>') => return Some(position + 1),
                (Self::Start, b'-') => Self::StartDash,
                (Self::StartDash | Self::Dash | Self::End, b'-') => Self::End,
                (Self::Bang | Self::Body, b'-') => Self::Dash,
                (Self::End, b'!') => Self::Bang,
                _ => {
                    position = find_far(b'-', bytes, position).unwrap_or(bytes.len());
                    *self = Self::Body;
                    continue;
                }
            };
            position += 1;
        }
        None
    }
}

/// The length of a CDATA section's remainder, if it ends in `bytes`; `brackets` is the number of `]` before.
pub(super) fn find_cdata_end(brackets: &mut u8, bytes: &[u8]) -> Option<usize> {
    for (&byte, length) in bytes.iter().zip(1..) {
        *brackets = match (byte, *brackets) {
            (b'>', 2) => return Some(length),
            (b']', count) => (count + 1).min(2),
            _ => 0,
        };
    }
    None
}
