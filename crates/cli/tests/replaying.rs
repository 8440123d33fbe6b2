//! A random log, replayed and decided request by request with the plain engine: the numbers are the same.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use footlight_compiler::{Options, Sources, compile};
use footlight_core::bundle::Bundle;
use footlight_core::consent::Purpose;
use footlight_core::decide::{Context, DefaultReason, Engine, Scratch};
use footlight_core::notes::Notes;
use footlight_core::profile::{self, Keys};
use footlight_core::request::Request;
use serde_json::{Value, json};
use support::{Random, demo, footlight_with_input, text};

const BEGIN_MS: i64 = 1_795_132_800_000;

struct View {
    at_ms: i64,
    visitor: u64,
    url: String,
    country: &'static str,
    language: &'static str,
    agent: &'static str,
    cookies: String,
    stock: &'static str,
    circle: &'static str,
}

fn views(seed: u64) -> Vec<View> {
    let mut random = Random(seed);
    let (mut at_ms, mut views) = (BEGIN_MS, Vec::new());
    for _ in 0..6_000 {
        // Some days, so that visitors return and caps open again.
        at_ms += i64::try_from(random.below(500_000)).unwrap();
        let visitor = random.below(60);
        let category = random.of(&["boots", "boots", "jackets", "tents", "packs", "camp"]);
        let url = match random.below(12) {
            0 => "/l/winter-hiking?utm_campaign=winter-hiking".to_owned(),
            1 => "/".to_owned(),
            2 => "/?utm_source=letter&utm_medium=email".to_owned(),
            3..6 => format!("/c/{category}{}", random.of(&["", "?for=running"])),
            6..8 => format!("/p/{category}-{}", random.below(9)),
            8 => "/cart".to_owned(),
            9 => "/checkout".to_owned(),
            10 => format!("/thank-you/{}", random.below(900)),
            _ => random.of(&["/orders/7", "/search?q=boots"]).to_owned(),
        };
        let consent = random.of(&["all", "all", "all", "all", "analytics", "essential"]);
        let mut cookies = format!("shop_consent={consent}");
        if random.below(3) == 0 {
            write!(cookies, "; cart_items=2; cart_value={}.90; last_order_value=310.00", random.below(200))
                .unwrap();
        }
        views.push(View {
            at_ms,
            visitor,
            url,
            country: random.of(&["DE", "DE", "AT", "CH", "FR", "US", "BR", ""]),
            language: random.of(&["de", "en", "fr-FR"]),
            agent: random.of(&[
                "Firefox/144.0",
                "Firefox/144.0",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6) Mobile/15E148",
                "Googlebot/2.1",
            ]),
            cookies,
            stock: random.of(&["", "", "3", "40"]),
            circle: random.of(&["", "", "", "gold"]),
        });
    }
    views
}

/// Visitors by whom something was counted, and how often.
#[derive(Default)]
struct Count {
    views: u64,
    visitors: BTreeSet<u64>,
}

impl Count {
    fn add(&mut self, visitor: u64) {
        self.views += 1;
        self.visitors.insert(visitor);
    }

    fn json(&self) -> Value {
        json!([self.views, self.visitors.len()])
    }
}

