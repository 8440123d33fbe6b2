//! Answers that are not the shop's.

use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use super::body::{self, Body};
use super::origin::OriginFailure;

/// JSON that nobody may keep, as the worker's endpoints answer.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    let mut response = Response::new(body::full(serde_json::to_vec(value).unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}

#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a str,
    message: &'a str,
}

/// A refusal, with a name for programs and a message for people.
pub(super) fn refuse(status: StatusCode, error: &str, message: &str) -> Response<Body> {
    json(status, &Refusal { error, message })
}

/// A page that says why there is none of the shop's.
pub(super) fn no_answer(origin: &str, failure: &OriginFailure) -> Response<Body> {
    let what = format!("The shop at {origin} gives no answer: {failure}");
    page(
        failure.status(),
        "No answer from the shop",
        &what,
        "This page is from `footlight serve`. Reload it when the shop is there.",
    )
}

/// A request that was sent to another name than this machine's: a page elsewhere could otherwise read the preview.
pub(super) fn other_host() -> Response<Body> {
    let what = "This preview answers on http://localhost only, so that pages of other sites cannot read it.";
    page(
        StatusCode::MISDIRECTED_REQUEST,
        "Not this address",
        what,
        "Use the address that `footlight serve` printed.",
    )
}

fn page(status: StatusCode, title: &str, what: &str, then: &str) -> Response<Body> {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title><style>body{{font:1rem/1.5 system-ui,sans-serif;margin:15vh auto;max-width:36rem;padding:0 1rem}}\
         h1{{font-size:1.5rem}}</style></head><body><main><h1>{title}</h1><p>{}</p><p>{}</p></main></body></html>\n",
        escaped(what),
        escaped(then),
    );
    let mut response = Response::new(body::full(html));
    *response.status_mut() = status;
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
