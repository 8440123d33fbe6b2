//! What is different between two bundles: in what they say, and for the visitors of a log.

mod compare;
mod outline;
mod text;
mod words;

pub(crate) use compare::{Traffic, replay};
pub(crate) use outline::{Group, keep_what_bundles_know, outline};
pub(crate) use text::print;
pub(crate) use words::{Change, changes};

/// What a language is called; its tag, where it is none of the known ones.
fn language(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "it" => "Italian",
        "es" => "Spanish",
        "nl" => "Dutch",
        "pl" => "Polish",
        "da" => "Danish",
        "sv" => "Swedish",
        _ => tag,
    }
}
