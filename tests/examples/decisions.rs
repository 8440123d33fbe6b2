//! Decides about random visitors of a bundle's site and prints, a line of JSON each, what they were and what they get.
//! The wasm module is held to the same answers: see `tests/wasm/native.test.js`.
//!
//! The cases of the demo's rules come first.
//!
//! `cargo run -p footlight-tests --example decisions -- BUNDLE COUNT SEED`

use footlight_compiler::cases::{self, Visit};
use footlight_compiler::{Sources, file};
use footlight_core::bundle;
use footlight_core::decide::{COOKIE_ATTRIBUTES, Context, Engine, Scratch};
use footlight_core::notes::Notes;
use footlight_core::profile::{COOKIE_NAME, Keys, Profile, Seen, encode};
use footlight_core::report::{Explanation, Report};
use footlight_core::request::Request;
use footlight_tests::demo;
use serde_json::json;

const KEY: [u8; 32] = [3; 32];
const START_MS: i64 = 1_793_000_000_000;

/// SplitMix64 (Steele et al., "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.iter_mut().for_each(|byte| *byte = self.next() as u8);
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len() as u64) as usize]
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("the path of a bundle");
    let count: u32 = arguments.next().map_or(10_000, |count| count.parse().expect("a count"));
    let seed: u64 = arguments.next().map_or(1, |seed| seed.parse().expect("a seed"));
    let bytes = std::fs::read(&path).expect("a bundle");
    let bundle = bundle::load(&bytes, "").expect("a bundle that loads").bundle;
    let notes = file::notes(&bytes).expect("a bundle's notes");
    let mut native = Native { engine: Engine::new(bundle), notes, scratch: Scratch::default() };

    let mut sources = Sources::new();
    demo::files().into_iter().for_each(|(path, bytes)| sources.add(path, bytes));
    let (cases, wrong) = cases::read(&sources, Some(native.engine.bundle()), &native.notes, START_MS);
    assert!(wrong.is_empty(), "{wrong:?}");
    for case in cases {
        let Ok(carried) = case.visit.carried(native.engine.bundle()) else { continue };
        native.print(&carried.request(), &Keys::new([&Visit::KEY[..]]), Some(&case.name));
    }
    let mut random = Random(seed);
    for _ in 0..count {
        let now_ms = START_MS + random.below(120 * 86_400_000) as i64;
        let values: Vec<String> =
            native.notes.facts.iter().map(|name| fact(name, now_ms, &mut random)).collect();
        let mut request = Request { now_ms, ..Request::default() };
        random.fill(&mut request.entropy);
        let facts = native.engine.bundle().facts.clone();
        facts.iter().zip(&values).for_each(|(fact, value)| fact.set(&mut request, value));
        native.print(&request, &Keys::new([&KEY[..]]), None);
    }
}

struct Native {
    engine: Engine,
    notes: Notes,
    scratch: Scratch,
}

impl Native {
    /// Prints a request as the worker would pack it, and what it gets.
    fn print(&mut self, request: &Request<'_>, keys: &Keys, case: Option<&str>) {
        let Self { engine, notes, scratch } = self;
        let context = Context { keys, preview: None };
        let decision = engine.decide(request, &context, scratch);
        let cookie = decision.profile.and_then(|profile| encode(&profile, keys));
        let mut trace = Vec::new();
        let explained = engine.explain(request, &context, scratch, &mut trace);
        let explanation = Explanation::read(&explained, &trace, notes).expect("a trace");
        let report = Report::of(&explained, Some(explanation), engine.bundle(), notes);
        let packed: Vec<&str> = engine.bundle().facts.iter().map(|fact| fact.get(request)).collect();
        let random = request.entropy.chunks_exact(4);
        let random = random.map(|bytes| u32::from_le_bytes(bytes.try_into().expect("four bytes")));
        println!(
            "{}",
            json!({
                "case": case,
                "packed": packed.join("\n"),
                "page": request.page,
                "now": request.now_ms,
                "random": random.collect::<Vec<_>>(),
                "cookie": cookie.map_or_else(String::new, |value| format!("{COOKIE_NAME}={value}{COOKIE_ATTRIBUTES}")),
                "report": serde_json::to_string(&report).expect("JSON"),
            })
        );
    }
}

