//! Replaying logs: every number of a small log is one that can be counted by hand, and those of a large one are what the plain
//! engine comes to, request by request.

mod support;

use std::io::Write as _;

use serde_json::Value;
use support::{Random, Scratch, footlight, footlight_with_input, shop, text};

/// What a visitor of the shop of `fixtures/shop` does, and what else is in a log.
const LOG: &[u8] = b"\
{\"at\":\"2026-11-20T10:00:00Z\",\"url\":\"/c/boots\",\"visitor\":\"anna\",\"country\":\"DE\",\"cookies\":\"consent=all\"}
{\"at\":\"2026-11-20T10:01:00Z\",\"url\":\"/c/boots?page=2\",\"visitor\":\"anna\",\"country\":\"DE\",\"cookies\":{\"consent\":\"all\"}}
{\"at\":\"2026-11-20T10:02:00Z\",\"url\":\"/c/boots\",\"visitor\":\"anna\",\"country\":\"DE\",\"cookies\":\"consent=all\"}
this is no JSON
{\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"anna\",\"country\":\"DE\",\"cookies\":\"consent=all\"}
{\"at\":\"2026-11-21T10:05:00Z\",\"url\":\"/p/x1\",\"visitor\":\"anna\",\"country\":\"DE\",\"cookies\":\"consent=all\"}
{\"at\":\"2026-11-21T11:00:00Z\",\"url\":\"https://fjell.example/\",\"visitor\":\"beat\",\"country\":\"CH\"}
{\"at\":\"2026-11-21T11:05:00Z\",\"url\":\"/cart\",\"visitor\":\"beat\",\"country\":\"CH\"}
{\"at\":\"2026-11-21T11:06:00Z\",\"url\":\"/cart\",\"visitor\":\"beat\",\"country\":\"CH\",\"method\":\"POST\"}
{\"at\":\"2026-11-21T11:07:00Z\",\"url\":\"/p/gone\",\"visitor\":\"beat\",\"country\":\"CH\",\"status\":404}
{\"at\":\"2026-11-21T11:08:00Z\",\"url\":\"/p/x1\",\"visitor\":\"beat\",\"content_type\":\"application/json; charset=utf-8\"}
{\"at\":\"2026-11-21T12:00:00Z\",\"url\":\"/p/x1\",\"ip\":\"192.0.2.1\",\"user_agent\":\"Firefox/144.0\",\"country\":\"BR\"}
{\"at\":\"2026-11-21T11:59:00Z\",\"url\":\"/p/x2\",\"ip\":\"192.0.2.1\",\"user_agent\":\"Firefox/144.0\",\"country\":\"BR\"}
{\"at\":\"2026-11-21T12:02:00Z\",\"url\":\"/\",\"ip\":\"192.0.2.2\",\"user_agent\":\"Googlebot/2.1\"}
{\"at\":\"2026-11-21T12:03:00Z\",\"url\":\"/account/orders\",\"visitor\":\"anna\"}
{\"at\":\"2026-11-21T12:04:00Z\",\"url\":\"/\",\"visitor\":\"anna\",\"headers\":{\"Sec-Purpose\":\"prefetch\"}}
{\"at\":\"2026-11-21T12:05:00Z\"}
{\"at\":-7,\"url\":\"/\"}
{\"at\":\"2026-11-21T12:05:00Z\",\"url\":\"/caf\xE9\"}

{\"at\":\"2026-11-21T12:06:00Z\",\"url\":\"/\"}\r
{\"at\":\"2026-11-21T12:06:00Z\",\"url\":";

fn simulate(log: &[u8], arguments: &[&str]) -> Value {
    let shop = shop();
    let mut all = vec!["simulate", "-", "--rules", &shop, "--format", "json"];
    all.extend(arguments);
    let output = footlight_with_input(&all, log);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn named<'a>(all: &'a Value, key: &str, name: &str) -> &'a Value {
    all.as_array()
        .unwrap()
        .iter()
        .find(|one| one[key] == name)
        .unwrap_or_else(|| panic!("no {name} in {all}"))
}

#[test]
fn every_number_of_a_small_log_is_the_one_that_is_counted_by_hand() {
    for threads in ["1", "2", "5"] {
        let answer = simulate(LOG, &["--threads", threads]);
        let log = &answer["log"];
        // 21 lines that are not empty; of them five are no requests, and 13 are page views, a bot's and a prefetch included.
        assert_eq!((&log["lines"], &log["bad_lines"], &log["requests"]), (&21.into(), &5.into(), &13.into()));
        assert_eq!(
            log["bad_lines_by_reason"],
            serde_json::json!({ "not-json": 2, "no-url": 1, "negative-time": 1, "not-utf-8": 1 })
        );
        let first = log["first_bad_lines"].as_array().unwrap();
        let lines: Vec<u64> = first.iter().map(|bad| bad["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [4, 17, 18, 19, 22]);
        assert_eq!(first[0]["begins"], "this is no JSON");
        assert_eq!(log["visitors_by"], serde_json::json!({ "id": 9, "client": 3, "nobody": 1 }));
        assert_eq!(
            (&log["from"], &log["until"]),
            (&"2026-11-20T10:00:00Z".into(), &"2026-11-21T12:06:00Z".into())
        );
        assert_eq!(
            answer["left_out"],
            serde_json::json!({ "no_stage": 1, "bots": 1, "prefetches": 1, "method": 1, "status": 1, "content_type": 1 })
        );
        // anna, beat, the one from Brazil, and the one of whom nothing is known.
        assert_eq!((&answer["visitors"], &answer["views_out_of_order"]), (&4.into(), &1.into()));

        let stage = |name: &str| named(&answer["stages"], "stage", name);
        let numbers = |name: &str| {
            let stage = stage(name);
            ["views", "visitors", "consented_views", "personalized_views", "held_out_views"]
                .map(|key| stage[key].as_u64().unwrap())
        };
        assert_eq!(numbers("homepage"), [3, 3, 1, 2, 0]);
        assert_eq!(numbers("category"), [3, 1, 3, 0, 0]);
        assert_eq!(numbers("product"), [3, 2, 1, 1, 0]);
        assert_eq!(numbers("cart"), [1, 1, 0, 1, 0]);
        assert_eq!(numbers("checkout"), [0, 0, 0, 0, 0]);
        // Nobody knows the market of Brazil, nor of one who is from nowhere.
        let market = named(&stage("product")["unknown_signals"], "signal", "market.id");
        assert_eq!((&market["views"], &market["no_consent_views"]), (&2.into(), &0.into()));
        let visits = named(&stage("homepage")["unknown_signals"], "signal", "visitor.visits");
        assert_eq!((&visits["views"], &visits["no_consent_views"]), (&2.into(), &2.into()));

        let segment = |name: &str| named(&answer["segments"], "segment", name);
        assert_eq!(
            (&segment("everybody")["visitors"], &segment("everybody")["share"]),
            (&4.into(), &1.0.into())
        );
        assert_eq!((&segment("abroad")["visitors"], &segment("abroad")["share"]), (&1.into(), &0.25.into()));
        assert_eq!(segment("returning-hikers")["visitors"], 1);
        let hikers = named(&segment("returning-hikers")["stages"], "stage", "homepage");
        assert_eq!((&hikers["views"], &hikers["unknown_views"]), (&1.into(), &2.into()));

        let rule =
            |name: &str, stage: &str| named(&named(&answer["rules"], "rule", name)["stages"], "stage", stage);
        let hikers = rule("home-hero-hikers", "homepage");
        assert_eq!(
            (&hikers["won"], &hikers["applied"], &hikers["unknown"]),
            (&1.into(), &1.into(), &2.into())
        );
        // anna is won by the hikers' rule; the other two see winter.
        let winter = rule("home-hero-winter", "homepage");
        assert_eq!(
            (&winter["won"], &winter["applied"], &winter["lost"], &winter["conflicts"]),
            // Who is from nowhere has no currency to write `money` in.
            (&1.into(), &3.into(), &1.into(), &0.into())
        );
        assert_eq!(winter["no_content"], 1);
        assert_eq!(
            named(&answer["rules"], "rule", "home-hero-winter")["lost_to"],
            serde_json::json!([{ "rule": "home-hero-hikers", "views": 1, "same_priority": false }])
        );
        let abroad = named(&answer["rules"], "rule", "prices-abroad");
        assert_eq!(
            (&abroad["views"], &abroad["visitors"], &abroad["share"]),
            (&2.into(), &1.into(), &0.25.into())
        );
        assert_eq!(
            (&rule("tax-abroad", "cart")["won"], &rule("shipping-promise", "product")["won"]),
            (&1.into(), &1.into())
        );
    }
}

#[test]
fn what_is_assumed_is_what_was_said() {
    let log = b"{\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"a\",\"headers\":{\"Sec-GPC\":\"1\"}}\n\
        {\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"b\"}\n";
    for (consent, expected) in [
        ("log", 0),
        ("all", 1),
        ("none", 0),
        ("personalization", 1),
        ("analytics,functional", 0),
        ("0%", 0),
        ("100%", 1),
    ] {
        let answer = simulate(log, &["--consent", consent]);
        assert_eq!(named(&answer["stages"], "stage", "homepage")["consented_views"], expected, "{consent}");
    }
    let abroad = |arguments: &[&str]| {
        named(&simulate(log, arguments)["segments"], "segment", "abroad")["visitors"].clone()
    };
    assert_eq!((abroad(&[]), abroad(&["--country", "CH"])), (0.into(), 2.into()));
    // Winter begins in November.
    let winter = |arguments: &[&str]| {
        let answer = simulate(log, arguments);
        named(&named(&answer["rules"], "rule", "home-hero-winter")["stages"], "stage", "homepage").clone()
    };
    assert_eq!(winter(&["--country", "CH"])["won"], 2);
    let october = winter(&["--country", "CH", "--starting", "2026-10-01T00:00:00Z"]);
    assert_eq!((&october["won"], &october["too_early"]), (&0.into(), &2.into()));
}

#[test]
fn a_log_is_read_however_it_is_packed_and_written() {
    let scratch = Scratch::new("packed");
    let expected = simulate(LOG, &["--threads", "1"])["stages"].clone();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(LOG).unwrap();
    // The end decides nothing, and two packed logs after each other are one.
    let (first, second) = LOG.split_at(500);
    let zstd = [zstd::encode_all(first, 1).unwrap(), zstd::encode_all(second, 1).unwrap()].concat();
    let bom = [b"\xEF\xBB\xBF", LOG].concat();
    for (name, bytes) in [("a.log", gz.finish().unwrap()), ("b", zstd), ("c.gz", LOG.to_vec()), ("d", bom)] {
        let path = scratch.write(name, bytes);
        let output = footlight(&["simulate", &path, "--rules", &shop(), "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["stages"], expected, "{name}");
    }
    let combined =
        b"192.0.2.7 - - [21/Nov/2026:11:00:00 +0100] \"GET / HTTP/1.1\" 200 2326 \"-\" \"Firefox/144.0\"\n";
    let logpush = b"{\"EdgeStartTimestamp\":\"2026-11-21T10:00:00Z\",\"ClientRequestURI\":\"/\",\"ClientIP\":\"192.0.2.7\",\"ClientCountry\":\"ch\"}\n";
    for (log, format) in [(&combined[..], "combined"), (&logpush[..], "logpush")] {
        let answer = simulate(log, &["--country", "CH"]);
        assert_eq!(answer["log"]["files"][0]["format"], format);
        assert_eq!(named(&answer["rules"], "rule", "home-hero-winter")["views"], 1, "{format}");
    }
    // A bundle's file says the same as the rules that it was built from.
    let bundle = scratch.path("shop.footlight");
    assert_eq!(footlight(&["build", "--rules", &shop(), "--output", &bundle]).status.code(), Some(0));
    let output = footlight_with_input(&["simulate", "-", "--rules", &bundle, "--format", "json"], LOG);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["stages"], expected);
}

#[test]
fn what_is_no_log_is_refused_with_what_to_do() {
    let scratch = Scratch::new("no-log");
    let shop = shop();
    for (name, bytes, said) in [
        ("empty", &b""[..], "there is nothing in"),
        ("blank", b"\n\n\n", "there is nothing in"),
        ("page", b"<!doctype html>\n<title>Not found</title>\n", "looks like a request"),
        ("utf-16", b"\xFF\xFE{\0\"\0", "iconv -f UTF-16"),
        ("xz", b"\xFD7zXZ\0\0\0", "xz -dc"),
        ("bz2", b"BZh91AY", "bzip2 -dc"),
        ("zip", b"PK\x03\x04", "unzip -p"),
        ("half", b"\x1F\x8B\x08\0\0\0\0\0\0\x03", "cannot read"),
        (
            "objects",
            b"{\"path\":\"/\"}\n{}\n",
            "none of the log's 2 lines is a request; line 1: without a URL",
        ),
    ] {
        let path = scratch.write(name, bytes);
        let output = footlight(&["simulate", &path, "--rules", &shop]);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {stderr}");
        assert!(stderr.contains(said), "{name}: {stderr}");
    }
    let (folder, nowhere) = (scratch.path(""), scratch.path("nowhere"));
    for (path, said) in [(&folder, "is a folder, not a log"), (&nowhere, "cannot read")] {
        let output = footlight(&["simulate", path, "--rules", &shop]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
    for (arguments, said) in [
        (["--visitor", "shoe-size"], "write `id`, `client`"),
        (["--consent", "gladly"], "write `log`, `all`"),
        (["--consent", "130%"], "from `0%` to `100%`"),
        (["--starting", "soon"], "`soon` is no point in time"),
    ] {
        let output =
            footlight_with_input(&[&["simulate", "-", "--rules", &shop], &arguments[..]].concat(), LOG);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}

#[test]
fn a_log_that_is_cut_off_counts_up_to_there_and_says_so() {
    let scratch = Scratch::new("cut");
    let mut random = Random(7);
    let mut log = Vec::new();
    for line in 0..20_000 {
        let visitor = random.below(1 << 40);
        writeln!(log, "{{\"at\":{},\"url\":\"/\",\"visitor\":\"{visitor}\"}}", 1_795_132_800 + line).unwrap();
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&log).unwrap();
    let gz = gz.finish().unwrap();
    let zstd = zstd::encode_all(&log[..], 1).unwrap();
    for packed in [gz, zstd] {
        let path = scratch.write("half", &packed[..packed.len() / 2]);
        let output = footlight(&["simulate", &path, "--rules", &shop(), "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let requests = answer["log"]["requests"].as_u64().unwrap();
        assert!((1_000..19_000).contains(&requests), "{requests}");
        assert_eq!(answer["log"]["bad_lines"], 0, "the line that was cut is no bad line");
        assert!(answer["log"]["files"][0]["cut_off"].is_string());
        let output = footlight(&["simulate", &path, "--rules", &shop()]);
        assert!(text(&output.stdout).contains("ends in the middle"));
    }
}

#[test]
fn a_line_of_a_megabyte_is_one_bad_line() {
    let long = format!("{{\"at\":1,\"url\":\"/{}\"}}\n", "x".repeat(1 << 20));
    let longish = format!("{{\"at\":1,\"url\":\"/{}\"}}\n", "x".repeat(200_000));
    let log = [LOG, b"\n", long.as_bytes(), longish.as_bytes(), LOG].concat();
    let answer = simulate(&log, &[]);
    assert_eq!(answer["log"]["bad_lines_by_reason"]["too-long"], 2);
    assert_eq!(answer["log"]["lines"], 44);
}

#[test]
fn who_is_forgotten_is_counted_and_said() {
    let mut log = Vec::new();
    for round in 0..2 {
        for visitor in 0..50 {
            writeln!(log, "{{\"at\":{},\"url\":\"/\",\"visitor\":\"{visitor}\"}}", 1_795_132_800 + round)
                .unwrap();
        }
    }
    let all = simulate(&log, &["--threads", "1"]);
    assert_eq!((&all["visitors"], &all["visitors_forgotten"]), (&50.into(), &0.into()));
    let few = simulate(&log, &["--threads", "1", "--remember", "10"]);
    assert_eq!((&few["visitors"], &few["visitors_forgotten"]), (&100.into(), &90.into()));
}

#[test]
fn text_is_for_people_and_saved_shares_are_warned_of() {
    let scratch = Scratch::new("save");
    let rules = scratch.copy(&shop(), "rules");
    let log = scratch.write("access.log", LOG);
    let output = footlight(&["simulate", &log, "--rules", &rules, "--save"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for expected in [
        "13 requests of 4 visitors from 2026-11-20 to 2026-11-21",
        "told apart by the log's id; where there is none, by address and browser",
        "5 of 21 lines could not be read",
        "access.log:4: not-json: this is no JSON",
        "Rules: homepage, 3 views",
        "traffic.toml written",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let traffic = std::fs::read_to_string(format!("{rules}/traffic.toml")).unwrap();
    assert!(
        traffic.contains("[segment.abroad]\ncondition = \"") && traffic.contains("visitors = 0.2500"),
        "{traffic}"
    );
    // Nobody is at the edge of these shares, so nothing is to be said; with others there is.
    let check = |expected: &str| {
        let output = footlight(&["check", "--rules", &rules, "--at", "2026-11-20T00:00:00Z"]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
    };
    check("");
    let path = format!("{rules}/traffic.toml");
    let change = |from: &str, to: &str| std::fs::write(&path, traffic.replace(from, to)).unwrap();
    change("visitors = 0.2500", "visitors = 0.0004");
    check("warning[rare-segment]: hardly anybody is in the segment `abroad`");
    change("visitors = 0.2500", "visitors = 0.9950");
    check("warning[common-segment]: nearly everybody is in the segment `returning-hikers`");
    change("visitors = 0.2500", "visitors = often");
    check("warning[bad-traffic]");
    let elsewhere = footlight(&["simulate", &log, "--rules", &log, "--save"]);
    assert_eq!(elsewhere.status.code(), Some(2));
}
