//! Countries, currencies and locales by name.

use footlight_core::money::Currency;

use super::countries;
use crate::cldr;
use crate::diagnostic::{At, site};
use crate::document::{Excerpt, Item};
use crate::program::Program;

/// A country's code; an error stands at `item`.
pub(super) fn country(item: &Item, program: &mut Program) -> Option<[u8; 2]> {
    let code = item.excerpt()?;
    if countries::is_country(code.text) {
        return code.text.as_bytes().try_into().ok();
    }
    program.report(site::unknown_country(item.at, code.text, countries::suggestion(code.text)));
    None
}

pub(super) fn currency(code: Excerpt<'_>, program: &mut Program) -> Option<Currency> {
    named_currency(code.text, code.whole, program)
}

pub(super) fn named_currency(code: &str, at: At, program: &mut Program) -> Option<Currency> {
    let known = cldr::currency(code);
    if known.is_none() {
        program.report(site::unknown_currency(at, code, cldr::currencies()));
    }
    known
}

/// Whether the text is made as a language tag is: `de`, `de-CH`, `zh-Hant-TW`.
pub(super) fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    is_language
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
