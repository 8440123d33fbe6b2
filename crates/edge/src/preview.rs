//! Previews: the decision for another visitor, never counted and never stored.

use alloc::string::String;

use footlight_core::decide::{Preview, PreviewError};

/// What is wrong with a preview's description, for the person who wrote it.
pub(crate) fn message(error: &PreviewError) -> String {
    let mut message = String::new();
    match error {
        PreviewError::UnknownKey(key) => {
            message.push_str("nothing to preview is called `");
            message.push_str(key);
        }
        PreviewError::BadValue { key, value } => {
            message.push('`');
            message.push_str(key);
            message.push_str("` cannot be `");
            message.push_str(value);
        }
    }
    message.push('`');
    message
}

/// The preview of a visitor who is like the one who asks.
pub(crate) fn as_oneself() -> Preview {
    Preview::default()
}
