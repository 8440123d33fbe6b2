//! Visitors of whom some things are known, and their requests.

use footlight_core::profile::{COOKIE_NAME, Keys, Profile, encode};
use footlight_core::request::Request;

use crate::expression::{DOUBLES, INTS, LISTS, Random, SIGNALS, TEXTS, Type};
use crate::interpreter::Value;

/// 2026-11-20T00:00:00Z
pub(crate) const NOW_MS: i64 = 1_795_132_800_000;

/// What is known of a visitor, by signal.
#[derive(Debug, Default)]
pub(crate) struct Visitor {
    consents: bool,
    /// What the request carries, whether it may be read or not.
    carried: Vec<(&'static str, Value)>,
    recently_viewed: &'static [&'static str],
}

/// Signals that take consent.
const PROTECTED: [&str; 4] = ["custom.m", "custom.u", "custom.c", "visitor.recently_viewed"];

pub(crate) fn keys() -> Keys {
    Keys::new([b"a key for this test".as_slice()])
}

impl Visitor {
    pub(crate) fn new(random: &mut Random) -> Self {
        let mut carried = Vec::new();
        for (name, kind) in SIGNALS {
            if random.below(4) == 0 {
                continue;
            }
            let value = match kind {
                Type::Int => Value::Int(random.any(&INTS)),
                // What a shop sends has a few digits.
                Type::Double => Value::Double(random.any(&DOUBLES.map(|number| number.clamp(-1e6, 1e6)))),
                Type::Text => Value::Text(random.any(&TEXTS[1..]).to_owned()),
                Type::Bool => Value::Bool(random.below(2) == 0),
                Type::Timestamp | Type::Duration => continue,
            };
            carried.push((name, value));
        }
        Self { consents: random.below(3) > 0, carried, recently_viewed: random.any(&LISTS) }
    }

    pub(crate) fn signal(&self, name: &str) -> Value {
        if PROTECTED.contains(&name) && !self.consents {
            return Value::Unknown;
        }
        match name {
            "time.now" => Value::Timestamp(NOW_MS),
            "visitor.recently_viewed" => {
                Value::List(self.recently_viewed.iter().map(|text| Value::Text((*text).to_owned())).collect())
            }
            _ => {
                let found = self.carried.iter().find(|(carried, _)| *carried == name);
                found.map_or(Value::Unknown, |(_, value)| value.clone())
            }
        }
    }

    pub(crate) fn url(&self) -> String {
        let mut url = "https://differential.example/?".to_owned();
        for (name, value) in &self.carried {
            let text = match value {
                Value::Int(number) => number.to_string(),
                Value::Double(number) => number.to_string(),
                Value::Bool(value) => value.to_string(),
                Value::Text(text) => text.bytes().map(|byte| format!("%{byte:02x}")).collect(),
                other => panic!("{other:?} is not sent"),
            };
            url.push_str(&format!("{}={text}&", name.trim_start_matches("custom.")));
        }
        url
    }

    pub(crate) fn cookie(&self) -> String {
        let mut profile = Profile::new([7; 16], (NOW_MS / 60_000) as u32);
        profile.recently_viewed = self.recently_viewed.iter().map(|text| (*text).to_owned()).collect();
        let profile = encode(&profile, &keys()).unwrap();
        format!("{}{COOKIE_NAME}={profile}", if self.consents { "consent=all; " } else { "" })
    }

    pub(crate) fn request<'r>(&self, url: &'r str, cookie: &'r str) -> Request<'r> {
        Request {
            now_ms: NOW_MS,
            url,
            cookie,
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            ..Request::default()
        }
    }
}