fn fact(name: &str, now_ms: i64, random: &mut Random) -> String {
    if name != "header:cookie" && random.below(8) == 0 {
        return String::new();
    }
    match name {
        "url" => url(random),
        "header:cookie" => cookie(now_ms, random),
        "header:user-agent" => random
            .one_of(&[
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "\u{fffd}\u{0}(((",
            ])
            .into(),
        "header:accept-language" => random.one_of(&["de-CH,de;q=0.9", "fr", "en-US,en;q=0.5", "ja;q=x", "*"]).into(),
        "header:referer" => random.one_of(&["https://www.google.com/", "https://t.co/x", "https://shop.example/"]).into(),
        "header:sec-gpc" => random.one_of(&["1", "0"]).into(),
        "cf:country" => random.one_of(&["DE", "CH", "AT", "US", "JP", "GB", "FR", "XX", "T1", "ZZ"]).into(),
        "cf:postalCode" => random.one_of(&["87435", "25938", "3011", "97205"]).into(),
        "cf:regionCode" => random.one_of(&["BY", "BE", "OR"]).into(),
        "cf:timezone" => random.one_of(&["Europe/Berlin", "America/Los_Angeles", "Mars/Base"]).into(),
        "cf:isEUCountry" => "1".into(),
        _ => random.one_of(&["gold", "on", "prefetch", "?1", "\"Android\"", "true"]).into(),
    }
}

fn url(random: &mut Random) -> String {
    let path = random.one_of(&[
        "/",
        "/l/winter-hiking",
        "/l/newsletter-november",
        "/c/boots",
        "/c/tents",
        "/p/kammweg-mid",
        "/p/biwak-1",
        "/cart",
        "/checkout",
        "/thank-you/FW-1042",
        "/orders/FW-1042",
        "/imprint",
        "/c/%F0%9F%A5%BE",
    ]);
    let query = random.one_of(&[
        "",
        "?utm_source=newsletter&utm_medium=email",
        "?utm_campaign=winter-hiking",
        "?utm_term=trail+shoes&gclid=1",
        "?for=running",
        "?%%%=&&a",
        "?utm_campaign=first-tent",
    ]);
    format!("https://shop.example{path}{query}")
}

/// A cookie header: with or without consent, a cart, and a profile that is genuine, altered or none.
fn cookie(now_ms: i64, random: &mut Random) -> String {
    let consent = random.one_of(&[
        "",
        "shop_consent=all",
        "shop_consent=all",
        "shop_consent=essential",
        "shop_consent=analytics",
    ]);
    let cart = random.one_of(&[
        "",
        "cart_items=2; cart_value=49.80",
        "cart_value=75.00; cart_items=1",
        "cart_value=x",
    ]);
    let mut header = format!("{consent}; {cart}");
    if random.below(3) > 0 {
        let mut value =
            encode(&profile(now_ms, random), &Keys::new([&KEY[..]])).expect("a profile that fits");
        if random.below(5) == 0 {
            value.replace_range(3..4, "_");
        }
        header.push_str(&format!("; {COOKIE_NAME}={value}"));
    }
    header
}

fn profile(now_ms: i64, random: &mut Random) -> Profile {
    let now = u32::try_from(now_ms / 60_000).expect("a time of this century");
    let mut at = now - random.below(90 * 1_440) as u32;
    let mut profile = Profile::new([random.next() as u8; 16], at);
    let limits = footlight_core::bundle::ProfileLimits {
        categories: 5,
        recently_viewed: 6,
        affinity_half_life_days: 14,
        visit_gap_minutes: 30,
    };
    for _ in 0..random.below(12) {
        at = (at + random.below(20 * 1_440) as u32).min(now);
        profile.arrive(at, limits.visit_gap_minutes);
        let category = Some(random.one_of(&["boots", "tents", "jackets", "packs"]));
        profile.see(Seen { category, product: Some("kammweg-mid") }, at, limits);
        if random.below(6) == 0 {
            profile.order(random.next() as u32, Some(random.below(90_000) as i64), at);
        }
    }
    profile
}
