//! Formats of dates and times of day.

use super::currency::UnknownFormat;
use super::locale::{DATES, NUMBERS, View};
use footlight_core::time::{DateFormat, DatePiece, TimeFormat, TimePiece};

/// How much of a date's names is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `Di., 24. Nov.`: weekday and month `short`, day `numeric`, in `Intl`'s terms.
    Short,
    /// `Dienstag, 24. November`: weekday and month `long`, day `numeric`.
    Long,
}

/// Dates of the near future in `locale`, as `Intl.DateTimeFormat` writes them in the Gregorian calendar. (It has the
/// Persian one by default for `fa` and `uz-Arab`, and the Buddhist one, which differs in the year alone, for `th`.)
///
/// # Errors
/// [`UnknownFormat::Locale`] for a locale without data.
pub fn date_format(locale: &str, style: DateStyle) -> Result<DateFormat, UnknownFormat> {
    let view = View::new(&DATES, locale).ok_or(UnknownFormat::Locale)?;
    let (mut weekdays, mut months) = (Vec::new(), Vec::new());
    let pattern = view.text(match style {
        DateStyle::Short => "S",
        DateStyle::Long => "L",
    });
    let pieces = fields(pattern).map(|field| {
        let length = u8::try_from(field.text.len()).unwrap_or(u8::MAX);
        let names =
            |digit| view.text(&format!("{}{digit}", field.letter)).split('|').map(str::to_owned).collect();
        match (field.letter, length) {
            ('E' | 'c', _) => {
                weekdays = names(if length < 4 { 3 } else { 4 });
                DatePiece::Weekday
            }
            ('M' | 'L', 1 | 2) => DatePiece::MonthNumber(length),
            ('M' | 'L', _) => {
                months = names(length);
                DatePiece::Month
            }
            ('d', _) => DatePiece::Day(length),
            _ => DatePiece::Text(field.text),
        }
    });
    let pieces = pieces.collect();
    Ok(DateFormat { pieces, weekdays, months, zero: zero(locale) })
}

/// Times of day in `locale`, as `Intl.DateTimeFormat` writes hour and minute.
///
/// # Errors
/// [`UnknownFormat::Locale`] for a locale without data.
pub fn time_format(locale: &str) -> Result<TimeFormat, UnknownFormat> {
    let view = View::new(&DATES, locale).ok_or(UnknownFormat::Locale)?;
    let pieces = fields(view.text("T")).map(|field| {
        let digits = u8::try_from(field.text.len()).unwrap_or(u8::MAX);
        match field.letter {
            'H' => TimePiece::Hour { cycle: 24, from_zero: true, digits },
            'K' => TimePiece::Hour { cycle: 12, from_zero: true, digits },
            'h' => TimePiece::Hour { cycle: 12, from_zero: false, digits },
            'm' => TimePiece::Minute,
            'a' => TimePiece::DayPeriod,
            _ => TimePiece::Text(field.text),
        }
    });
    let pieces = pieces.collect();
    Ok(TimeFormat { pieces, am: view.text("am").into(), pm: view.text("pm").into(), zero: zero(locale) })
}

fn zero(locale: &str) -> char {
    View::new(&NUMBERS, locale).and_then(|view| view.text("0").chars().next()).unwrap_or('0')
}

/// A run of one pattern letter, or literal text with the letter `\''`.
struct Field {
    letter: char,
    text: String,
}

/// The fields of a date pattern (TR35 part 4, "Date Format Patterns"): letters are fields, quoted text and the rest is
/// literal, two quotes are one.
fn fields(pattern: &str) -> impl Iterator<Item = Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut is_quoted = false;
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        let letter = match c {
            '\'' if characters.next_if_eq(&'\'').is_some() => '\'',
            '\'' => {
                is_quoted = !is_quoted;
                continue;
            }
            _ if c.is_ascii_alphabetic() && !is_quoted => c,
            _ => '\'',
        };
        match fields.last_mut() {
            Some(field) if field.letter == letter => field.text.push(c),
            _ => fields.push(Field { letter, text: c.to_string() }),
        }
    }
    fields.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footlight_core::time::Date;

    #[test]
    fn dates_are_written_as_people_of_the_place_do() {
        let date = Date::new(2026, 11, 24).unwrap();
        for (locale, short, long) in [
            ("en-GB", "Tue 24 Nov", "Tuesday 24 November"),
            ("en-US", "Tue, Nov 24", "Tuesday, November 24"),
            ("de-DE", "Di., 24. Nov.", "Dienstag, 24. November"),
            ("es", "mar, 24 nov", "martes, 24 de noviembre"),
            ("ja", "11月24日(火)", "11月24日火曜日"),
            ("lt", "11-24, an", "lapkričio 24 d., antradienis"),
            ("ar-EG", "الثلاثاء، ٢٤ نوفمبر", "الثلاثاء، ٢٤ نوفمبر"),
        ] {
            for (style, expected) in [(DateStyle::Short, short), (DateStyle::Long, long)] {
                let mut out = String::new();
                date_format(locale, style).unwrap().write(date, &mut out);
                assert_eq!(out, expected, "{locale}");
            }
        }
        assert_eq!(date_format("xx", DateStyle::Short), Err(UnknownFormat::Locale));
    }

    #[test]
    fn times_are_written_as_people_of_the_place_do() {
        for (locale, morning, evening) in [
            ("de", "09:05", "21:05"),
            ("en-US", "9:05 AM", "9:05 PM"),
            ("en-GB", "09:05", "21:05"),
            ("fi", "9.05", "21.05"),
            ("zh-TW", "上午9:05", "下午9:05"),
            ("fr-CA", "09 h 05", "21 h 05"),
        ] {
            let pattern = time_format(locale).unwrap();
            for (minute_of_day, expected) in [(545, morning), (1265, evening)] {
                let mut out = String::new();
                pattern.write(minute_of_day, &mut out);
                assert_eq!(out, expected, "{locale}");
            }
        }
    }
}
