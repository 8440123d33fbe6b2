//! Script data, with its escaped and double escaped states.

use super::raw_text::begins_with_tag;
use super::{Next, Piece, Sink};
use crate::block::find_far;

/// Where in a script we are. The number is that of the dashes just read, up to two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScriptState {
    Plain,
    /// After `<!--`: `</script>` still ends the script.
    Escaped(u8),
    /// After `<!--` and `<script>`: `</script>` ends only that.
    DoubleEscaped(u8),
}

const NAME: &[u8] = b"script";

pub(super) fn next<S: Sink>(state: &mut ScriptState, input: &[u8], position: usize, sink: &mut S) -> Next {
    let (next, end) = scan(state, input, position);
    sink.piece(Piece::Text, input.get(position..end).unwrap_or_default(), false);
    next
}

fn scan(state: &mut ScriptState, input: &[u8], position: usize) -> (Next, usize) {
    let mut from = position;
    loop {
        let rest = input.get(from..).unwrap_or_default();
        // How far nothing can happen.
        let offset = match *state {
            ScriptState::Plain => find_far(b'<', rest, 0).unwrap_or(rest.len()),
            ScriptState::Escaped(0) | ScriptState::DoubleEscaped(0) => {
                rest.iter().position(|byte| matches!(byte, b'<' | b'-')).unwrap_or(rest.len())
            }
            ScriptState::Escaped(_) | ScriptState::DoubleEscaped(_) => 0,
        };
        from += offset;
        let rest = input.get(from..).unwrap_or_default();
        if rest.is_empty() {
            return (Next::Nothing, input.len());
        }
        match step(state, rest) {
            Step::Over(length) => from += length,
            Step::Ends => return (Next::End(from), from),
            Step::Undecided => return (Next::Undecided(from), from),
        }
    }
}

enum Step {
    Over(usize),
    Ends,
    Undecided,
}

/// Reads one byte, or as many as belong to it. `rest` is not empty.
fn step(state: &mut ScriptState, rest: &[u8]) -> Step {
    let byte = rest.first().copied().unwrap_or_default();
    if byte == b'<' {
        return opened(state, rest);
    }
    *state = match (*state, byte) {
        (ScriptState::Escaped(2) | ScriptState::DoubleEscaped(2), b'>') => ScriptState::Plain,
        (ScriptState::Escaped(dashes), b'-') => ScriptState::Escaped((dashes + 1).min(2)),
        (ScriptState::DoubleEscaped(dashes), b'-') => ScriptState::DoubleEscaped((dashes + 1).min(2)),
        (ScriptState::Escaped(_), _) => ScriptState::Escaped(0),
        (ScriptState::DoubleEscaped(_), _) => ScriptState::DoubleEscaped(0),
        (ScriptState::Plain, _) => ScriptState::Plain,
    };
    Step::Over(1)
}

/// `<` was found.
fn opened(state: &mut ScriptState, rest: &[u8]) -> Step {
    let closes = begins_with_tag(rest, b"</", NAME);
    match (*state, closes) {
        (_, None) => Step::Undecided,
        (ScriptState::Plain | ScriptState::Escaped(_), Some(true)) => Step::Ends,
        (ScriptState::DoubleEscaped(_), Some(true)) => {
            *state = ScriptState::Escaped(0);
            Step::Over(b"</script>".len())
        }
        (ScriptState::Plain, Some(false)) if rest.starts_with(b"<!--") => {
            *state = ScriptState::Escaped(2);
            Step::Over(4)
        }
        (ScriptState::Plain, Some(false)) if b"<!--".starts_with(rest) => Step::Undecided,
        (ScriptState::Plain, Some(false)) => Step::Over(1),
        (ScriptState::Escaped(_), Some(false)) => match begins_with_tag(rest, b"<", NAME) {
            None => Step::Undecided,
            Some(true) => {
                *state = ScriptState::DoubleEscaped(0);
                Step::Over(b"<script>".len())
            }
            Some(false) => {
                *state = ScriptState::Escaped(0);
                Step::Over(1)
            }
        },
        (ScriptState::DoubleEscaped(_), Some(false)) => {
            *state = ScriptState::DoubleEscaped(0);
            Step::Over(1)
        }
    }
}
