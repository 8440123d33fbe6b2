//! What a command came to.

use std::process::ExitCode;
use std::sync::OnceLock;

/// How a command that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// Something is wrong with the rules.
    Wrong,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Wrong => Self::FAILURE,
        }
    }
}

static PLAIN: OnceLock<()> = OnceLock::new();

/// From now on text is for screen readers: see [`is_plain`].
pub(crate) fn speak_plainly() {
    PLAIN.get_or_init(|| ());
    anstream::ColorChoice::Never.write_global();
}

/// Whether text is for screen readers: no drawing, no colours, no progress bars, one sentence a line.
pub(crate) fn is_plain() -> bool {
    PLAIN.get().is_some()
}

/// Ends without a complaint when who reads the output has left, as in `footlight inspect … | head`. Rust's standard
/// output panics then.
pub(crate) fn leave_quietly_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if message.starts_with("failed printing to") && message.contains("Broken pipe") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Writes a value as JSON.
pub(crate) fn json(value: &impl serde::Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => anstream::println!("{text}"),
        Err(error) => anstream::eprintln!("error: {error}"),
    }
}
