//! What conditions can be made to choke on: it is an error that says so when the rules are compiled, or unknown when a
//! visitor comes, and never a panic, nor true by mistake.

use std::fmt::Write as _;

use footlight_compiler::{Diagnostic, Options, Sources, compile};
use footlight_core::bundle::{encode, load};
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::profile::Keys;
use footlight_core::request::Request;
use footlight_core::value::Truth;

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

fn sources(condition: &str, more: &str) -> Sources {
    let mut rules = String::new();
    for (id, condition) in [("is", condition.to_owned()), ("not", format!("!({condition})"))] {
        writeln!(
            rules,
            "[[rule]]\nid = \"{id}\"\nsegment = \"all\"\nwhen = '''{condition}'''\nslot = \"{id}\"\nkind = \"localize\"\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"g\"\nowner = \"o\"\ntext = \"hello\"\n{more}"
        )
        .unwrap();
        if !more.contains("review") {
            rules.push_str("review = 2027-02-01\n");
        }
    }
    let mut sources = Sources::new();
    let site = include_str!("cel_differential/site.toml");
    sources.add("site.toml", format!("{site}\n[slots.is]\n[slots.not]\n"));
    sources.add("segments.toml", "[[segment]]\nid = \"all\"\nkind = \"need\"\ncondition = \"true\"\n");
    sources.add("homepage.toml", rules);
    sources
}

fn compiled(condition: &str, more: &str) -> Result<Engine, Vec<Diagnostic>> {
    let compilation = compile(&sources(condition, more), Options { now_ms: NOW_MS });
    let Some(bundle) = compilation.bundle else {
        return Err(compilation.diagnostics.into_iter().filter(Diagnostic::is_error).collect());
    };
    let (bytes, _) = encode(&bundle, &[], 0).unwrap();
    Ok(Engine::new(load(&bytes, "").unwrap().bundle))
}

/// The codes of the errors that a condition gets, each once.
fn errors(condition: &str, more: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> =
        compiled(condition, more).err().unwrap_or_default().iter().map(|error| error.code.name).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What a condition is for a visitor who sends `query`.
fn truth(engine: &Engine, query: &str, now_ms: i64) -> Truth {
    let url = format!("https://differential.example/?{query}");
    let request = Request { now_ms, url: &url, ..Request::default() };
    let keys = Keys::default();
    let decision = engine.decide(&request, &Context { keys: &keys, preview: None }, &mut Scratch::default());
    // Of the same priority, they stand in the order of their names.
    let [is, not] = [0, 1].map(|rule| decision.winners.iter().any(|winner| winner.rule == rule));
    match (is, not) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        (false, false) => Truth::Unknown,
        (true, true) => panic!("both it and its negation hold"),
    }
}

#[test]
fn nesting_a_thousand_deep_is_an_error() {
    let nested = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    for depth in [1_000, 100_000] {
        for (open, inner, close) in [
            ("(", "custom.b", ")"),
            ("custom.b && (custom.c || ", "custom.b", ")"),
            ("custom.b ? custom.c : (", "custom.b", ")"),
            ("!(custom.c && ", "custom.b", ")"),
            ("(custom.n + ", "1", ") > 0"),
            ("['a'].exists(x, ", "x == 'a'", ")"),
            ("size(", "'a'", ") == 1"),
            ("[", "1", "] == []"),
            ("-(", "custom.n", ") == 1"),
        ] {
            let codes = errors(&nested(open, inner, close, depth), "");
            assert!(!codes.is_empty(), "{open} {depth} times");
            assert!(
                codes.iter().all(|code| [
                    "too-deep",
                    "bad-syntax",
                    "type-mismatch",
                    "not-a-condition",
                    "syntax"
                ]
                .contains(code)),
                "{open} {depth} times: {codes:?}"
            );
        }
        // What nests only as written is no depth.
        let chain = vec!["custom.n == 7"; depth].join(" || ");
        assert_eq!(truth(&compiled(&chain, "").unwrap(), "n=7", NOW_MS), Truth::True);
    }
    assert_eq!(errors(&nested("custom.b && (custom.c || ", "custom.b", ")", 1_000), ""), ["too-deep"]);
}

#[test]
fn a_list_of_100_000_values_is_looked_into_and_not_through() {
    let list = |element: &dyn Fn(usize) -> String| (0..100_000).map(element).collect::<Vec<_>>().join(", ");
    let ints = compiled(&format!("custom.n in [{}]", list(&|number| (number * 3).to_string())), "").unwrap();
    let texts = compiled(&format!("custom.t in [{}]", list(&|number| format!("'v{number}'"))), "").unwrap();
    let doubles = compiled(&format!("custom.d in [{}]", list(&|number| format!("{number}.5"))), "").unwrap();
    for (engine, query, expected) in [
        (&ints, "n=299997", Truth::True),
        (&ints, "n=299998", Truth::False),
        (&ints, "", Truth::Unknown),
        (&ints, "n=x", Truth::Unknown),
        (&texts, "t=v99999", Truth::True),
        (&texts, "t=v100000", Truth::False),
        (&texts, "", Truth::Unknown),
        (&doubles, "d=99999.5", Truth::True),
        (&doubles, "d=99999", Truth::False),
    ] {
        assert_eq!(truth(engine, query, NOW_MS), expected, "{query}");
    }
    assert_eq!(
        errors(&format!("custom.n in [{}]", list(&|number| format!("'v{number}'"))), ""),
        ["type-mismatch"]
    );
}

