//! Working days.

use crate::time::{Date, Weekday};
use crate::wire;
use serde::{Deserialize, Serialize};

/// A set of days of the week: bit 0 is Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING_WEEK: Self = Self(0b001_1111);
    /// Monday to Saturday.
    pub const WITH_SATURDAY: Self = Self(0b011_1111);

    /// The set with `day` added.
    #[must_use]
    pub const fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.from_monday())
    }

    /// Whether `day` is in the set.
    #[must_use]
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << day.from_monday() != 0
    }
}

/// Days on which work is done: some days of the week, but no holidays.
#[derive(Clone, Copy)]
pub(super) struct Calendar<'a> {
    pub(super) weekdays: Weekdays,
    /// Ascending.
    pub(super) holidays: &'a [Date],
}

/// A promise further away than this is none.
const HORIZON_DAYS: i32 = 400;

impl Calendar<'_> {
    pub(super) fn is_working(&self, date: Date) -> bool {
        self.weekdays.contains(date.weekday()) && self.holidays.binary_search(&date).is_err()
    }

    /// The first working day from `date` on; `None` when there is none within the horizon.
    pub(super) fn from(&self, date: Date) -> Option<Date> {
        (0..HORIZON_DAYS).map(|days| date.plus_days(days)).find(|date| self.is_working(*date))
    }

    /// The working day that comes `count` working days after `date`; for none, `date` or the first one after it.
    pub(super) fn after(&self, date: Date, count: u8) -> Option<Date> {
        let Some(later) = usize::from(count).checked_sub(1) else { return self.from(date) };
        (1..HORIZON_DAYS).map(|days| date.plus_days(days)).filter(|date| self.is_working(*date)).nth(later)
    }
}

wire::structs! {
    Weekdays { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_passed_over() {
        // Christmas 2026 is a Friday; Saturday the 26th is none of the working week anyway.
        let holidays = [date("2026-12-25"), date("2026-12-26")];
        let calendar = Calendar { weekdays: Weekdays::WORKING_WEEK, holidays: &holidays };
        assert_eq!(calendar.from(date("2026-12-24")), Some(date("2026-12-24")));
        assert_eq!(calendar.from(date("2026-12-25")), Some(date("2026-12-28")));
        assert_eq!(calendar.after(date("2026-12-24"), 0), Some(date("2026-12-24")));
        assert_eq!(calendar.after(date("2026-12-24"), 1), Some(date("2026-12-28")));
        assert_eq!(calendar.after(date("2026-12-25"), 0), Some(date("2026-12-28")));
        assert_eq!(calendar.after(date("2026-12-23"), 3), Some(date("2026-12-29")));
    }

    #[test]
    fn nobody_working_is_no_promise() {
        let calendar = Calendar { weekdays: Weekdays::default(), holidays: &[] };
        assert_eq!(calendar.from(date("2026-12-24")), None);
        assert_eq!(calendar.after(date("2026-12-24"), 255), None);
        let at_the_end = Calendar { weekdays: Weekdays::default().with(Weekday::Monday), holidays: &[] };
        assert_eq!(at_the_end.from(Date::MAX), None);
    }
}
