//! Instants, civil dates, time zones and date formatting.
//!
//! Civil dates are those of the proleptic Gregorian calendar, years 1 to 9999. There is no clock here: the present
//! comes in as an [`Instant`].

mod civil;
mod format;
mod rfc3339;
mod span;
mod zone;

pub use civil::{Civil, Date, Weekday};
pub use format::{DateFormat, DatePiece, TimeFormat, TimePiece};
pub use rfc3339::{Timestamp, parse_rfc3339, write_rfc3339};
pub use span::Span;
pub use zone::{TimeZone, Transition};

use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant {
    /// Milliseconds.
    pub unix_ms: i64,
}

impl Instant {
    /// The instant `unix_ms` milliseconds after the epoch.
    #[must_use]
    pub const fn from_unix_ms(unix_ms: i64) -> Self {
        Self { unix_ms }
    }

    /// The instant `unix_seconds` after the epoch; the ends of the range are kept.
    #[must_use]
    pub const fn from_unix_seconds(unix_seconds: i64) -> Self {
        Self { unix_ms: unix_seconds.saturating_mul(1000) }
    }

    /// Whole seconds since the epoch, rounded towards the past.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.unix_ms.div_euclid(1000)
    }
}
