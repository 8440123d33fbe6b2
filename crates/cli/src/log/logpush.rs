//! Cloudflare Logpush, the `http_requests` data set as JSON
//! (<https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/>). Cookies and request headers
//! are in it when the job logs them as custom fields.

use std::borrow::Cow;

use serde::Deserialize;

use super::error::Fault;
use super::fields::{Field, Line};
use super::json::{Text, Texts};
use super::{moment, ndjson};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Object<'j> {
    #[serde(borrow)]
    edge_start_timestamp: Text<'j>,
    #[serde(borrow)]
    client_request_scheme: Text<'j>,
    #[serde(borrow)]
    client_request_host: Text<'j>,
    #[serde(borrow, rename = "ClientRequestURI")]
    client_request_uri: Text<'j>,
    #[serde(borrow)]
    client_request_method: Text<'j>,
    #[serde(borrow)]
    client_request_referer: Text<'j>,
    #[serde(borrow)]
    client_request_user_agent: Text<'j>,
    #[serde(borrow, rename = "ClientIP")]
    client_ip: Text<'j>,
    #[serde(borrow)]
    client_country: Text<'j>,
    #[serde(borrow)]
    client_region_code: Text<'j>,
    #[serde(borrow)]
    client_city: Text<'j>,
    #[serde(borrow)]
    edge_response_status: Text<'j>,
    #[serde(borrow)]
    edge_response_content_type: Text<'j>,
    #[serde(borrow)]
    cookies: Texts<'j>,
    #[serde(borrow)]
    request_headers: Texts<'j>,
}

/// Reads a line.
pub(super) fn parse(text: &str) -> Result<Line<'_>, Fault> {
    let object: Object<'_> = ndjson::object(text)?;
    if object.client_request_uri.0.is_empty() {
        return Err(Fault::NoUrl);
    }
    if object.edge_start_timestamp.0.is_empty() {
        return Err(Fault::NoTime);
    }
    let host = match (&*object.client_request_scheme.0, &*object.client_request_host.0) {
        (_, "") => Cow::Borrowed(""),
        ("", host) => Cow::Owned(format!("https://{host}")),
        (scheme, host) => Cow::Owned(format!("{scheme}://{host}")),
    };
    // Logs have been seen with codes in lower case; the edge knows them in upper case.
    let mut country = object.client_country.0;
    if country.bytes().any(|byte| byte.is_ascii_lowercase()) {
        country = Cow::Owned(country.to_ascii_uppercase());
    }
    let mut line = Line {
        at_ms: moment::of_text(&object.edge_start_timestamp.0)?,
        method: object.client_request_method.0,
        status: ndjson::status(&object.edge_response_status.0)?,
        content_type: object.edge_response_content_type.0,
        host,
        address: object.client_ip.0,
        ..Line::default()
    };
    for (field, text) in [
        (Field::Url, object.client_request_uri.0),
        (Field::Referrer, object.client_request_referer.0),
        (Field::UserAgent, object.client_request_user_agent.0),
        (Field::Country, country),
        (Field::Region, object.client_region_code.0),
        (Field::City, object.client_city.0),
        (Field::Cookie, object.cookies.into_cookie_header()),
    ] {
        line.set(field, text);
    }
    for (name, value) in object.request_headers.entries {
        line.header(&name, value);
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_from_its_fields() {
        let line = parse(
            r#"{"ClientCountry":"de","ClientIP":"192.0.2.1","ClientRequestHost":"shop.example","ClientRequestMethod":"GET",
            "ClientRequestScheme":"https","ClientRequestURI":"/c/boots","ClientRequestUserAgent":"Firefox/144.0",
            "EdgeStartTimestamp":1795168800000000000,"EdgeResponseStatus":200,"Cookies":{"consent":"all"},
            "RequestHeaders":{"accept-language":"de","x-loyalty":"gold"},"BotScore":99}"#,
        )
        .unwrap();
        assert_eq!((line.at_ms, line.status, &*line.host), (1_795_168_800_000, 200, "https://shop.example"));
        assert_eq!((line.get(Field::Url), line.get(Field::Country)), ("/c/boots", "DE"));
        assert_eq!((line.get(Field::Cookie), line.get(Field::Language)), ("consent=all", "de"));
        assert_eq!(line.headers.len(), 1);
    }
}
