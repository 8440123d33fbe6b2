//! Which visitor a request is of.

use std::hash::Hasher as _;

use footlight_core::cookie::Cookies;
use siphasher::sip128::{Hasher128 as _, SipHasher13};

use super::fields::{Field, Line};

/// How visitors are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VisitorBy {
    /// The log's own id; where it has none, address and browser.
    Id,
    /// A cookie; where there is none, as `Id`.
    Cookie(String),
    /// Address and browser.
    Client,
}

impl VisitorBy {
    /// Reads `id`, `client` or `cookie:NAME`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "id" => Ok(Self::Id),
            None if text == "client" => Ok(Self::Client),
            Some(("cookie", name)) if !name.is_empty() => Ok(Self::Cookie(name.to_owned())),
            _ => Err("write `id`, `client`, or `cookie:NAME` with the name of a cookie".to_owned()),
        }
    }
}

/// What a visitor was told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// The log's own id.
    Id,
    /// A cookie.
    Cookie,
    /// Address and browser.
    Client,
    /// Nothing: each request is somebody else's.
    Nobody,
}

impl Identity {
    pub(crate) const ALL: [Self; 4] = [Self::Id, Self::Cookie, Self::Client, Self::Nobody];

    /// A stable name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Cookie => "cookie",
            Self::Client => "client",
            Self::Nobody => "nobody",
        }
    }

    /// What it is, for people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Id => "the log's id",
            Self::Cookie => "a cookie",
            Self::Client => "address and browser",
            Self::Nobody => "nothing, so that each request counts as a visitor",
        }
    }
}

/// A visitor: 128 bits, the same for the same visitor, wherever and whenever the log is replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visitor {
    pub(super) identity: Identity,
    pub(super) id: [u8; 16],
}

impl Visitor {
    /// Whom a line is of; `line_key` tells lines without any visitor apart.
    pub(super) fn of(line: &Line<'_>, by: &VisitorBy, line_key: u64) -> Self {
        if let VisitorBy::Cookie(name) = by
            && let Some(value) =
                Cookies::new(line.get(Field::Cookie)).get(name).filter(|value| !value.is_empty())
        {
            return Self::named(Identity::Cookie, value);
        }
        if *by != VisitorBy::Client && !line.visitor.is_empty() {
            return Self::named(Identity::Id, &line.visitor);
        }
        if line.address.is_empty() {
            return Self { identity: Identity::Nobody, id: hash(&[&line_key.to_le_bytes()]) };
        }
        let agent = line.get(Field::UserAgent).as_bytes();
        Self { identity: Identity::Client, id: hash(&[line.address.as_bytes(), b" ", agent]) }
    }

    /// A name that is 32 hexadecimal digits is a profile's own id, and stays it: the visitor is in the variants that they
    /// were in.
    fn named(identity: Identity, name: &str) -> Self {
        let own = (name.len() == 32).then(|| u128::from_str_radix(name, 16).ok()).flatten();
        Self { identity, id: own.map_or_else(|| hash(&[name.as_bytes()]), u128::to_be_bytes) }
    }

    /// Names the visitor in tables, never 0; none for nobody.
    pub(super) fn key(&self) -> u64 {
        if self.identity == Identity::Nobody {
            return 0;
        }
        // An id of its own need not be random.
        let mut hasher = SipHasher13::new();
        hasher.write(&self.id);
        hasher.finish128().h1.max(1)
    }
}

fn hash(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = SipHasher13::new();
    parts.iter().for_each(|part| hasher.write(part));
    hasher.finish128().as_bytes()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn line(visitor: &'static str, cookie: &'static str, address: &'static str) -> Line<'static> {
        let mut line =
            Line { visitor: Cow::Borrowed(visitor), address: Cow::Borrowed(address), ..Line::default() };
        line.set(Field::Cookie, Cow::Borrowed(cookie));
        line.set(Field::UserAgent, Cow::Borrowed("Firefox/144.0"));
        line
    }

    #[test]
    fn visitors_are_told_apart_by_what_was_asked_for_and_there() {
        let by_cookie = VisitorBy::Cookie("sid".to_owned());
        for (by, line, expected) in [
            (&VisitorBy::Id, line("v1", "sid=s1", "192.0.2.1"), Identity::Id),
            (&VisitorBy::Id, line("", "sid=s1", "192.0.2.1"), Identity::Client),
            (&VisitorBy::Id, line("", "sid=s1", ""), Identity::Nobody),
            (&VisitorBy::Client, line("v1", "sid=s1", "192.0.2.1"), Identity::Client),
            (&by_cookie, line("v1", "a=1; sid=s1", "192.0.2.1"), Identity::Cookie),
            (&by_cookie, line("v1", "a=1", "192.0.2.1"), Identity::Id),
            (&by_cookie, line("", "sid=", "192.0.2.1"), Identity::Client),
        ] {
            assert_eq!(Visitor::of(&line, by, 1).identity, expected, "{by:?}");
        }
        let nobody = |key| Visitor::of(&line("", "", ""), &VisitorBy::Id, key);
        assert_ne!(nobody(1).id, nobody(2).id);
        assert_eq!(nobody(1).key(), 0);
    }

    #[test]
    fn an_id_of_a_profile_stays_it() {
        let own = "000102030405060708090a0b0c0d0e0f";
        let visitor = Visitor::of(&line(own, "", ""), &VisitorBy::Id, 1);
        assert_eq!(visitor.id, core::array::from_fn(|index| index as u8));
    }
}
