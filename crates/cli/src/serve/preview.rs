//! What a request asks for besides the page: another visitor, or the reasons. On this machine that needs no token.

use hyper::HeaderMap;
use hyper::header::COOKIE;
use percent_encoding::percent_decode_str;
use url::Url;

const EXPLAIN: &str = "footlight";
const AS: &str = "footlight-as";
const TOKEN: &str = "footlight-token";

/// What a request asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The reasons, instead of the page.
    pub(super) explain: bool,
    /// Another visitor, described as in `country:CH,device:phone`.
    pub(super) other: Option<String>,
}

/// Takes what a URL asks for out of it.
pub(super) fn take(url: &mut Url) -> Asked {
    // Nearly every URL ends here, and stays as it was written.
    if !url.query().is_some_and(|query| query.contains("footlight")) {
        return Asked::default();
    }
    let value = |wanted: &str| {
        url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let asked = Asked { explain: value(EXPLAIN).as_deref() == Some("explain"), other: value(AS) };
    if asked != Asked::default() {
        let is_other = |name: &str| ![EXPLAIN, AS, TOKEN].contains(&name);
        let pairs = url
            .query_pairs()
            .filter(|(name, _)| is_other(name))
            .map(|(a, b)| (a.into_owned(), b.into_owned()));
        let rest: Vec<(String, String)> = pairs.collect();
        url.set_query(None);
        if !rest.is_empty() {
            url.query_pairs_mut().extend_pairs(rest);
        }
    }
    asked
}

/// The visitor that the panel pretends to be from page to page; its cookie is nothing to the shop.
pub(super) fn take_cookie(headers: &mut HeaderMap) -> Option<String> {
    let mut other = None;
    let all = super::facts::header(headers, COOKIE.as_str());
    if !all.contains(AS) {
        return None;
    }
    let mut kept = Vec::new();
    for cookie in all.split(';').map(str::trim) {
        match cookie.split_once('=') {
            Some((AS, value)) => other = Some(percent_decode_str(value).decode_utf8_lossy().into_owned()),
            _ => kept.push(cookie),
        }
    }
    headers.remove(COOKIE);
    if let Ok(value) = kept.join("; ").parse()
        && !kept.is_empty()
    {
        headers.insert(COOKIE, value);
    }
    other.filter(|other| !other.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(url: &str) -> (String, Asked) {
        let mut url = Url::parse(url).unwrap();
        let asked = take(&mut url);
        (url.into(), asked)
    }

    #[test]
    fn a_url_that_asks_for_nothing_stays_as_it_was_written() {
        let url = "https://shop.example/c?x=%7e&footlight=no&y=a+b";
        assert_eq!(taken(url), (url.to_owned(), Asked::default()));
    }

    #[test]
    fn what_is_asked_for_is_taken_out() {
        let (url, asked) =
            taken("https://shop.example/?a=1&footlight-as=country:CH,device:phone&footlight=explain");
        assert_eq!(url, "https://shop.example/?a=1");
        assert_eq!(asked, Asked { explain: true, other: Some("country:CH,device:phone".to_owned()) });
        assert_eq!(taken("https://shop.example/?footlight-as=").0, "https://shop.example/");
    }

    #[test]
    fn the_panels_cookie_is_taken_out_of_the_shops() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "a=1; footlight-as=country%3ACH; b=2".parse().unwrap());
        assert_eq!(take_cookie(&mut headers).as_deref(), Some("country:CH"));
        assert_eq!(headers[COOKIE], "a=1; b=2");
        headers.insert(COOKIE, "footlight-as=".parse().unwrap());
        assert_eq!(take_cookie(&mut headers), None);
        assert!(!headers.contains_key(COOKIE));
    }
}
