//! Device class, operating system and browser family.
//!
//! - `family`: the families a rule can ask for.
//! - `detect`: from the headers to the families.
//! - `words`: the words of a header that tell something.
//! - `word_table`: which words those are.
//! - `example`: a User-Agent of each class, to preview with.

mod detect;
mod example;
mod family;
mod word_table;
mod words;

pub use detect::ClientHints;
pub use example::example_user_agent;
pub use family::{BROWSER_NAMES, Browser, Class, Device, OS_NAMES, Os};
