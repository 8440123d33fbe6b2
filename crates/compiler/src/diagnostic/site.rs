//! What a site says of itself that cannot be.

use footlight_core::money::MoneyError;
use footlight_core::url::RouteErrorKind;
use footlight_html::{SelectorError, SelectorErrorKind};

use super::{At, Diagnostic, codes, similar};

codes! {
    BAD_SELECTOR: Error "bad-selector", "the page is rewritten while it streams, so only selectors that can be decided at a start tag work";
    BAD_ROUTE: Error "bad-route", "a page whose stage is not known is left as it is";
    BAD_AMOUNT: Error "bad-amount", "prices are exact, so an amount must be one that the currency has";
    UNKNOWN_COUNTRY: Error "unknown-country", "a country that does not exist has no visitors";
    UNKNOWN_CURRENCY: Error "unknown-currency", "without its data prices in this currency cannot be written";
    UNKNOWN_LOCALE: Error "unknown-locale", "without its data numbers and dates cannot be written for this locale";
    UNKNOWN_TIME_ZONE: Error "unknown-time-zone", "without its zone no time of day is known";
    BAD_MARKET: Error "bad-market", "every country has one market, and every market a way to its prices";
    BAD_SOURCE: Error "bad-source", "a signal is read from exactly one place";
    BAD_TIME: Error "bad-time", "times of day are hours and minutes";
    BAD_HOST: Error "bad-host", "referrers are compared with the shop's host names";
    BAD_SHIPPING: Error "bad-shipping", "a delivery promise that cannot be computed cannot be kept";
    PROFILE_TOO_LARGE: Error "profile-too-large", "the profile travels with every request, and browsers drop cookies that are too long";
}

pub(crate) fn bad_selector(at: At, error: &SelectorError) -> Diagnostic {
    let diagnostic = Diagnostic::new(&BAD_SELECTOR, at, error.to_string());
    let help = "a selector is made of types, `#id`, `.class`, `[attribute]`, descendants, `>` and lists";
    match error.kind {
        SelectorErrorKind::PseudoClass
        | SelectorErrorKind::PseudoElement
        | SelectorErrorKind::SiblingCombinator => {
            diagnostic.help(format!("{help}; mark the place up instead: `data-footlight-slot=\"name\"`"))
        }
        _ => diagnostic.help(help),
    }
}

pub(crate) fn bad_route(at: At, kind: RouteErrorKind) -> Diagnostic {
    let (message, help) = match kind {
        RouteErrorKind::NoLeadingSlash => ("the path does not begin with `/`", "write `/p/:sku`"),
        RouteErrorKind::NotAPath => ("a route sees the path alone", "leave out `?` and `#` and what follows"),
        RouteErrorKind::EmptySegment => ("there are two slashes in a row", "leave one out"),
        RouteErrorKind::NoName => ("the capture has no name", "write letters, digits and `_` behind the `:`"),
        RouteErrorKind::TwoInOneSegment => {
            ("there are two captures between two slashes", "capture once between two slashes")
        }
        RouteErrorKind::NameTaken => ("this name is captured already", "use another name"),
        RouteErrorKind::TooManyCaptures => ("there are too many captures", "capture at most four times"),
        RouteErrorKind::WildcardNotLast => {
            ("`*` is not alone at the end", "write it as the last part: `/blog/*`")
        }
    };
    Diagnostic::new(&BAD_ROUTE, at, message).help(help)
}

pub(crate) fn unreachable_route(at: At, path: &str, first: At) -> Diagnostic {
    Diagnostic::new(&BAD_ROUTE, at, format!("the route `{path}` is there already"))
        .also(first, "routes are tried in order, so this one matches")
        .help("remove one of them")
}

pub(crate) fn bad_amount(at: At, written: &str, error: MoneyError) -> Diagnostic {
    Diagnostic::new(&BAD_AMOUNT, at, format!("`{written}` is not an amount: {error}"))
}

pub(crate) fn bad_decimal(at: At, written: &str, error: MoneyError) -> Diagnostic {
    Diagnostic::new(&BAD_AMOUNT, at, format!("`{written}` cannot be used: {error}"))
        .help("write a decimal number with a point: `\"0.9431\"`")
}

pub(crate) fn not_positive(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&BAD_AMOUNT, at, format!("`{written}` is negative")).help("write an amount of at least 0")
}

pub(crate) fn unknown_country(at: At, code: &str, help: Option<String>) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_COUNTRY, at, format!("there is no country `{code}`"))
        .help(help.unwrap_or_else(|| "write ISO 3166-1 alpha-2 codes: `DE`, `CH`, `GB`".to_owned()))
}

