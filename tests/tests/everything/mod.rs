//! A shop that knows every signal, and visitors who differ in all of them.

use std::fmt::Write as _;

use footlight_compiler::{Compilation, Options, Sources, compile};
use footlight_core::bundle::GeoFact;
use footlight_core::profile::{COOKIE_NAME, Keys, Profile, encode};
use footlight_core::request::Request;
use footlight_core::signal::catalogue::entries;
use footlight_core::value::Type;
use proptest::prelude::*;
use proptest::sample::select;

/// 2026-11-20T10:00:00Z
pub(crate) const NOW_MS: i64 = 1_795_168_800_000;

/// Every signal that a condition can ask for, with its type.
pub(crate) fn signals() -> Vec<(String, Type)> {
    let named = [
        ("url.query.v", Type::Text),
        ("route.category", Type::Text),
        ("visitor.affinity.boots", Type::Double),
        ("answers.activity", Type::Text),
        ("custom.needed", Type::Text),
        ("custom.function", Type::Int),
        ("custom.analysis", Type::Text),
        ("custom.person", Type::Bool),
        ("custom.market", Type::Double),
    ];
    let plain = entries().map(|entry| (entry.name.to_owned(), entry.kind));
    plain.chain(named.map(|(name, kind)| (name.to_owned(), kind))).collect()
}

/// Conditions on a signal: whether it is known, and what it is.
pub(crate) fn conditions((name, kind): &(String, Type)) -> Vec<String> {
    let mut all = vec![format!("has({name})"), format!("!has({name})")];
    match kind {
        Type::Bool => all.push(name.clone()),
        Type::Int => all.push(format!("{name} > 1")),
        Type::Double => all.push(format!("{name} > 1.5")),
        Type::Text => all.push(format!("size({name}) > 4")),
        Type::TextList => all.push(format!("size({name}) > 1")),
        Type::Timestamp => all.push(format!("{name} > timestamp('2026-11-20T12:00:00Z')")),
        Type::Duration => {}
    }
    all
}

/// A rule: its slot, its condition, and what it shows.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) slot: &'static str,
    pub(crate) condition: String,
    pub(crate) shows: String,
}

/// A rule that depends on anything whatever.
pub(crate) fn rule() -> impl Strategy<Value = Drawn> {
    let signals = signals();
    let all: Vec<String> = signals.iter().flat_map(conditions).collect();
    let filled = signals.into_iter().filter(|(_, kind)| matches!(kind, Type::Text | Type::Int));
    let mut shown: Vec<String> =
        filled.map(|(name, _)| format!("text = \"with {{{{ {name} }}}}\"")).collect();
    shown.push("text = { en = \"hello\", de = \"hallo\" }".to_owned());
    shown.push("text = \"{{ money('3.50') }}\"".to_owned());
    let text = prop_oneof![3 => Just("text = \"hello\"".to_owned()), 1 => select(shown)];
    (select(vec!["a", "b", "c"]), select(all.clone()), select(all), 0..3, text).prop_map(
        |(slot, one, other, joined, shows)| {
            let condition = match joined {
                0 => one,
                1 => format!("{one} && {other}"),
                _ => format!("{one} || {other}"),
            };
            Drawn { slot, condition, shows }
        },
    )
}

/// The shop with these rules at its one stage, and what its `site.toml` claims.
pub(crate) fn shop(rules: &[Drawn], claim: Option<&str>) -> Compilation {
    let mut file = String::new();
    for (number, Drawn { slot, condition, shows }) in rules.iter().enumerate() {
        writeln!(
            file,
            "[[rule]]\nid = \"r{number}\"\nsegment = \"all\"\nwhen = \"{condition}\"\nslot = \"{slot}\"\nkind = \"localize\"\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"g\"\nowner = \"o\"\nreview = 2027-02-01\n{shows}"
        )
        .unwrap();
    }
    let site = include_str!("site.toml");
    let claim = claim.map_or(String::new(), |claim| format!("\n[stages.category]\ncache = \"{claim}\"\n"));
    let mut sources = Sources::new();
    sources.add("site.toml", format!("{site}{claim}"));
    sources.add("segments.toml", "[[segment]]\nid = \"all\"\nkind = \"need\"\ncondition = \"true\"\n");
    sources.add("category.toml", file);
    compile(&sources, Options { now_ms: NOW_MS })
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) url: &'static str,
    pub(crate) consent: &'static str,
    pub(crate) gpc: bool,
    pub(crate) agent: &'static str,
    pub(crate) language: &'static str,
    pub(crate) referrer: &'static str,
    pub(crate) save_data: bool,
    pub(crate) country: &'static str,
    pub(crate) needed: &'static str,
    pub(crate) hours: i64,
    /// `functional`
    pub(crate) function: (&'static str, &'static str, &'static str, &'static str),
    /// `personalization`
    pub(crate) person: (&'static str, Person),
}

/// A profile's content.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) visits: u16,
    pub(crate) orders: u16,
    pub(crate) spent_minor: i64,
    pub(crate) viewed: Vec<&'static str>,
    pub(crate) boots: u32,
    pub(crate) answer: bool,
}