#[test]
fn what_has_no_result_is_an_error_when_it_is_written() {
    for condition in [
        "custom.n > 9223372036854775807 + 1",
        "custom.n > -9223372036854775808 - 1",
        "custom.n > 9223372036854775807 * 2",
        "custom.n > -(-9223372036854775807 - 1)",
        "custom.n > 1 / 0",
        "custom.n > 1 % 0",
        "custom.n / 0 == 1",
        "custom.n % 0 == 1",
        "custom.n / (1 - 1) == 1",
        "custom.d / 0.0 > 1.0",
        "custom.d > 1.0 / 0.0",
        "custom.d > 0.0 / 0.0",
        "custom.d > 1e308 * 10.0",
        "custom.d > -1e308 - 1e308",
    ] {
        assert_eq!(errors(condition, ""), ["constant-fault"], "{condition}");
    }
    for condition in ["custom.n > 9223372036854775808", "custom.d > 1e999", "custom.n > 99999999999999999999"]
    {
        assert_eq!(errors(condition, ""), ["number-too-large"], "{condition}");
    }
}

#[test]
fn what_has_no_result_is_unknown_when_a_visitor_comes() {
    for (condition, query) in [
        ("custom.n + 1 > 0", "n=9223372036854775807"),
        ("custom.n + 1 < 0", "n=9223372036854775807"),
        ("custom.n - 1 > 0", "n=-9223372036854775808"),
        ("custom.n * custom.n >= 0", "n=4294967296"),
        ("-custom.n > 0", "n=-9223372036854775808"),
        ("custom.n / -1 > 0", "n=-9223372036854775808"),
        ("custom.n % -1 == 0", "n=-9223372036854775808"),
        ("7 / custom.n > 0", "n=0"),
        ("7 / custom.n < 1", "n=0"),
        ("7 % custom.n == 0", "n=0"),
        ("7.0 / custom.d > 1.0", "d=0"),
        ("-7.0 / custom.d < 1.0", "d=0"),
        ("custom.d / custom.d == 1.0", "d=0"),
        ("custom.d / custom.d != 1.0", "d=0"),
        ("custom.d * 1e308 > 1.0", "d=1000"),
        ("custom.d * 1e308 - custom.d * 1e308 == 0.0", "d=1000"),
        ("custom.n == 1", "n=9223372036854775808"),
        ("custom.n == 1", "n=1.0"),
        ("custom.d > 0.0", "d=NaN"),
        ("custom.d > 0.0", "d=Infinity"),
        ("custom.d > 0.0", "d=inf"),
        ("custom.d > 0.0", "d=1e999"),
        ("!(custom.n / custom.n == 1)", "n=0"),
        ("has(custom.n) ? 1 / custom.n > 0 : true", "n=0"),
    ] {
        match compiled(condition, "") {
            Ok(engine) => {
                assert_eq!(truth(&engine, query, NOW_MS), Truth::Unknown, "{condition} where {query}")
            }
            Err(errors) => panic!("{condition}: {errors:?}"),
        }
    }
    // What does not depend on it is as it is.
    for (condition, expected) in [
        ("7 / custom.n > 0 || custom.n == 0", Truth::True),
        ("7 / custom.n > 0 && custom.n == 1", Truth::False),
        ("custom.n == 0 ? true : 7 / custom.n > 0", Truth::True),
    ] {
        assert_eq!(truth(&compiled(condition, "").unwrap(), "n=0", NOW_MS), expected, "{condition}");
    }
}

#[test]
fn dates_before_1970_and_after_2100_are_errors() {
    for condition in [
        "time.now > timestamp('1969-12-31T23:59:59Z')",
        "time.now > timestamp('2101-01-01T00:00:00Z')",
        "time.now > timestamp('9999-12-31T23:59:59Z')",
        "time.now > timestamp('0001-01-01T00:00:00Z')",
        "time.now > timestamp('1970-01-01T00:30:00+01:00')",
    ] {
        assert_eq!(errors(condition, ""), ["date-out-of-range"], "{condition}");
    }
    for condition in [
        "time.now > timestamp('2026-02-30T00:00:00Z')",
        "time.now > timestamp('2026-13-01T00:00:00Z')",
        "time.now > timestamp('12026-01-01T00:00:00Z')",
        "time.now > timestamp('2026-01-01')",
        "time.now > timestamp('')",
        "time.now - time.now > duration('1y')",
        "time.now - time.now > duration('99999999999999999999h')",
    ] {
        assert_eq!(errors(condition, ""), ["type-mismatch"], "{condition}");
    }
    for dates in [
        "from = 1969-12-31\n",
        "from = 2101-01-01\n",
        "until = 2101-01-01T00:00:00Z\n",
        "review = 2101-01-01\n",
        "review = 1969-12-31\n",
    ] {
        assert_eq!(errors("custom.b", dates), ["bad-date"], "{dates}");
    }
    assert!(compiled("custom.b", "from = 1970-01-01\nreview = 2100-12-31\n").is_ok());
}

#[test]
fn a_clock_that_is_far_off_makes_no_panic() {
    let engine = compiled("time.now > timestamp('2026-01-01T00:00:00Z') && time.shop_hour >= 0", "").unwrap();
    let later = compiled("time.now + duration('1h') > time.now", "").unwrap();
    assert_eq!(truth(&later, "", i64::MAX), Truth::Unknown);
    for now_ms in [i64::MIN, i64::MIN + 1, -1, 0, 4_133_980_800_000, i64::MAX - 1, i64::MAX] {
        truth(&engine, "", now_ms);
    }
}
