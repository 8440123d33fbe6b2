//! Our own format: a JSON object a line.
//!
//! `at` (RFC 3339, or a number since 1970) and `url` (absolute, or a path of the site's first host) must be there; everything
//! else that a decision can depend on may be: see `rules/README.md`.

use serde::Deserialize;

use super::error::Fault;
use super::fields::{Field, Line};
use super::json::{Text, Texts};
use super::moment;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Object<'j> {
    #[serde(borrow)]
    at: Text<'j>,
    #[serde(borrow)]
    url: Text<'j>,
    #[serde(borrow)]
    visitor: Text<'j>,
    #[serde(borrow)]
    ip: Text<'j>,
    #[serde(borrow)]
    method: Text<'j>,
    #[serde(borrow)]
    status: Text<'j>,
    #[serde(borrow)]
    content_type: Text<'j>,
    #[serde(borrow)]
    user_agent: Text<'j>,
    #[serde(borrow, alias = "referer")]
    referrer: Text<'j>,
    #[serde(borrow)]
    language: Text<'j>,
    #[serde(borrow, alias = "cookie")]
    cookies: Texts<'j>,
    #[serde(borrow)]
    headers: Texts<'j>,
    #[serde(borrow)]
    country: Text<'j>,
    #[serde(borrow)]
    region: Text<'j>,
    #[serde(borrow)]
    city: Text<'j>,
    #[serde(borrow)]
    postal_code: Text<'j>,
    #[serde(borrow)]
    time_zone: Text<'j>,
    #[serde(borrow)]
    eu: Text<'j>,
    #[serde(borrow)]
    gpc: Text<'j>,
    #[serde(borrow)]
    page: Texts<'j>,
}

/// Reads a line.
pub(super) fn parse(text: &str) -> Result<Line<'_>, Fault> {
    let object: Object<'_> = object(text)?;
    if object.url.0.is_empty() {
        return Err(Fault::NoUrl);
    }
    if object.at.0.is_empty() {
        return Err(Fault::NoTime);
    }
    let mut line = Line {
        at_ms: moment::of_text(&object.at.0)?,
        method: object.method.0,
        status: status(&object.status.0)?,
        content_type: object.content_type.0,
        visitor: object.visitor.0,
        address: object.ip.0,
        ..Line::default()
    };
    for (field, text) in [
        (Field::Url, object.url.0),
        (Field::Cookie, object.cookies.into_cookie_header()),
        (Field::Referrer, object.referrer.0),
        (Field::UserAgent, object.user_agent.0),
        (Field::Language, object.language.0),
        (Field::Country, object.country.0),
        (Field::Region, object.region.0),
        (Field::City, object.city.0),
        (Field::PostalCode, object.postal_code.0),
        (Field::TimeZone, object.time_zone.0),
        (Field::Eu, object.eu.0),
        (Field::Gpc, object.gpc.0),
    ] {
        line.set(field, text);
    }
    for (name, value) in object.headers.entries {
        line.header(&name, value);
    }
    for (name, value) in object.page.entries {
        let field = match &*name {
            "category" => Field::Category,
            "product" => Field::Product,
            "price" => Field::Price,
            "stock" => Field::Stock,
            _ => continue,
        };
        line.set(field, value);
    }
    Ok(line)
}

/// A line's object.
pub(super) fn object<'j, T: Deserialize<'j>>(text: &'j str) -> Result<T, Fault> {
    if !text.starts_with('{') {
        return Err(Fault::Json);
    }
    serde_json::from_str(text).map_err(|error| if error.is_data() { Fault::Field } else { Fault::Json })
}

/// A status code; none is 0.
pub(super) fn status(text: &str) -> Result<u16, Fault> {
    if text.is_empty() { Ok(0) } else { text.parse().map_err(|_| Fault::Field) }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn a_line_says_what_it_says() {
        let line = parse(
            r#"{"at":"2026-11-20T10:00:00Z","url":"/c/boots?x=\"1\"","visitor":7,"country":null,"unknown":{"a":[1]},
            "cookies":{"a":"1","b":"x;y"},"headers":{"Sec-GPC":"1","X-Loyalty":["gold","silver"]},"page":{"stock":3}}"#,
        )
        .unwrap();
        assert_eq!(line.at_ms, 1_795_168_800_000);
        assert_eq!(line.get(Field::Url), "/c/boots?x=\"1\"");
        assert_eq!((&*line.visitor, line.get(Field::Country)), ("7", ""));
        assert_eq!(line.get(Field::Cookie), "a=1; b=x%3By");
        assert_eq!((line.get(Field::Gpc), line.get(Field::Stock)), ("1", "3"));
        assert_eq!(line.headers, [("x-loyalty".to_owned(), Cow::Borrowed("gold"))]);
    }

    #[test]
    fn what_is_wrong_with_a_line_has_a_name() {
        for (text, expected) in [
            ("", Fault::Json),
            ("{\"at\":1,\"url\":\"/\"", Fault::Json),
            ("[1]", Fault::Json),
            ("7", Fault::Json),
            ("{\"at\":1}", Fault::NoUrl),
            ("{\"url\":\"/\"}", Fault::NoTime),
            ("{\"url\":\"/\",\"at\":-1}", Fault::NegativeTime),
            ("{\"url\":\"/\",\"at\":\"soon\"}", Fault::BadTime),
            ("{\"url\":[\"/\"],\"at\":1}", Fault::Field),
            ("{\"url\":\"/\",\"at\":1,\"status\":\"ok\"}", Fault::Field),
        ] {
            assert_eq!(parse(text).map(|_| ()), Err(expected), "{text}");
        }
    }
}
