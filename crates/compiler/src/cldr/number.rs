//! Formats of plain numbers and percentages.

use super::currency::UnknownFormat;
use super::locale::{NUMBERS, View};
use super::pattern::{Symbols, complete};
use footlight_core::money::NumberFormat;

/// Plain numbers in `locale`, with at most `maximum_fraction` decimals.
///
/// # Errors
/// [`UnknownFormat::Locale`] for a locale without data.
pub fn decimal_format(locale: &str, maximum_fraction: u8) -> Result<NumberFormat, UnknownFormat> {
    number_format(locale, "#d", maximum_fraction, 0)
}

/// Percentages in `locale` (0.12 is `12 %`), with at most `maximum_fraction` decimals.
///
/// # Errors
/// [`UnknownFormat::Locale`] for a locale without data.
pub fn percent_format(locale: &str, maximum_fraction: u8) -> Result<NumberFormat, UnknownFormat> {
    number_format(locale, "#%", maximum_fraction, 2)
}

fn number_format(
    locale: &str,
    key: &str,
    maximum_fraction: u8,
    shift: u8,
) -> Result<NumberFormat, UnknownFormat> {
    let view = View::new(&NUMBERS, locale).ok_or(UnknownFormat::Locale)?;
    let pattern = complete(view.text(key), &symbols(&view, ""));
    Ok(NumberFormat { pattern, minimum_fraction: 0, maximum_fraction, shift })
}

/// The symbols of plain numbers.
pub(super) fn symbols(view: &View, currency: &'static str) -> Symbols<'static> {
    Symbols {
        currency,
        decimal: view.text("d"),
        group: view.text("g"),
        minus: view.text("-"),
        percent: view.text("%"),
        minimum_grouping: view.text("m").parse().unwrap_or(1),
        zero: view.text("0").chars().next().unwrap_or('0'),
    }
}
