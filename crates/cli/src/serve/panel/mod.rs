//! The panel in the page: what was decided, and why; and the page as somebody else.

mod explained;

use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};

pub(super) use explained::{Explained, Explanations};

use super::body::{self, Body};

/// Where the panel's files are, among the endpoints.
pub(super) const PREFIX: &str = "serve/";

const FILES: [(&str, &str, &str); 8] = [
    ("panel.js", "text/javascript", include_str!("panel.js")),
    ("changes.js", "text/javascript", include_str!("changes.js")),
    ("elements.js", "text/javascript", include_str!("elements.js")),
    ("explanation.js", "text/javascript", include_str!("explanation.js")),
    ("links.js", "text/javascript", include_str!("links.js")),
    ("somebody.js", "text/javascript", include_str!("somebody.js")),
    ("words.js", "text/javascript", include_str!("words.js")),
    ("panel.css", "text/css", include_str!("panel.css")),
];

/// One of the panel's files.
pub(super) fn file(name: &str) -> Option<Response<Body>> {
    let (_, kind, text) = FILES.iter().find(|(known, _, _)| *known == name)?;
    let mut response = Response::new(body::full(*text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_str(&format!("{kind}; charset=utf-8")).ok()?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Some(response)
}

/// Whether a request is for a page that somebody looks at: not for a part of one, and not a program's.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|destination| destination == "document")
}

/// What stands behind a page, so that the panel is in it. `explained` is the number of the page's explanation.
pub(super) fn tail(version: &str, explained: u64, shop: Option<&str>, nonce: Option<&str>) -> Bytes {
    let nonce = nonce.map(|nonce| format!(" nonce=\"{}\"", attribute(nonce))).unwrap_or_default();
    let shop = shop.map(|shop| format!(" data-shop=\"{}\"", attribute(shop))).unwrap_or_default();
    let script = format!(
        "\n<script type=\"module\" id=\"footlight-serve\" src=\"/.footlight/{PREFIX}panel.js\" \
         data-version=\"{version}\" data-page=\"{explained}\"{shop}{nonce}></script>\n"
    );
    script.into()
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}
