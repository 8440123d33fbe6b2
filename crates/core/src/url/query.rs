//! The query string as name and value pairs.

use alloc::borrow::Cow;

use super::percent;
use crate::ascii::{Pieces, cut, pieces};

/// A query string without its `?`, read as `application/x-www-form-urlencoded` (URL Standard, section 5.1).
/// Nothing is decoded until it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<'a> {
    text: &'a str,
}

impl<'a> Query<'a> {
    /// The query `text`, without the `?`.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The query as it stands in the URL.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// All pairs in order, decoded. Empty pairs (`&&`) are left out; a name without `=` has an empty value.
    pub fn pairs(self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        self.named().map(|(name, value)| (name, percent::decode_form(value)))
    }

    /// The value of the first pair called `name`.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        let mut pairs = pieces(self.text, b'&');
        while let Some((candidate, value)) = next_pair(&mut pairs) {
            if candidate == name {
                return Some(percent::decode_form(value));
            }
        }
        None
    }

    /// All pairs in order, with decoded names and the values as they stand.
    pub fn named(self) -> impl Iterator<Item = (Cow<'a, str>, &'a str)> {
        let mut pairs = pieces(self.text, b'&');
        core::iter::from_fn(move || next_pair(&mut pairs))
    }
}

/// The next pair that is not empty, its name decoded.
#[inline(never)]
fn next_pair<'a>(pairs: &mut Pieces<'a>) -> Option<(Cow<'a, str>, &'a str)> {
    loop {
        let pair = pairs.next()?;
        if !pair.is_empty() {
            let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
            return Some((percent::decode_form(name), value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn pairs_decode_as_forms_do() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            ("&&", &[]),
            ("a=1&b=2", &[("a", "1"), ("b", "2")]),
            ("a", &[("a", "")]),
            ("a=", &[("a", "")]),
            ("=1", &[("", "1")]),
            ("a=b=c", &[("a", "b=c")]),
            ("q=hiking+boots%21", &[("q", "hiking boots!")]),
            ("%71=1", &[("q", "1")]),
            ("a+b=c", &[("a b", "c")]),
            ("a=%FF%zz", &[("a", "\u{fffd}%zz")]),
            ("a=1;b=2", &[("a", "1;b=2")]),
            ("a=?&b=ü", &[("a", "?"), ("b", "ü")]),
        ];
        for (text, expected) in table {
            let pairs: Vec<_> = Query::new(text).pairs().collect();
            let read: Vec<_> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
            assert_eq!(read, *expected, "query {text:?}");
        }
    }

    #[test]
    fn the_first_pair_of_a_name_is_got() {
        let query = Query::new("x=0&q=first&q=second&%71=third");
        assert_eq!(query.get("q").as_deref(), Some("first"));
        assert_eq!(query.get("missing"), None);
        assert!(matches!(query.get("q"), Some(Cow::Borrowed("first"))));
    }

    proptest! {
        #[test]
        fn get_and_pairs_agree(text in "[ab=&%+61]{0,40}", name in "[ab]{0,2}") {
            let query = Query::new(&text);
            let by_pairs = query.pairs().find(|(candidate, _)| *candidate == name).map(|(_, value)| String::from(value));
            prop_assert_eq!(query.get(&name).map(String::from), by_pairs);
        }
    }
}
