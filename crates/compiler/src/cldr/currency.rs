//! Formats of prices.

use super::locale::{NUMBERS, View};
use super::number::symbols;
use super::pattern::complete;
use footlight_core::money::{Currency, CurrencyCode, CurrencyFormat};

/// Why there is no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownFormat {
    /// The tables have no data for this locale's language, or it is not language, script and region.
    Locale,
    /// Not the code of a current currency.
    Currency,
}

/// Choices beyond locale and currency, as `Intl.NumberFormat` names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurrencyOptions {
    /// `currencyDisplay`.
    pub symbol: Symbol,
    /// `currencySign: "accounting"`: negative prices in parentheses where the locale does so.
    pub accounting: bool,
    /// Which decimals are shown.
    pub fraction: Fraction,
    /// `useGrouping: false`.
    pub no_grouping: bool,
}

/// How the currency is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Symbol {
    /// The locale's symbol: `US$` in Canada.
    #[default]
    Standard,
    /// The shortest symbol: `$` for every dollar.
    Narrow,
    /// The ISO 4217 code.
    Code,
}

/// Which decimals are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fraction {
    /// All decimals of the currency.
    #[default]
    Full,
    /// All, or none when they are zero: `trailingZeroDisplay: "stripIfInteger"`.
    StripIfZero,
    /// None: `maximumFractionDigits: 0`.
    Rounded,
}

/// The codes of all current currencies, sorted.
#[must_use]
pub fn currencies() -> Vec<&'static str> {
    NUMBERS.currencies.iter().map(|(code, ..)| *code).collect()
}

/// The currency with the ISO 4217 code `code`, in upper case.
#[must_use]
pub fn currency(code: &str) -> Option<Currency> {
    let (code, minor_units, cash_step) = NUMBERS.currencies.iter().find(|(known, ..)| *known == code)?;
    Some(Currency { code: CurrencyCode::parse(code).ok()?, minor_units: *minor_units, cash_step: *cash_step })
}

/// Prices in `currency` (an ISO 4217 code) for `locale`, as `Intl.NumberFormat` writes them.
///
/// # Errors
/// [`UnknownFormat`]
pub fn currency_format(locale: &str, currency: &str) -> Result<CurrencyFormat, UnknownFormat> {
    currency_format_with(locale, currency, CurrencyOptions::default())
}

/// [`currency_format`] with choices.
///
/// # Errors
/// [`UnknownFormat`]
pub fn currency_format_with(
    locale: &str,
    currency: &str,
    options: CurrencyOptions,
) -> Result<CurrencyFormat, UnknownFormat> {
    let view = View::new(&NUMBERS, locale).ok_or(UnknownFormat::Locale)?;
    let &(code, minor_units, _) =
        NUMBERS.currencies.iter().find(|(known, ..)| *known == currency).ok_or(UnknownFormat::Currency)?;
    let own = |suffix: &str| view.get(&format!("{code}{suffix}"));
    let mut symbols = symbols(&view, symbol(&view, code, options.symbol));
    symbols.decimal = own(".").or(view.get("cd")).unwrap_or(symbols.decimal);
    symbols.group = own(",").or(view.get("cg")).unwrap_or(symbols.group);
    let key = if options.accounting { "#a" } else { "#c" };
    let mut pattern = complete(own("#").unwrap_or(view.text(key)), &symbols);
    if options.no_grouping {
        pattern.primary_group = 0;
    }
    let fraction_digits = if options.fraction == Fraction::Rounded { 0 } else { minor_units };
    let strip_zero_fraction = options.fraction == Fraction::StripIfZero;
    Ok(CurrencyFormat { pattern, minor_units, fraction_digits, strip_zero_fraction })
}

fn symbol(view: &View, code: &'static str, symbol: Symbol) -> &'static str {
    let standard = || view.get(code).unwrap_or(code);
    match symbol {
        Symbol::Standard => standard(),
        Symbol::Narrow => view.get(&format!("{code}~")).unwrap_or_else(standard),
        Symbol::Code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footlight_core::money::Amount;

    fn price(locale: &str, currency: &str, minor: i64) -> String {
        let mut out = String::new();
        currency_format(locale, currency).unwrap().write(Amount::from_minor(minor), &mut out);
        out
    }

    #[test]
    fn prices_are_written_as_people_of_the_place_do() {
        for (locale, currency, minor, expected) in [
            ("de-DE", "EUR", 123_490, "1.234,90\u{a0}€"),
            ("de-AT", "EUR", 123_490, "€\u{a0}1.234,90"),
            ("de-CH", "CHF", 123_490, "CHF\u{a0}1'234.90"),
            ("fr-FR", "EUR", 123_490, "1\u{202f}234,90\u{a0}€"),
            ("en-US", "USD", 123_490, "$1,234.90"),
            ("en-CA", "USD", 123_490, "US$1,234.90"),
            ("en-IN", "INR", 12_345_690, "₹1,23,456.90"),
            ("es-ES", "EUR", 123_490, "1234,90\u{a0}€"),
            ("es-ES", "EUR", 1_234_590, "12.345,90\u{a0}€"),
            ("ja-JP", "JPY", 123_490, "￥123,490"),
            ("pl-PL", "PLN", 123_490, "1234,90\u{a0}zł"),
            ("sv-SE", "SEK", -123_490, "−1\u{a0}234,90\u{a0}kr"),
            ("ar-EG", "EGP", 123_490, "\u{200f}١٬٢٣٤٫٩٠\u{a0}ج.م.\u{200f}"),
            ("en", "KWD", 1_234_567, "KWD\u{a0}1,234.567"),
        ] {
            assert_eq!(price(locale, currency, minor), expected, "{locale} {currency}");
        }
    }

    #[test]
    fn unknown_locales_and_currencies_are_told_apart() {
        assert_eq!(currency_format("xx", "EUR"), Err(UnknownFormat::Locale));
        assert_eq!(currency_format("de", "EURO"), Err(UnknownFormat::Currency));
        assert_eq!(currency_format("de", "eur"), Err(UnknownFormat::Currency));
        assert_eq!(currency_format("de", "DEM"), Err(UnknownFormat::Currency));
    }

    #[test]
    fn currencies_know_their_decimals_and_cash_step() {
        let of = |code| currency(code).map(|currency| (currency.minor_units, currency.cash_step));
        assert_eq!(of("EUR"), Some((2, 1)));
        assert_eq!(of("CHF"), Some((2, 5)));
        assert_eq!(of("SEK"), Some((2, 100)));
        assert_eq!(of("JPY"), Some((0, 1)));
        assert_eq!(of("KWD"), Some((3, 1)));
        assert_eq!(of("XXX"), None);
    }

    #[test]
    fn every_locale_has_every_currency() {
        for locale in super::super::locales() {
            for code in currencies() {
                let format = currency_format(locale, code).unwrap();
                assert!(!format.pattern.decimal.is_empty(), "{locale} {code}");
            }
        }
    }
}
