//! Time zones as lists of changes.

use super::Instant;
use super::civil::{Civil, Date, SECONDS_PER_DAY};
use crate::wire;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// When a zone's clocks changed, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The first second of the new offset.
    pub unix_seconds: i64,
    /// Seconds east of UTC from then on.
    pub offset_seconds: i32,
}

/// A zone of the IANA time zone database, for the years a bundle is made for.
///
/// Before the first transition the offset is `first_offset_seconds`; after the last one its offset stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeZone {
    /// The IANA name, such as `Europe/Berlin`.
    pub name: String,
    /// Seconds east of UTC before the first transition.
    pub first_offset_seconds: i32,
    /// In ascending order of time.
    pub transitions: Vec<Transition>,
}

impl TimeZone {
    /// UTC.
    #[must_use]
    pub fn utc() -> Self {
        Self { name: "UTC".into(), first_offset_seconds: 0, transitions: Vec::new() }
    }

    /// Seconds east of UTC at `instant`.
    #[must_use]
    pub fn offset_seconds_at(&self, instant: Instant) -> i32 {
        self.offset_at(instant.unix_seconds())
    }

    /// What the zone's clocks show at `instant`.
    #[must_use]
    pub fn local(&self, instant: Instant) -> Civil {
        let seconds = instant.unix_seconds();
        Civil::from_seconds(seconds.saturating_add(i64::from(self.offset_at(seconds))))
    }

    /// The instant at which the zone's clocks show `civil`.
    ///
    /// A time that comes twice, when clocks go back, is the earlier one. A time that is left out, when clocks go forward,
    /// is as long after the change as it would have been without (02:30 becomes 03:30). So RFC 5545 and `Temporal`.
    #[must_use]
    pub fn instant(&self, civil: Civil) -> Instant {
        let local = civil.to_seconds();
        let before = i64::from(self.offset_at(local.saturating_sub(SECONDS_PER_DAY)));
        let after = i64::from(self.offset_at(local.saturating_add(SECONDS_PER_DAY)));
        // The greater offset gives the earlier instant.
        let candidates = [before.max(after), before.min(after)];
        let shown =
            candidates.into_iter().find(|offset| i64::from(self.offset_at(local - offset)) == *offset);
        Instant::from_unix_seconds(local - shown.unwrap_or(before))
    }

    /// The instant at which the clocks show `minute_of_day` on `date`.
    #[must_use]
    pub fn instant_of_minute(&self, date: Date, minute_of_day: u16) -> Instant {
        self.instant(Civil { date, second_of_day: u32::from(minute_of_day) * 60 })
    }

    fn offset_at(&self, unix_seconds: i64) -> i32 {
        let later = self.transitions.partition_point(|transition| transition.unix_seconds <= unix_seconds);
        let latest = later.checked_sub(1).and_then(|index| self.transitions.get(index));
        latest.map_or(self.first_offset_seconds, |transition| transition.offset_seconds)
    }
}

wire::structs! {
    Transition { unix_seconds, offset_seconds }
    TimeZone { name, first_offset_seconds, transitions }
}

#[cfg(test)]
mod tests {
    use super::super::Timestamp;
    use super::*;

    /// 2026: forward on 29 March, back on 25 October, both at 01:00 UTC.
    fn berlin() -> TimeZone {
        let at = |text| Timestamp::parse(text).unwrap().unix_seconds;
        let transitions = alloc::vec![
            Transition { unix_seconds: at("2026-03-29T01:00:00Z"), offset_seconds: 7200 },
            Transition { unix_seconds: at("2026-10-25T01:00:00Z"), offset_seconds: 3600 },
        ];
        TimeZone { name: "Europe/Berlin".into(), first_offset_seconds: 3600, transitions }
    }

    fn instant(text: &str) -> Instant {
        Timestamp::parse(text).unwrap().to_instant()
    }

    #[test]
    fn offsets_change_at_their_second() {
        let zone = berlin();
        for (text, offset) in [
            ("1970-01-01T00:00:00Z", 3600),
            ("2026-03-29T00:59:59.999Z", 3600),
            ("2026-03-29T01:00:00Z", 7200),
            ("2026-10-25T00:59:59Z", 7200),
            ("2026-10-25T01:00:00Z", 3600),
            ("2099-07-01T00:00:00Z", 3600),
        ] {
            assert_eq!(zone.offset_seconds_at(instant(text)), offset, "{text}");
        }
    }

    #[test]
    fn clocks_are_read_as_instants() {
        let zone = berlin();
        for (local, utc) in [
            ("2026-01-15T14:00:00Z", "2026-01-15T13:00:00Z"),
            ("2026-07-15T14:00:00Z", "2026-07-15T12:00:00Z"),
            ("2026-03-29T01:59:59Z", "2026-03-29T00:59:59Z"),
            // Left out: as long after the change.
            ("2026-03-29T02:00:00Z", "2026-03-29T01:00:00Z"),
            ("2026-03-29T02:30:00Z", "2026-03-29T01:30:00Z"),
            ("2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z"),
            // Twice: the earlier one.
            ("2026-10-25T02:00:00Z", "2026-10-25T00:00:00Z"),
            ("2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z"),
            ("2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z"),
        ] {
            let civil = Civil::from_seconds(instant(local).unix_seconds());
            assert_eq!(zone.instant(civil), instant(utc), "{local}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let zone = berlin();
        assert_eq!(zone.local(Instant { unix_ms: i64::MAX }).date, Date::MAX);
        assert_eq!(zone.local(Instant { unix_ms: i64::MIN }).date, Date::MIN);
    }
}
