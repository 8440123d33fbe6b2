//! Civil dates, after Howard Hinnant's `days_from_civil` and `civil_from_days`
//! (<https://howardhinnant.github.io/date_algorithms.html>).

use super::rfc3339::push_digits;
use crate::wire;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A day in the proleptic Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Date {
    /// Days since 1970-01-01.
    days: i32,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A date and a time of day, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// The day.
    pub date: Date,
    /// Seconds since midnight on a clock, 0 to 86,399.
    pub second_of_day: u32,
}

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

impl Date {
    /// 0001-01-01.
    pub const MIN: Self = Self { days: -719_162 };
    /// 9999-12-31.
    pub const MAX: Self = Self { days: 2_932_896 };

    /// The day, or `None` when the calendar has none such.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        // Years begin in March here, so that the leap day is the last.
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self { days: era * 146_097 + day_of_era - 719_468 })
    }

    /// Reads `2026-11-24` (RFC 3339 `full-date`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = super::rfc3339::Scan::new(text);
        let date = scan.date()?;
        scan.is_at_end().then_some(date)
    }

    /// The day `days` after 1970-01-01; the first or last of the calendar beyond its ends.
    #[must_use]
    pub fn from_unix_days(days: i64) -> Self {
        let days = days.clamp(i64::from(Self::MIN.days), i64::from(Self::MAX.days));
        Self { days: i32::try_from(days).unwrap_or(0) }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn unix_days(self) -> i32 {
        self.days
    }

    /// Year, month (1 to 12) and day (1 to 31).
    #[must_use]
    pub fn year_month_day(self) -> (i32, u8, u8) {
        let days = self.days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month as u8, day as u8)
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.days + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// Appends `2026-11-24`.
    pub fn write_iso(self, out: &mut String) {
        let (year, month, day) = self.year_month_day();
        push_digits(year.unsigned_abs(), 4, out);
        for number in [month, day] {
            out.push('-');
            push_digits(u32::from(number), 2, out);
        }
    }

    /// The day `days` later; the last or first of the calendar beyond its ends.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_unix_days(i64::from(self.days) + i64::from(days))
    }
}

impl TryFrom<i32> for Date {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Self, Self::Error> {
        let date = Self { days };
        if date < Self::MIN || date > Self::MAX { Err("date outside years 1 to 9999") } else { Ok(date) }
    }
}

impl From<Date> for i32 {
    fn from(date: Date) -> Self {
        date.days
    }
}

fn days_in_month(year: i32, month: u8) -> Option<u8> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if is_leap { 29 } else { 28 }),
        _ => None,
    }
}

impl Weekday {
    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub const fn from_monday(self) -> u8 {
        self as u8
    }

    /// Three lower-case letters, as in rule files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monday => "mon",
            Self::Tuesday => "tue",
            Self::Wednesday => "wed",
            Self::Thursday => "thu",
            Self::Friday => "fri",
            Self::Saturday => "sat",
            Self::Sunday => "sun",
        }
    }
}

impl Civil {
    /// The clock `seconds` after 1970-01-01T00:00.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        let date = Date::from_unix_days(seconds.div_euclid(SECONDS_PER_DAY));
        let second_of_day = u32::try_from(seconds.rem_euclid(SECONDS_PER_DAY)).unwrap_or(0);
        Self { date, second_of_day }
    }

    /// Seconds from 1970-01-01T00:00 to this reading of the clock.
    #[must_use]
    pub fn to_seconds(self) -> i64 {
        i64::from(self.date.unix_days()) * SECONDS_PER_DAY + i64::from(self.second_of_day)
    }

    /// Hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        u8::try_from(self.second_of_day / 3600).unwrap_or(23)
    }

    /// Minutes since midnight, 0 to 1,439.
    #[must_use]
    pub fn minute_of_day(self) -> u16 {
        u16::try_from(self.second_of_day / 60).unwrap_or(1439)
    }
}

wire::checked! {
    Date: i32, Self::MIN;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch() {
        for (year, month, day, days) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (2026, 11, 24, 20_781),
            (1, 1, 1, -719_162),
            (9999, 12, 31, 2_932_896),
        ] {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(date.unix_days(), days);
            assert_eq!(date.year_month_day(), (year, month, day));
        }
    }

    #[test]
    fn every_day_of_the_calendar_follows_the_one_before() {
        let mut expected = (1, 1, 1);
        for days in Date::MIN.days..=Date::MAX.days {
            let date = Date { days };
            assert_eq!(date.year_month_day(), expected);
            let (year, month, day) = expected;
            assert_eq!(Date::new(year, month, day), Some(date));
            expected = if day < days_in_month(year, month).unwrap() {
                (year, month, day + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
        }
    }

    #[test]
    fn the_calendar_has_no_other_days() {
        for (year, month, day) in [
            (2026, 2, 29),
            (1900, 2, 29),
            (2026, 4, 31),
            (2026, 0, 1),
            (2026, 13, 1),
            (2026, 1, 0),
            (0, 1, 1),
            (10_000, 1, 1),
        ] {
            assert_eq!(Date::new(year, month, day), None);
        }
        assert_eq!(Date::MAX.plus_days(1), Date::MAX);
        assert_eq!(Date::MIN.plus_days(i32::MIN), Date::MIN);
        assert!(Date::try_from(i32::MAX).is_err());
    }

    #[test]
    fn weekdays_are_known() {
        assert_eq!(Date::new(2026, 11, 24).unwrap().weekday(), Weekday::Tuesday);
        assert_eq!(Date::new(1969, 12, 28).unwrap().weekday(), Weekday::Sunday);
        assert_eq!(Date::MIN.weekday(), Weekday::Monday);
        assert_eq!(Weekday::Sunday.from_monday(), 6);
    }

    #[test]
    fn dates_are_read_strictly() {
        assert_eq!(Date::parse("2026-11-24"), Date::new(2026, 11, 24));
        for text in [
            "2026-11-31",
            "2026-1-1",
            "26-11-24",
            "2026-11-24T",
            " 2026-11-24",
            "2026/11/24",
            "+026-11-24",
            "",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn clocks_go_round_before_the_epoch_too() {
        let civil = Civil::from_seconds(-1);
        assert_eq!((civil.date, civil.second_of_day), (Date::new(1969, 12, 31).unwrap(), 86_399));
        assert_eq!((civil.hour(), civil.minute_of_day()), (23, 1439));
        assert_eq!(civil.to_seconds(), -1);
    }
}
