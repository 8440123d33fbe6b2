//! The facts of a request, as the evaluator takes them.

use footlight_core::bundle::Bundle;
use footlight_core::fact::Fact;
use hyper::HeaderMap;
use hyper::header::{COOKIE, HeaderName};

use super::Place;

/// The values of the bundle's facts, in their order; empty where there is none.
pub(super) fn facts(bundle: &Bundle, url: &str, headers: &HeaderMap, place: &Place) -> Vec<String> {
    let value = |&fact: &Fact| {
        let name = fact.name(bundle);
        match (fact, name.strip_prefix("header:")) {
            (Fact::Url, _) => url.to_owned(),
            // Another CDN's header, if one stands between; otherwise what the command line says.
            (Fact::Geo(geo), Some(name)) => {
                non_empty(header(headers, name)).unwrap_or_else(|| place.fact(geo).to_owned())
            }
            (Fact::Geo(geo), None) => place.fact(geo).to_owned(),
            (_, Some(name)) => header(headers, name),
            (_, None) => String::new(),
        }
    };
    bundle.facts.iter().map(value).collect()
}

/// A header's values in one line; UTF-8 where they are, otherwise a character for each byte.
pub(super) fn header(headers: &HeaderMap, name: &str) -> String {
    let text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    };
    let values: Vec<String> = headers.get_all(name).iter().map(|value| text(value.as_bytes())).collect();
    let is_cookie = HeaderName::from_bytes(name.as_bytes()).is_ok_and(|name| name == COOKIE);
    values.join(if is_cookie { "; " } else { ", " })
}

fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
