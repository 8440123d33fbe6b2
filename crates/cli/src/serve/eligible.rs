//! Which responses are pages.

use hyper::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE};
use hyper::{HeaderMap, Method, StatusCode};

use super::decoding::Coding;

/// Whether a request can be answered by a page at all.
pub(super) fn can_be_page(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// Whether a response is a whole HTML page that may be changed. Everything else goes on as it came.
pub(super) fn is_page(method: &Method, status: StatusCode, headers: &HeaderMap) -> bool {
    let mut directives = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    // RFC 9111, section 5.2.2.6
    let may_change = !directives
        .any(|value| value.split(',').any(|word| word.trim().eq_ignore_ascii_case("no-transform")));
    let media_type = content_type(headers).split(';').next().unwrap_or_default();
    can_be_page(method)
        && status == StatusCode::OK
        && media_type.trim().eq_ignore_ascii_case("text/html")
        && !headers.contains_key(CONTENT_RANGE)
        && Coding::of(headers).is_some()
        && may_change
}

/// The `Content-Type` header, or nothing.
pub(super) fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
