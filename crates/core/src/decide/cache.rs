//! How a response may be cached, as the compiler proved it.

use alloc::string::String;

use serde::Serialize;

use crate::bundle::CacheClass;
use crate::signal::Signals;
use crate::value::Value;

/// How the response to this request may be cached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CachePolicy {
    /// Every visitor gets the same.
    Static,
    /// Every visitor with the same key gets the same.
    Shared {
        /// The values of the signals that the stage's rules read.
        key: String,
    },
    /// Only this visitor gets this.
    Private,
}

impl CachePolicy {
    pub(super) fn of<'a>(class: &CacheClass, signals: &'a Signals<'a>) -> Self {
        match class {
            CacheClass::Static => Self::Static,
            CacheClass::Private => Self::Private,
            CacheClass::Shared { key, .. } => {
                let mut text = String::new();
                for &signal in key {
                    if !text.is_empty() {
                        text.push('|');
                    }
                    match signals.read(signal) {
                        Value::Text(value) => text.push_str(value),
                        Value::Bool(value) => text.push_str(if value { "true" } else { "false" }),
                        // INVARIANT: only signals with few values, which are texts and truth values, stand in a key.
                        _ => text.push('-'),
                    }
                }
                Self::Shared { key: text }
            }
        }
    }
}
