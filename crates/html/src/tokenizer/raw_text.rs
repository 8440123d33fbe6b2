//! RCDATA and RAWTEXT: text up to the element's own end tag.

use super::{Next, Piece, Sink};
use crate::block::find_far;
use crate::bytes::ends_name;

pub(super) fn next<S: Sink>(name: &[u8], input: &[u8], position: usize, sink: &mut S) -> Next {
    let mut from = position;
    loop {
        let Some(start) = find_far(b'<', input, from) else {
            sink.piece(Piece::Text, input.get(position..).unwrap_or_default(), false);
            return Next::Nothing;
        };
        from = start;
        let next = match begins_with_tag(input.get(from..).unwrap_or_default(), b"</", name) {
            Some(true) => Next::End(from),
            None => Next::Undecided(from),
            Some(false) => {
                from += 1;
                continue;
            }
        };
        sink.piece(Piece::Text, input.get(position..from).unwrap_or_default(), false);
        return next;
    }
}

/// Whether `bytes` begin with `opening`, then `name` in any case, then what ends a name. `None`: too short to tell.
pub(super) fn begins_with_tag(bytes: &[u8], opening: &[u8], name: &[u8]) -> Option<bool> {
    let mut wanted = opening.iter().chain(name);
    for &byte in bytes {
        match wanted.next() {
            Some(wanted) if byte.to_ascii_lowercase() == *wanted => {}
            Some(_) => return Some(false),
            None => return Some(ends_name(byte)),
        }
    }
    None
}