pub(crate) fn unknown_currency<'c>(
    at: At,
    code: &str,
    known: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_CURRENCY, at, format!("there is no currency `{code}`"));
    match similar(code, known) {
        Some(candidate) => diagnostic.help(format!("did you mean `{candidate}`?")),
        None => diagnostic.help("write an ISO 4217 code: `EUR`, `CHF`, `GBP`"),
    }
}

pub(crate) fn unknown_locale<'c>(
    at: At,
    locale: &str,
    known: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_LOCALE, at, format!("there is no locale data for `{locale}`"));
    match similar(locale, known) {
        Some(candidate) => diagnostic.help(format!("did you mean `{candidate}`?")),
        None => diagnostic.help("write a language, or a language and a region: `de`, `de-CH`"),
    }
}

pub(crate) fn bad_locale(at: At, locale: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_LOCALE, at, format!("`{locale}` is not a locale"))
        .help("write a language, or a language and a region: `de`, `de-CH`")
}

pub(crate) fn unknown_time_zone(at: At, zone: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_TIME_ZONE, at, format!("there is no time zone `{zone}`"))
        .help("write an IANA name: `Europe/Berlin`, `America/New_York`, `UTC`")
}

pub(crate) fn two_markets(at: At, country: &str, first: At, first_market: &str) -> Diagnostic {
    Diagnostic::new(&BAD_MARKET, at, format!("`{country}` is in the market `{first_market}` already"))
        .also(first, "here")
        .help("leave it out of one of them")
}

pub(crate) fn no_rate(at: At, currency: &str, base: &str) -> Diagnostic {
    Diagnostic::new(&BAD_MARKET, at, format!("there is no way from {base} to {currency}"))
        .help(format!("add the rate: `rate = \"0.9431\"`, units of {currency} for one {base}"))
}

pub(crate) fn unknown_base_market(at: At, id: &str) -> Diagnostic {
    Diagnostic::new(&BAD_MARKET, at, format!("there is no market `{id}`"))
        .help(format!("add a `[[market]]` with `id = \"{id}\"`, or leave the key out"))
}

pub(crate) fn base_market_currency(at: At, id: &str, base: &str, currency: &str) -> Diagnostic {
    Diagnostic::new(
        &BAD_MARKET,
        at,
        format!("the market `{id}` has {currency}, the origin's prices are in {base}"),
    )
    .help("name the market whose currency the origin's prices are in")
}

pub(crate) fn bad_rounding(at: At, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_MARKET, at, message).help(help)
}

pub(crate) fn no_source(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SOURCE, at, format!("the {what} is read from nowhere"))
        .help("add one of `cookie`, `header`, `query`, `route`, or `select` with `attribute`")
}

pub(crate) fn two_sources(at: At, first: At) -> Diagnostic {
    Diagnostic::new(&BAD_SOURCE, at, "this is a second source")
        .also(first, "the first one")
        .help("keep one of them; a list of sources is tried in order where a list is allowed")
}

pub(crate) fn attribute_without_select(at: At) -> Diagnostic {
    Diagnostic::new(&BAD_SOURCE, at, "an element and its attribute go together")
        .help("write both: `{ select = \"[data-stock]\", attribute = \"data-stock\" }`")
}

pub(crate) fn bad_source_name(at: At, kind: &str, name: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SOURCE, at, format!("`{name}` is not the name of a {kind}"))
        .help("use letters, digits, `-` and `_`")
}

pub(crate) fn private_header(at: At, name: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SOURCE, at, format!("the header `{name}` cannot be a signal"))
        .help("read single cookies with `cookie`; credentials are none of a rule's business")
}

pub(crate) fn bad_time(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&BAD_TIME, at, format!("`{written}` is not a time of day")).help("write `\"15:00\"`")
}

pub(crate) fn bad_host(at: At, written: &str) -> Diagnostic {
    Diagnostic::new(&BAD_HOST, at, format!("`{written}` is not a host name"))
        .help("write the name alone, without `https://`, path or port: `\"shop.example\"`")
}

pub(crate) fn bad_shipping(at: At, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SHIPPING, at, message).help(help)
}

pub(crate) fn profile_too_large(at: At, bytes: usize, most: usize, made_of: &str) -> Diagnostic {
    Diagnostic::new(
        &PROFILE_TOO_LARGE,
        at,
        format!("the profile can need {bytes} bytes, more than the {most} it may have"),
    )
    .label(made_of)
    .help("keep fewer `categories` or `recently_viewed` in `[profile]`, or cap fewer rules")
}

pub(crate) fn duplicate_values(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(&BAD_MARKET, at, format!("two {what} begin at the same amount"))
        .help("give each its own amount")
}
