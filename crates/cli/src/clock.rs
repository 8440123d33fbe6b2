//! The current time, or the one that was asked for.

use std::time::{SystemTime, UNIX_EPOCH};

use footlight_core::time::Timestamp;

use crate::failure::Failure;

/// Milliseconds since 1970 of `at`, or of now.
pub(crate) fn now_ms(at: Option<&str>) -> Result<i64, Failure> {
    match at {
        Some(text) => Timestamp::parse(text)
            .map(|timestamp| timestamp.to_instant().unix_ms)
            .ok_or_else(|| Failure::BadTime { text: text.to_owned() }),
        None => {
            let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Ok(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
        }
    }
}