pub(crate) fn keys() -> Keys {
    Keys::new([b"a key for this test".as_slice()])
}

pub(crate) const URLS: [&str; 4] = [
    "https://everything.example/c/boots",
    "https://everything.example/c/tents?v=2&utm_source=news&utm_medium=email&utm_campaign=winter",
    "https://everything.example/c/boots?product=p1&analysis=deep&market=2.5&gclid=abc",
    "https://everything.example/c/boots?utm_term=t&utm_content=teaser",
];

pub(crate) fn function() -> impl Strategy<Value = (&'static str, &'static str, &'static str, &'static str)> {
    (
        select(vec!["", "1", "3"]),
        select(vec!["", "1", "12"]),
        select(vec!["", "89.90", "1"]),
        select(vec!["", "18565", "80331"]),
    )
}

pub(crate) fn person() -> impl Strategy<Value = (&'static str, Person)> {
    let person = (
        1..5_u16,
        0..4_u16,
        select(vec![0_i64, 30_000, 90_000]),
        proptest::sample::subsequence(vec!["p1", "p2"], 0..=2),
        select(vec![0_u32, 1, 4]),
        any::<bool>(),
    );
    let person = person.prop_map(|(visits, orders, spent_minor, viewed, boots, answer)| Person {
        visits,
        orders,
        spent_minor,
        viewed,
        boots,
        answer,
    });
    (select(vec!["", "true", "false"]), person)
}

pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    const AGENTS: [&str; 4] = [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    ];
    const CONSENTS: [&str; 11] = [
        "",
        "all",
        "all",
        "functional",
        "analytics",
        "personalization",
        "marketing",
        "but-functional",
        "but-analytics",
        "but-personalization",
        "but-marketing",
    ];
    let request = (
        select(&URLS[..]),
        select(&CONSENTS[..]),
        prop::bool::weighted(0.1),
        select(&AGENTS[..]),
        select(vec!["", "de-CH,de;q=0.9", "fr"]),
        select(vec!["", "https://www.google.com/", "https://www.instagram.com/"]),
        any::<bool>(),
        select(vec!["", "DE", "CH", "JP"]),
        select(vec!["", "a", "something"]),
        0..30_i64,
    );
    (request, function(), person()).prop_map(
        |(
            (url, consent, gpc, agent, language, referrer, save_data, country, needed, hours),
            function,
            person,
        )| Facts {
            url,
            consent,
            gpc,
            agent,
            language,
            referrer,
            save_data,
            country,
            needed,
            hours,
            function,
            person,
        },
    )
}

impl Facts {
    pub(crate) fn cookie(&self) -> String {
        let Person { visits, orders, spent_minor, ref viewed, boots, answer } = self.person.1;
        let now = (NOW_MS / 60_000) as u32;
        let mut profile = Profile::new([7; 16], now - 50_000);
        profile.visits = visits;
        // Who is here for the first time still is.
        profile.last_seen_minutes = if visits == 1 { now - 5 } else { now - 3_000 };
        profile.orders = orders;
        profile.last_order_minutes = now - 4_000;
        profile.spent_minor = spent_minor;
        profile.recently_viewed = viewed.iter().map(|sku| (*sku).to_owned()).collect();
        for _ in 0..boots {
            profile.affinity.view("boots", now - 100, 14, 5);
        }
        if answer {
            let hash = footlight_core::hash::fnv1a;
            profile.answer(hash("activity"), hash("hiking"));
        }
        let profile = encode(&profile, &keys()).unwrap();
        let (function, items, value, _) = self.function;
        let consent = self.consent;
        format!(
            "consent={consent}; function={function}; cart_items={items}; cart_value={value}; {COOKIE_NAME}={profile}"
        )
    }

    /// The request; headers stand in the order in which the bundle asks for them.
    pub(crate) fn request<'r>(&'r self, cookie: &'r str, header_names: &[String]) -> Request<'r> {
        let header = |name: &String| match name.as_str() {
            "x-needed" => self.needed,
            _ => self.person.0,
        };
        let mut request = Request {
            now_ms: NOW_MS + self.hours * 3_600_000,
            entropy: [9; 16],
            url: self.url,
            cookie,
            user_agent: self.agent,
            gpc: if self.gpc { "1" } else { "" },
            accept_language: self.language,
            referrer: self.referrer,
            save_data: if self.save_data { "on" } else { "" },
            headers: header_names.iter().map(header).collect(),
            ..Request::default()
        };
        let postal = self.function.3;
        request.geo[GeoFact::Country as usize] = self.country;
        request.geo[GeoFact::PostalCode as usize] = postal;
        request.geo[GeoFact::City as usize] = if postal.is_empty() { "" } else { "Somewhere" };
        request.geo[GeoFact::Region as usize] = if self.country == "DE" { "BY" } else { "" };
        request.geo[GeoFact::TimeZone as usize] =
            if self.country == "CH" { "Europe/Zurich" } else { "Europe/Berlin" };
        request.geo[GeoFact::Eu as usize] = if self.country == "DE" { "1" } else { "" };
        request
    }
}
