//! The `Cookie` request header, read as RFC 6265bis user agents write it and as servers read it in practice.

use alloc::borrow::Cow;

use crate::ascii::{cut, pieces, trim};
use crate::url::percent;

/// The value of a `Cookie` request header. Nothing is parsed until it is asked for.
///
/// Names are compared byte for byte: cookie names are case-sensitive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cookies<'a> {
    header: &'a str,
}

/// One pair of the header, as sent: not percent-decoded, surrounding quotes taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie<'a> {
    /// Empty for a cookie that was set without a name (RFC 6265bis, section 5.7).
    pub name: &'a str,
    /// What follows the first `=`.
    pub value: &'a str,
}

impl<'a> Cookies<'a> {
    /// The cookies of `header`; no header is the same as an empty one.
    #[must_use]
    pub const fn new(header: &'a str) -> Self {
        Self { header }
    }

    /// All pairs in the order sent. Empty pairs (`;;`) are left out.
    pub fn iter(self) -> impl Iterator<Item = Cookie<'a>> {
        pieces(self.header, b';').filter_map(Cookie::parse)
    }

    /// The value of the first cookie called `name`, not decoded.
    ///
    /// First wins: user agents send the cookie with the longest path first (RFC 6265, section 5.4).
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'a str> {
        // Most pairs are others: whatever a pair's name is, the pair begins with it.
        pieces(self.header, b';')
            .filter(|pair| trim(pair).starts_with(name))
            .filter_map(Cookie::parse)
            .find(|cookie| cookie.name == name)
            .map(|cookie| cookie.value)
    }

    /// The values of all cookies called `name`, in the order sent, not decoded.
    pub fn get_all(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |cookie| cookie.name == name).map(|cookie| cookie.value)
    }

    /// [`Self::get`], percent-decoded as [`percent::decode`] does it.
    #[must_use]
    pub fn decoded(self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name).map(percent::decode)
    }
}

impl<'a> Cookie<'a> {
    fn parse(pair: &'a str) -> Option<Self> {
        let pair = trim(pair);
        if pair.is_empty() {
            return None;
        }
        // Without `=` the whole pair is the value: that is how user agents send a cookie set as `Set-Cookie: x`.
        let (name, value) = cut(pair, b'=').unwrap_or(("", pair));
        Some(Self { name: trim(name), value: unquote(trim(value)) })
    }
}

fn unquote(value: &str) -> &str {
    value.strip_prefix("\"").and_then(|rest| rest.strip_suffix("\"")).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn pairs_are_read_as_browsers_send_them() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            (" ; ;; ", &[]),
            ("a=1", &[("a", "1")]),
            ("a=1; b=2", &[("a", "1"), ("b", "2")]),
            ("a=1;b=2", &[("a", "1"), ("b", "2")]),
            ("a=1; a=2; A=3", &[("a", "1"), ("a", "2"), ("A", "3")]),
            (" a = 1 \t;\tb\t=\t2", &[("a", "1"), ("b", "2")]),
            ("a=", &[("a", "")]),
            ("=1", &[("", "1")]),
            ("=", &[("", "")]),
            ("lonely", &[("", "lonely")]),
            ("a=b=c==", &[("a", "b=c==")]),
            ("=__Host-x=y", &[("", "__Host-x=y")]),
            (
                r#"a="quoted"; b="half; c=""; d=""#,
                &[("a", "quoted"), ("b", "\"half"), ("c", ""), ("d", "\"")],
            ),
            (r#"a="; b=a"b""#, &[("a", "\""), ("b", "a\"b\"")]),
            ("a=1, b=2", &[("a", "1, b=2")]),
            ("a=%zz%4; b=%C3%B6", &[("a", "%zz%4"), ("b", "%C3%B6")]),
            ("é=ü; n\u{fffd}=\u{fffd}", &[("é", "ü"), ("n\u{fffd}", "\u{fffd}")]),
            ("a b=c d", &[("a b", "c d")]),
            ("$Version=1; a=1; $Path=/", &[("$Version", "1"), ("a", "1"), ("$Path", "/")]),
        ];
        for (header, expected) in table {
            let read: Vec<_> =
                Cookies::new(header).iter().map(|cookie| (cookie.name, cookie.value)).collect();
            assert_eq!(read, *expected, "header {header:?}");
        }
    }

    #[test]
    fn the_first_of_several_wins_and_all_can_be_had() {
        let cookies = Cookies::new("id=deep; other=x; id=shallow; ID=upper");
        assert_eq!(cookies.get("id"), Some("deep"));
        assert_eq!(cookies.get_all("id").collect::<Vec<_>>(), ["deep", "shallow"]);
        assert_eq!(cookies.get("missing"), None);
    }

    #[test]
    fn decoding_borrows_unless_there_is_something_to_decode() {
        let cookies = Cookies::new("plain=a+b; escaped=a%20b%2Cc; broken=100%; cut=%C3; empty=");
        assert!(matches!(cookies.decoded("plain"), Some(Cow::Borrowed("a+b"))));
        assert_eq!(cookies.decoded("escaped").as_deref(), Some("a b,c"));
        assert_eq!(cookies.decoded("broken").as_deref(), Some("100%"));
        assert_eq!(cookies.decoded("cut").as_deref(), Some("\u{fffd}"));
        assert_eq!(cookies.decoded("empty").as_deref(), Some(""));
    }

    #[test]
    fn a_header_of_100_kilobytes_is_read_to_its_end() {
        let mut header = "=;".repeat(50_000);
        header.push_str("last=1");
        assert_eq!(Cookies::new(&header).get("last"), Some("1"));
    }

    proptest! {
        #[test]
        fn what_was_read_reads_the_same_again(header in "\\PC{0,80}|[ab=;\" \t%]{0,40}") {
            let is_plain = |cookie: &Cookie<'_>| cookie.value == unquote(trim(cookie.value));
            let first: Vec<_> = Cookies::new(&header).iter().filter(is_plain).collect();
            let mut written = alloc::string::String::new();
            for cookie in &first {
                written.push_str(cookie.name);
                written.push('=');
                written.push_str(cookie.value);
                written.push(';');
            }
            prop_assert_eq!(Cookies::new(&written).iter().collect::<Vec<_>>(), first);
        }
    }
}
