//! Dates and times of day as people write them.
//!
//! The compiler chooses the pattern and the names (Unicode TR35 part 4, "Date Field Symbol Table"); here they are filled in.

use super::civil::Date;
use crate::wire;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// A part of a written date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatePiece {
    /// As it stands.
    Text(String),
    /// The name of the weekday.
    Weekday,
    /// The day of the month with at least so many digits.
    Day(u8),
    /// The name of the month.
    Month,
    /// The number of the month with at least so many digits.
    MonthNumber(u8),
}

/// How a locale writes a day of the near future: without the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateFormat {
    /// What is written, in order.
    pub pieces: Vec<DatePiece>,
    /// Names from Monday.
    pub weekdays: Vec<String>,
    /// Names from January.
    pub months: Vec<String>,
    /// The digit zero; the other nine follow it in Unicode.
    pub zero: char,
}

/// A part of a written time of day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimePiece {
    /// As it stands.
    Text(String),
    /// The hour.
    Hour {
        /// 24 or 12.
        cycle: u8,
        /// The first hour is written 0, and not as the cycle's last: 0:05, not 12:05.
        from_zero: bool,
        /// At least so many digits.
        digits: u8,
    },
    /// The minute, two digits.
    Minute,
    /// Before or after noon, such as `a.m.`
    DayPeriod,
}

/// How a locale writes a time of day, to the minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeFormat {
    /// What is written, in order.
    pub pieces: Vec<TimePiece>,
    /// What the hours before noon are called.
    pub am: String,
    /// What the hours from noon are called.
    pub pm: String,
    /// The digit zero.
    pub zero: char,
}

impl DateFormat {
    /// Appends the date to `out`.
    pub fn write(&self, date: Date, out: &mut String) {
        let (_, month, day) = date.year_month_day();
        for piece in &self.pieces {
            match piece {
                DatePiece::Text(text) => out.push_str(text),
                DatePiece::Weekday => push_name(&self.weekdays, date.weekday().from_monday(), out),
                DatePiece::Day(digits) => push_number(day, *digits, self.zero, out),
                DatePiece::Month => push_name(&self.months, month.saturating_sub(1), out),
                DatePiece::MonthNumber(digits) => push_number(month, *digits, self.zero, out),
            }
        }
    }
}

impl TimeFormat {
    /// Appends the time, given in minutes since midnight, to `out`.
    pub fn write(&self, minute_of_day: u16, out: &mut String) {
        // Both are below 60.
        let (hour, minute) = ((minute_of_day / 60 % 24) as u8, (minute_of_day % 60) as u8);
        for piece in &self.pieces {
            match piece {
                TimePiece::Text(text) => out.push_str(text),
                TimePiece::Hour { cycle, from_zero, digits } => {
                    let shown = hour.checked_rem(*cycle).unwrap_or(hour);
                    let shown = if shown == 0 && !from_zero { *cycle } else { shown };
                    push_number(shown, *digits, self.zero, out);
                }
                TimePiece::Minute => push_number(minute, 2, self.zero, out),
                TimePiece::DayPeriod => out.push_str(if hour < 12 { &self.am } else { &self.pm }),
            }
        }
    }
}

fn push_name(names: &[String], index: u8, out: &mut String) {
    out.push_str(names.get(usize::from(index)).map_or("", String::as_str));
}

/// Writes a number below 100.
fn push_number(number: u8, digits: u8, zero: char, out: &mut String) {
    let digit = |value: u8| char::from_u32(u32::from(zero) + u32::from(value)).unwrap_or('0');
    if number >= 10 || digits >= 2 {
        out.push(digit(number / 10 % 10));
    }
    out.push(digit(number % 10));
}

wire::structs! {
    DateFormat { pieces, weekdays, months, zero }
}

wire::enums! {
    DatePiece: 5 {
        0 => Text { 0 },
        1 => Weekday {},
        2 => Day { 0 },
        3 => Month {},
        4 => MonthNumber { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(Into::into).collect()
    }

    #[test]
    fn a_date_is_written_piece_by_piece() {
        let pattern = DateFormat {
            pieces: alloc::vec![
                DatePiece::Weekday,
                DatePiece::Text(", ".into()),
                DatePiece::Day(1),
                DatePiece::Text(". ".into()),
                DatePiece::Month,
                DatePiece::Text(" ".into()),
                DatePiece::MonthNumber(2),
            ],
            weekdays: names("Mo. Di. Mi. Do. Fr. Sa. So."),
            months: names("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
            zero: '0',
        };
        let mut out = String::new();
        pattern.write(Date::new(2026, 3, 1).unwrap(), &mut out);
        assert_eq!(out, "So., 1. März 03");
    }

    #[test]
    fn hours_follow_their_cycle() {
        for (cycle, from_zero, digits, midnight, noon, evening) in [
            (24, true, 2, "00:05", "12:05", "21:05"),
            (24, true, 1, "0:05", "12:05", "21:05"),
            (12, false, 1, "12:05 am", "12:05 pm", "9:05 pm"),
            (12, true, 1, "0:05 am", "0:05 pm", "9:05 pm"),
        ] {
            let mut pieces = alloc::vec![
                TimePiece::Hour { cycle, from_zero, digits },
                TimePiece::Text(":".into()),
                TimePiece::Minute,
            ];
            if cycle == 12 {
                pieces.extend([TimePiece::Text(" ".into()), TimePiece::DayPeriod]);
            }
            let pattern = TimeFormat { pieces, am: "am".into(), pm: "pm".into(), zero: '0' };
            for (minute_of_day, expected) in [(5, midnight), (725, noon), (1265, evening)] {
                let mut out = String::new();
                pattern.write(minute_of_day, &mut out);
                assert_eq!(out, expected);
            }
        }
    }
}