#[test]
fn a_replay_counts_what_the_plain_engine_decides() {
    let rules = demo();
    let (bundle, notes) = compiled(&rules);
    let engine = Engine::new(bundle);
    for seed in [0x5EED, 0xF00D] {
        println!("seed {seed:#x}");
        let views = views(seed);
        let mut log = String::new();
        for view in &views {
            let line = json!({
                "at": view.at_ms, "url": view.url, "visitor": format!("{:032x}", view.visitor + 1), "country": view.country,
                "language": view.language, "user_agent": view.agent, "cookies": view.cookies, "page": { "stock": view.stock },
                "headers": { "X-Firnwald-Circle": view.circle },
            });
            writeln!(log, "{line}").unwrap();
        }
        let arguments =
            ["simulate", "-", "--rules", &rules, "--format", "json", "--threads", "3", "--visitor", "id"];
        let output = footlight_with_input(&arguments, log.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let (mut got, expected) = (BTreeMap::new(), one_by_one(&engine, &notes, &views));
        for stage in answer["stages"].as_array().unwrap() {
            let name = stage["stage"].as_str().unwrap();
            got.insert(format!("stage {name}"), json!([stage["views"], stage["visitors"]]));
            got.insert(
                format!("personalized {name}"),
                json!([stage["personalized_views"], stage["personalized_visitors"]]),
            );
        }
        for rule in answer["rules"].as_array().unwrap() {
            let name = rule["rule"].as_str().unwrap();
            got.insert(format!("rule {name}"), json!([rule["views"], rule["visitors"]]));
            for stage in rule["stages"].as_array().unwrap() {
                let at = format!("rule {name} at {}", stage["stage"].as_str().unwrap());
                got.insert(at, json!([stage["won"], stage["visitors"]]));
            }
            for variant in rule["variants"].as_array().into_iter().flatten() {
                let of = format!("variant {name}/{}", variant["variant"].as_str().unwrap());
                got.insert(of, json!([variant["views"], variant["visitors"]]));
            }
        }
        got.retain(|_, count| *count != json!([0, 0]));
        assert_eq!(got, expected);
        assert_eq!(answer["left_out"]["bots"], views.iter().filter(|view| is_bot(&engine, view)).count());
        assert!(expected.len() > 60, "a log that hardly any rule wins in proves little: {}", expected.len());
        assert!(answer["rules"].as_array().unwrap().iter().any(|rule| {
            rule["stages"].as_array().unwrap().iter().any(|stage| stage["capped"].as_u64() > Some(0))
        }));
    }
}

fn is_bot(engine: &Engine, view: &View) -> bool {
    view.agent.contains("Googlebot") && engine.stage(&url(view)).is_some()
}

fn compiled(rules: &str) -> (Bundle, Notes) {
    fn add(sources: &mut Sources, root: &std::path::Path, folder: &std::path::Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(sources, root, &path);
            } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "html") {
                sources
                    .add(path.strip_prefix(root).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut sources = Sources::new();
    add(&mut sources, rules.as_ref(), rules.as_ref());
    let compilation = compile(&sources, Options { now_ms: BEGIN_MS });
    (compilation.bundle.unwrap(), compilation.notes)
}

fn url(view: &View) -> String {
    format!("https://firnwald.example{}", view.url)
}

/// What the engine decides, its cookie going to and fro as it does at the edge.
fn one_by_one(engine: &Engine, notes: &Notes, views: &[View]) -> BTreeMap<String, Value> {
    let keys = Keys::new([&b"a key of thirty-two random bytes"[..]]);
    let context = Context { keys: &keys, preview: None };
    let bundle = engine.bundle();
    let (mut cookies, mut scratch) = (BTreeMap::<u64, String>::new(), Scratch::default());
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut first_variant = BTreeMap::new();
    for view in views {
        let cookie = match cookies.get(&view.visitor) {
            Some(own) => format!("{}; {}={own}", view.cookies, profile::COOKIE_NAME),
            None => view.cookies.clone(),
        };
        let url = url(view);
        let is_stock = |place: usize| {
            let is_it = |origin: &_| matches!(origin, footlight_core::bundle::Origin::Page(page) if usize::from(*page) == place);
            bundle.site.page.stock.iter().any(is_it)
        };
        let page =
            (0..bundle.site.page_attributes.len()).map(|place| if is_stock(place) { view.stock } else { "" });
        let request = Request {
            now_ms: view.at_ms,
            entropy: u128::from(view.visitor + 1).to_be_bytes(),
            url: &url,
            cookie: &cookie,
            user_agent: view.agent,
            accept_language: view.language,
            geo: [view.country, "", "", "", "", ""],
            headers: bundle.site.headers.iter().map(|_| view.circle).collect(),
            page: page.collect(),
            ..Request::default()
        };
        let decision = engine.decide(&request, &context, &mut scratch);
        if let Some(profile) = &decision.profile {
            cookies.insert(view.visitor, profile::encode(profile, &keys).unwrap());
        }
        let (Some(stage), true) = (decision.stage, decision.counts) else { continue };
        assert_ne!(decision.reason, Some(DefaultReason::Bot));
        let stage = stage.name();
        let mut count = |name: String| counts.entry(name).or_default().add(view.visitor);
        count(format!("stage {stage}"));
        if !decision.winners.is_empty() {
            count(format!("personalized {stage}"));
        }
        for winner in &decision.winners {
            let (rule, variant) = winner.of(bundle).unwrap();
            let name = &notes.rules[winner.rule as usize];
            count(format!("rule {name}"));
            count(format!("rule {name} at {stage}"));
            if rule.experiment.is_some() {
                assert!(rule.purposes.contains(Purpose::Personalization));
                let variant = &notes.variants[usize::from(variant.name)];
                let first =
                    first_variant.entry((view.visitor, winner.rule)).or_insert_with(|| variant.clone());
                assert_eq!(first, variant, "visitors keep their variants");
                count(format!("variant {name}/{variant}"));
            }
        }
    }
    counts.into_iter().map(|(name, count)| (name, count.json())).collect()
}
