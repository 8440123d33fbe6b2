//! The data state and what `<` begins there.

use super::comment::CommentState;
use super::tag::find;
use super::{Mode, Next, Piece, Sink, Tokenizer};
use crate::block::window;

const CDATA: &[u8] = b"[CDATA[";

/// Whether bytes begin with a word, as far as they go.
enum Begins {
    Yes,
    No,
    TooShort,
}

impl Tokenizer {
    /// The next tag in the data state; `None` when something else than tags begins, with `position` after its start.
    #[inline]
    pub(super) fn data<S: Sink>(&mut self, input: &[u8], position: &mut usize, sink: &mut S) -> Option<Next> {
        let mut from = *position;
        loop {
            let Some(start) = find(b'<', input, from) else {
                sink.piece(Piece::Text, input.get(*position..).unwrap_or_default(), false);
                return Some(Next::Nothing);
            };
            if let Some(tag) = window(input, start)
                && tag.get(1) == Some(&b'/')
                && let Some(length) = sink.expected_end_tag(tag)
            {
                from = start + length;
                *position = from;
                continue;
            }
            let text = input.get(*position..start).unwrap_or_default();
            let next = match input.get(start + 1) {
                Some(byte) if byte.is_ascii_alphabetic() => Next::Start(start),
                Some(b'/') => match input.get(start + 2) {
                    Some(byte) if byte.is_ascii_alphabetic() => Next::End(start),
                    None => Next::Undecided(start),
                    Some(_) => {
                        sink.piece(Piece::Text, text, false);
                        return self.open_declaration(input, position, start, sink);
                    }
                },
                None => Next::Undecided(start),
                Some(b'!' | b'?') => {
                    sink.piece(Piece::Text, text, false);
                    return self.open_declaration(input, position, start, sink);
                }
                Some(_) => {
                    from = start + 1;
                    continue;
                }
            };
            sink.piece(Piece::Text, text, false);
            return Some(next);
        }
    }

    #[cold]
    fn open_declaration<S: Sink>(
        &mut self,
        input: &[u8],
        position: &mut usize,
        start: usize,
        sink: &mut S,
    ) -> Option<Next> {
        let rest = input.get(start + 2..).unwrap_or_default();
        let (mode, piece, length) = match (input.get(start + 1), rest.first()) {
            (Some(b'/'), Some(b'>')) => (Mode::Data, Piece::Nothing, 3),
            (Some(b'!'), _) => match (begins(rest, b"--"), begins(rest, CDATA)) {
                (Begins::Yes, _) => (Mode::Comment(CommentState::START), Piece::Comment, 4),
                (_, Begins::Yes) if sink.allows_cdata() => (Mode::Cdata(0), Piece::Cdata, 2 + CDATA.len()),
                (Begins::TooShort, _) => return Some(Next::Undecided(start)),
                (_, Begins::TooShort) if sink.allows_cdata() => return Some(Next::Undecided(start)),
                _ => (Mode::Declaration, Piece::Declaration, 2),
            },
            _ => (Mode::Declaration, Piece::Declaration, 2),
        };
        self.mode = mode;
        *position = start + length;
        sink.piece(piece, input.get(start..*position).unwrap_or_default(), mode == Mode::Data);
        None
    }
}

fn begins(bytes: &[u8], word: &[u8]) -> Begins {
    let length = bytes.len().min(word.len());
    if bytes.get(..length) != word.get(..length) {
        Begins::No
    } else if length == word.len() {
        Begins::Yes
    } else {
        Begins::TooShort
    }
}
