//! Headers of pages that were changed, as the worker writes them; `response-headers.ts` says why.

use footlight_core::decide::CachePolicy;
use hyper::HeaderMap;
use hyper::header::{CACHE_CONTROL, EXPIRES, HeaderName, HeaderValue, SET_COOKIE, VARY};

/// Say things about the origin's bytes that do not hold for changed ones.
const OF_THE_BYTES: [&str; 8] = [
    "content-length",
    "etag",
    "last-modified",
    "accept-ranges",
    "content-md5",
    "digest",
    "content-digest",
    "repr-digest",
];
/// Caching instructions to caches in front of browsers.
const OF_SHARED_CACHES: [&str; 3] =
    ["cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"];
/// Directives for caches that stand between the origin and browsers.
const FOR_SHARED_CACHES: [&str; 4] = ["public", "private", "s-maxage", "proxy-revalidate"];

/// The headers of a page whose body is changed; `read` are the names of the request's headers that rules read.
pub(super) fn for_changed_page(headers: &mut HeaderMap, cache: &CachePolicy, read: &[String]) {
    forget_bytes(headers);
    if *cache == CachePolicy::Static {
        return;
    }
    OF_SHARED_CACHES.iter().for_each(|name| drop(headers.remove(*name)));
    headers.remove(EXPIRES);
    if *cache == CachePolicy::Private {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        return;
    }
    let cache_control = for_browsers(&directives(&joined(headers, &CACHE_CONTROL)));
    set(headers, CACHE_CONTROL, &cache_control);
    let varies = joined(headers, &VARY).to_ascii_lowercase();
    let mut names: Vec<&str> = Vec::new();
    for name in varies.split(',').map(str::trim).chain(read.iter().map(String::as_str)) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    set(headers, VARY, &names.join(", "));
}

/// What speaks of the origin's bytes goes.
pub(super) fn forget_bytes(headers: &mut HeaderMap) {
    OF_THE_BYTES.iter().for_each(|name| drop(headers.remove(*name)));
}

/// Adds Footlight's cookie; the response is at least private then.
pub(super) fn add_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, cookie);
    }
    OF_SHARED_CACHES.iter().for_each(|name| drop(headers.remove(*name)));
    let is_shared = |directive: &str| {
        let directive = directive.to_ascii_lowercase();
        directive == "public" || directive == "private" || directive.starts_with("s-maxage")
    };
    let all = joined(headers, &CACHE_CONTROL);
    let kept =
        all.split(',').map(str::trim).filter(|directive| !directive.is_empty() && !is_shared(directive));
    let cache_control: Vec<&str> = std::iter::once("private").chain(kept).collect();
    set(headers, CACHE_CONTROL, &cache_control.join(", "));
}

/// A preview is for the one who asked, and not for search engines.
pub(super) fn for_preview(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
}

/// A header's values in one line.
fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    super::facts::header(headers, name.as_str())
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Directives by name, with what stands after `=`; of one that is there twice, the one that allows less counts.
fn directives(value: &str) -> Vec<(String, String)> {
    let mut directives: Vec<(String, String)> = Vec::new();
    let mut quoted = false;
    // Commas within quotes separate nothing.
    let parts = value.split(|character| {
        quoted ^= character == '"';
        character == ',' && !quoted
    });
    for part in parts {
        let mut words = part.split('=').map(|word| word.trim().replace('"', ""));
        let name = words.next().unwrap_or_default().to_ascii_lowercase();
        let argument = words.next().unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        match directives.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if seconds(known) <= seconds(&argument) => {}
            Some((_, known)) => *known = argument,
            None => directives.push((name, argument)),
        }
    }
    directives
}

fn seconds(argument: &str) -> u64 {
    argument.parse().unwrap_or(0)
}

fn for_browsers(directives: &[(String, String)]) -> String {
    let mut words = vec!["private".to_owned()];
    for (name, argument) in directives.iter().filter(|(name, _)| !FOR_SHARED_CACHES.contains(&name.as_str()))
    {
        words.push(if argument.is_empty() { name.clone() } else { format!("{name}={argument}") });
    }
    // Without a lifetime browsers would invent one.
    if !directives.iter().any(|(name, _)| name == "max-age" || name == "no-store")
        && !words.contains(&"no-cache".to_owned())
    {
        words.push("no-cache".to_owned());
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    fn changed(cache: CachePolicy, list: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = headers(list);
        for_changed_page(&mut headers, &cache, &["cookie".to_owned(), "accept-language".to_owned()]);
        headers
    }

    #[test]
    fn a_page_for_one_visitor_is_kept_by_nobody() {
        let origin = [
            ("cache-control", "public, max-age=60"),
            ("etag", "\"1\""),
            ("expires", "0"),
            ("cdn-cache-control", "max-age=9"),
        ];
        let expected = headers(&[("cache-control", "private, no-store")]);
        assert_eq!(changed(CachePolicy::Private, &origin), expected);
    }

    #[test]
    fn a_page_for_some_visitors_is_kept_by_their_browsers_only() {
        let shared = || CachePolicy::Shared { key: "CH".to_owned() };
        let table = [
            ("public, max-age=60, s-maxage=900", "private, max-age=60"),
            ("", "private, no-cache"),
            ("max-age=60, max-age=10, no-cache=\"a, b\"", "private, max-age=10, no-cache=a, b"),
            ("no-store", "private, no-store"),
        ];
        for (origin, expected) in table {
            let headers =
                changed(shared(), &[("cache-control", origin), ("vary", "Accept-Encoding, Cookie")]);
            assert_eq!(headers[CACHE_CONTROL], expected);
            assert_eq!(headers[VARY], "accept-encoding, cookie, accept-language");
        }
    }

    #[test]
    fn a_cookie_makes_a_page_private() {
        let mut headers = headers(&[("cache-control", "public, max-age=60, s-maxage=90")]);
        add_cookie(&mut headers, "a=b");
        assert_eq!(headers[CACHE_CONTROL], "private, max-age=60");
        assert_eq!(headers[SET_COOKIE], "a=b");
    }
}
