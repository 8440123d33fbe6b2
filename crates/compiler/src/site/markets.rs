//! Markets: countries with their currency, locale and prices.

use std::collections::HashMap;

use footlight_core::bundle::Market;
use footlight_core::money::{
    Amount, Conversion, Currency, Decimal, Grid, MarketPricing, Mode, PriceList, Rate, Rounding,
};

use super::amounts::{amount, decimal};
use super::names::{country, currency};
use crate::cldr;
use crate::diagnostic::{At, Diagnostic, shapes, site, syntax};
use crate::document::Excerpt;
use crate::program::Program;
use crate::shape::{self, PRICES, Table};
use crate::sources::Sources;

/// The markets in order, put into scope.
pub(super) fn read(
    table: Table<'_>,
    base: Currency,
    locales: &[String],
    sources: &Sources,
    read_files: &mut Vec<String>,
    program: &mut Program,
) -> Vec<Market> {
    let mut markets = Vec::new();
    let mut owners: HashMap<[u8; 2], (At, String)> = HashMap::new();
    let mut ids: HashMap<String, At> = HashMap::new();
    for market in table.tables("market") {
        let Some(id) = market.text("id") else { continue };
        if let Some(first) = ids.insert(id.text.to_owned(), id.whole) {
            program.report(shapes::duplicate_id(id.whole, "market", id.text, first));
        }
        let countries = countries(market, id.text, &mut owners, program);
        let code = market.text("currency").and_then(|code| currency(code, program));
        let locale = market.text("locale");
        if let (Some(code), Some(locale)) = (&code, locale) {
            program.scope.markets.push((
                id.text.to_owned(),
                code.code.as_str().to_owned(),
                locale.text.to_owned(),
            ));
        }
        let (Some(code), Some(locale)) = (code, locale) else { continue };
        let formats = formats(locale, code, locales, program);
        let pricing = pricing(market, base, code, sources, read_files, program);
        let (Some((format, dates)), Some(pricing)) = (formats, pricing) else { continue };
        let tax_label = market.text("tax_label").map_or("", |label| label.text);
        markets.push(Market {
            id: program.texts.intern(id.text),
            countries,
            currency: code,
            locale: program.texts.intern(locale.text),
            pricing,
            format,
            dates,
            tax_label: program.texts.intern(tax_label),
        });
    }
    base_market(table, base, program);
    markets
}

fn countries(
    market: Table<'_>,
    id: &str,
    owners: &mut HashMap<[u8; 2], (At, String)>,
    program: &mut Program,
) -> Vec<[u8; 2]> {
    let mut countries = Vec::new();
    for item in market.list("countries") {
        let Some(code) = country(item, program) else { continue };
        match owners.get(&code) {
            Some((first, owner)) => {
                let name = String::from_utf8_lossy(&code);
                program.report(site::two_markets(item.at, &name, *first, owner));
            }
            None => {
                owners.insert(code, (item.at, id.to_owned()));
                countries.push(code);
            }
        }
    }
    countries.sort_unstable();
    countries
}

fn formats(
    locale: Excerpt<'_>,
    currency: Currency,
    locales: &[String],
    program: &mut Program,
) -> Option<(footlight_core::money::CurrencyFormat, Vec<footlight_core::time::DateFormat>)> {
    let format = cldr::currency_format(locale.text, currency.code.as_str());
    let in_language = |content: &String| dates(content, locale.text);
    let dates: Result<Vec<_>, _> = locales.iter().map(in_language).collect();
    match (format, dates) {
        (Ok(format), Ok(dates)) => Some((format, dates)),
        _ => {
            program.report(site::unknown_locale(locale.whole, locale.text, cldr::locales()));
            None
        }
    }
}

/// How dates are written in the language of `content` where `market` is spoken: French content in a market of `de-CH`
/// has the dates of `fr-CH`, and of `fr` where nobody recorded those.
fn dates(content: &str, market: &str) -> Result<footlight_core::time::DateFormat, cldr::UnknownFormat> {
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let short = |tag: &str| cldr::date_format(tag, cldr::DateStyle::Short);
    if language(content) == language(market) {
        return short(market);
    }
    let region = market.split('-').skip(1).find(|subtag| subtag.len() == 2);
    let regional = region.map(|region| short(&format!("{}-{region}", language(content))));
    regional.and_then(Result::ok).map_or_else(|| short(content), Ok)
}

