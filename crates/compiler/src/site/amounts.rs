//! Amounts of money and other exact decimals in TOML.

use footlight_core::money::{Amount, Currency, Decimal};

use crate::diagnostic::site;
use crate::document::{Item, Value};
use crate::program::Program;

/// A decimal as it was written, whether as a text or as a number.
pub(crate) fn decimal_text(item: &Item) -> Option<String> {
    match &item.value {
        Value::Text { text, .. } => Some(text.clone()),
        Value::Integer(Some(number)) => Some(number.to_string()),
        Value::Float(text) => Some(text.replace('_', "")),
        _ => None,
    }
}

/// An amount of at least zero.
pub(super) fn amount(item: &Item, currency: Currency, program: &mut Program) -> Option<Amount> {
    let text = decimal_text(item)?;
    match Amount::parse(&text, currency.minor_units) {
        Ok(amount) if amount.minor >= 0 => Some(amount),
        Ok(_) => {
            program.report(site::not_positive(item.at, &text));
            None
        }
        Err(error) => {
            let example = if currency.minor_units == 0 { "1200" } else { "49.90" };
            program.report(site::bad_amount(item.at, &text, error).help(format!(
                "{} has {} decimals: write `\"{example}\"`",
                currency.code.as_str(),
                currency.minor_units
            )));
            None
        }
    }
}

/// A decimal number.
pub(super) fn decimal(item: &Item, program: &mut Program) -> Option<Decimal> {
    let text = decimal_text(item)?;
    match Decimal::parse(&text) {
        Ok(decimal) => Some(decimal),
        Err(error) => {
            program.report(site::bad_decimal(item.at, &text, error));
            None
        }
    }
}
