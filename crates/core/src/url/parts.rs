//! An absolute URL cut into its parts.

use super::query::Query;
use crate::ascii::{cut, cut_last};

/// The parts of an absolute URL with an authority (`scheme://host…`), as they stand in the text.
///
/// The runtime normalizes request URLs (URL Standard); a referrer comes from the client as it likes. So the cuts
/// are made where the URL Standard makes them for `http` and `https`, but nothing is changed: the host keeps its
/// case, the path its dots and escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// Without `:`.
    pub scheme: &'a str,
    /// Without user, password and port; with the brackets of an IPv6 address. May be empty.
    pub host: &'a str,
    /// As written; `None` for the scheme's default and for what is no number up to 65,535.
    pub port: Option<u16>,
    /// From its first `/`; `/` when the URL has none.
    pub path: &'a str,
    /// Without `?`; empty when the URL has none.
    pub query: Query<'a>,
    /// Without `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> Url<'a> {
    /// Cuts `text`; `None` when it does not begin with a scheme and `://`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = cut(text, b':')?;
        let rest = rest.strip_prefix("//")?;
        let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        if !scheme.as_bytes().first()?.is_ascii_alphabetic() || !scheme.bytes().all(is_scheme) {
            return None;
        }
        // A backslash ends the authority too: `https://evil.example\@shop.example` goes to evil.example.
        let end =
            rest.bytes().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        let (host, port) = host_and_port(authority);
        let (rest, fragment) = match cut(rest, b'#') {
            Some((before, fragment)) => (before, Some(fragment)),
            None => (rest, None),
        };
        let (path, query) = cut(rest, b'?').unwrap_or((rest, ""));
        let path = if path.is_empty() { "/" } else { path };
        Some(Self { scheme, host, port, path, query: Query::new(query), fragment })
    }
}

fn host_and_port(authority: &str) -> (&str, Option<u16>) {
    let address = cut_last(authority, b'@').map_or(authority, |(_, address)| address);
    match cut_last(address, b':') {
        // The colons inside `[::1]` separate no port.
        Some((host, port)) if port.as_bytes().last() != Some(&b']') => (host, number(port)),
        _ => (address, None),
    }
}

fn number(port: &str) -> Option<u16> {
    let mut digits = port.bytes().peekable();
    digits.peek()?;
    digits.try_fold(0u16, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Row = (
        &'static str,
        &'static str,
        &'static str,
        Option<u16>,
        &'static str,
        &'static str,
        Option<&'static str>,
    );

    #[test]
    fn a_url_is_cut_where_the_standard_cuts_it() {
        let table: &[Row] = &[
            ("https://shop.example", "https", "shop.example", None, "/", "", None),
            ("https://shop.example/", "https", "shop.example", None, "/", "", None),
            (
                "https://shop.example:8443/p/1?a=1&b#top",
                "https",
                "shop.example",
                Some(8443),
                "/p/1",
                "a=1&b",
                Some("top"),
            ),
            ("https://shop.example?a=1", "https", "shop.example", None, "/", "a=1", None),
            ("https://shop.example#a?b/c", "https", "shop.example", None, "/", "", Some("a?b/c")),
            ("https://shop.example/?", "https", "shop.example", None, "/", "", None),
            ("https://shop.example/a?b?c#", "https", "shop.example", None, "/a", "b?c", Some("")),
            ("https://user:pass@shop.example:1/", "https", "shop.example", Some(1), "/", "", None),
            ("https://a@b@shop.example/", "https", "shop.example", None, "/", "", None),
            (
                "https://evil.example\\@shop.example/",
                "https",
                "evil.example",
                None,
                "\\@shop.example/",
                "",
                None,
            ),
            ("https://[::1]/x", "https", "[::1]", None, "/x", "", None),
            ("https://[::1]:80/x", "https", "[::1]", Some(80), "/x", "", None),
            ("https://shop.example:/", "https", "shop.example", None, "/", "", None),
            ("https://shop.example:99999/", "https", "shop.example", None, "/", "", None),
            ("https://shop.example:+80/", "https", "shop.example", None, "/", "", None),
            ("HTTPS://Shop.Example/P", "HTTPS", "Shop.Example", None, "/P", "", None),
            (
                "android-app://com.google.android.gm/",
                "android-app",
                "com.google.android.gm",
                None,
                "/",
                "",
                None,
            ),
            ("file:///etc", "file", "", None, "/etc", "", None),
            ("https://shop.example/a/../b/%2e/ü", "https", "shop.example", None, "/a/../b/%2e/ü", "", None),
            (
                "https://shop.example/r?to=https://other.example/",
                "https",
                "shop.example",
                None,
                "/r",
                "to=https://other.example/",
                None,
            ),
        ];
        for &(text, scheme, host, port, path, query, fragment) in table {
            let expected = Url { scheme, host, port, path, query: Query::new(query), fragment };
            assert_eq!(Url::parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_no_scheme_and_authority_is_no_absolute_url() {
        for text in [
            "",
            "/",
            "/p/1",
            "shop.example",
            "//shop.example/",
            "mailto:a@b",
            "about:blank",
            "://x",
            "1a://x",
            "a b://x",
            "/r?to=https://x/",
        ] {
            assert_eq!(Url::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_url_of_64_kilobytes_is_cut() {
        for filler in ["/", "?", "&", "=", "%", "@", ":", "a", "\u{fffd}"] {
            let text = alloc::format!("https://shop.example/{}", filler.repeat(65_536 / filler.len()));
            let url = Url::parse(&text).unwrap();
            assert_eq!(url.host, "shop.example");
            assert!(url.query.get("missing").is_none());
        }
    }

    proptest! {
        #[test]
        fn the_parts_are_parts_of_the_text(text in "[a-z]{1,3}://[a-z:@\\[\\].0-9]{0,12}[/?#\\\\]?\\PC{0,40}") {
            let url = Url::parse(&text).unwrap();
            for part in [url.scheme, url.host, url.query.as_str(), url.fragment.unwrap_or("")] {
                prop_assert!(text.contains(part));
            }
            prop_assert!(url.path == "/" || text.contains(url.path));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}|[a:/?#@\\[\\]0-9\\\\]{0,30}") {
            let _ = Url::parse(&text);
        }
    }
}