/// How the origin's prices become the market's.
fn pricing(
    market: Table<'_>,
    base: Currency,
    own: Currency,
    sources: &Sources,
    read_files: &mut Vec<String>,
    program: &mut Program,
) -> Option<MarketPricing> {
    let rate = match market.item("rate") {
        Some(item) => {
            let decimal = decimal(item, program)?;
            match Rate::try_from(decimal) {
                Ok(rate) => Some(rate),
                Err(error) => {
                    let text = super::decimal_text(item).unwrap_or_default();
                    program.report(site::bad_decimal(item.at, &text, error));
                    None
                }
            }
        }
        None if own.code == base.code => Some(Rate::ONE),
        None => {
            let at = market.text("currency").map_or(market.at(), |currency| currency.whole);
            program.report(site::no_rate(at, own.code.as_str(), base.code.as_str()));
            None
        }
    };
    let rounding = match market.table("rounding") {
        Some(table) => rounding(table, own, program),
        None => Some(Rounding::DEFAULT),
    };
    let list = match market.text("prices") {
        Some(path) => price_list(path, own, sources, read_files, program),
        None => PriceList::default(),
    };
    let conversion = Conversion {
        rate: rate?,
        base_minor_units: base.minor_units,
        market_minor_units: own.minor_units,
        rounding: rounding?,
    };
    Some(MarketPricing { conversion, list })
}

fn rounding(table: Table<'_>, currency: Currency, program: &mut Program) -> Option<Rounding> {
    let mode = match table.text("mode").map(|mode| mode.text) {
        Some("half-even") => Mode::HalfEven,
        Some("up") => Mode::Up,
        Some("down") => Mode::Down,
        _ => Mode::HalfUp,
    };
    let grid = match (table.item("to"), table.text("ending")) {
        (Some(_), Some(_)) => {
            let at = table.key_at("ending");
            program.report(site::bad_rounding(
                at,
                "prices are rounded to a multiple or to an ending, not to both",
                "keep `to` or `ending`",
            ));
            return None;
        }
        (Some(to), None) => {
            let step = amount(to, currency, program)?;
            let grid =
                u32::try_from(step.minor).ok().filter(|step| *step > 0).and_then(|step| Grid::new(step, 0));
            if grid.is_none() {
                program.report(site::bad_rounding(
                    to.at,
                    "this is no step to round to",
                    "write an amount above 0",
                ));
            }
            grid?
        }
        (None, Some(ending)) => {
            let hundredths = match ending.text {
                "whole" => 0,
                text => Decimal::parse(&format!("0{text}"))
                    .ok()
                    .and_then(|decimal| Amount::from_decimal(decimal, 2).ok())
                    .and_then(|amount| u32::try_from(amount.minor).ok())?,
            };
            let grid = Grid::ending(hundredths, currency.minor_units);
            if grid.is_none() {
                let message = format!("prices in {} cannot end in `{}`", currency.code.as_str(), ending.text);
                program.report(site::bad_rounding(
                    ending.whole,
                    &message,
                    "write `whole`, or a step: `to = \"100\"`",
                ));
            }
            grid?
        }
        (None, None) => Grid::EXACT,
    };
    Some(Rounding { mode, grid })
}

fn price_list(
    path: Excerpt<'_>,
    currency: Currency,
    sources: &Sources,
    read_files: &mut Vec<String>,
    program: &mut Program,
) -> PriceList {
    let Some(file) = sources.find(path.text) else {
        let diagnostic =
            syntax::missing_file(path.whole, path.text, "lists the market's prices: `sku = \"129.00\"`");
        program.report(diagnostic);
        return PriceList::default();
    };
    read_files.push(path.text.to_owned());
    let text = sources.read(file, &mut program.diagnostics);
    let item = crate::document::parse(file, text, &mut program.diagnostics);
    shape::check(&item, &PRICES, &mut program.diagnostics);
    let price = |entry: &crate::document::Entry, program: &mut Program| {
        Some((entry.key.clone(), amount(&entry.item, currency, program)?))
    };
    PriceList::new(item.entries().iter().filter_map(|entry| price(entry, program)).collect())
}

/// The market that the origin's own prices are for must have their currency.
fn base_market(table: Table<'_>, base: Currency, program: &mut Program) {
    let Some(id) = table.table("base").and_then(|base| base.text("market")) else { return };
    let known = program.scope.markets.iter().find(|market| market.0 == id.text);
    let diagnostic: Option<Diagnostic> = match known {
        None => Some(site::unknown_base_market(id.whole, id.text)),
        Some((_, currency, _)) if currency != base.code.as_str() => {
            Some(site::base_market_currency(id.whole, id.text, base.code.as_str(), currency))
        }
        Some(_) => None,
    };
    program.diagnostics.extend(diagnostic);
}
