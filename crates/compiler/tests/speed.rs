//! Large rule sets: checking takes time in proportion to what is there.

use std::fmt::Write as _;
use std::time::Instant;

use footlight_compiler::file::encode;
use footlight_compiler::{Options, Sources, compile};

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

const COUNTRIES: [&str; 8] = ["DE", "AT", "CH", "FR", "GB", "US", "NL", "SE"];

/// A shop with many rules over shared segments.
fn shop(rules: usize) -> Sources {
    let mut sources = Sources::new();
    sources.add("site.toml", include_str!("diagnostics/base/site.toml"));
    let mut segments = String::new();
    for index in 0..rules / 10 {
        writeln!(
            segments,
            "[[segment]]\nid = \"s{index}\"\nkind = \"need\"\ncondition = \"traffic.campaign == 'c{index}' || geo.country in ['{}', '{}']\"",
            COUNTRIES[index % 8],
            COUNTRIES[(index + 3) % 8],
        )
        .unwrap();
    }
    sources.add("segments.toml", segments);
    let mut file = String::new();
    for index in 0..rules {
        writeln!(
            file,
            "[[rule]]\nid = \"r{index}\"\nsegment = \"s{}\"\nwhen = \"route.category == 'k{}' && device.class == 'phone' && url.query.v == '{index}'\"\nslot = \"hero\"\nkind = \"welcome\"\npriority = {}\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"g\"\nowner = \"o\"\nreview = 2027-02-01\nheadline = \"Number {index} in {{{{ geo.country }}}}\"",
            index % (rules / 10),
            index % 50,
            index % 7,
        )
        .unwrap();
    }
    sources.add("category.toml", file);
    sources
}

fn seconds(sources: &Sources) -> (f64, usize) {
    let start = Instant::now();
    let compilation = compile(sources, Options { now_ms: NOW_MS });
    let elapsed = start.elapsed().as_secs_f64();
    let errors: Vec<_> = compilation.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (elapsed, encode(&compilation.bundle.unwrap(), &compilation.notes, 0).unwrap().0.len())
}

#[test]
fn a_thousand_rules_are_checked_in_a_moment() {
    let (elapsed, bytes) = seconds(&shop(1_000));
    println!("1,000 rules: {:.0} ms, {bytes} bytes", elapsed * 1e3);
    // The goal is 0.3 s in a release build; this one is not, and the machine may be busy.
    assert!(elapsed < 3.0, "{elapsed} s");
}

#[test]
fn a_list_of_100_000_values_is_no_trouble() {
    let mut values = String::new();
    for index in 0..100_000 {
        write!(values, "'v{index}',").unwrap();
    }
    let sources = {
        let mut sources = shop(10);
        let segment = format!(
            "[[segment]]\nid = \"s0\"\nkind = \"need\"\ncondition = '''url.query.sku in [{values} 'end']'''\n"
        );
        sources.add("segments.toml", segment);
        sources
    };
    let (elapsed, bytes) = seconds(&sources);
    println!("100,000 values: {:.0} ms, {bytes} bytes", elapsed * 1e3);
    assert!(elapsed < 5.0, "{elapsed} s");
}

#[test]
fn a_chain_of_100_000_operators_is_no_trouble() {
    for (operator, operand) in [("+", "1"), ("&&", "true"), ("||", "geo.eu"), ("-", "-1"), ("!", "true")] {
        let condition = if operator == "!" {
            format!("{}true", "!".repeat(100_000))
        } else {
            vec![operand; 100_000].join(operator)
        };
        let mut sources = shop(10);
        sources.add(
            "segments.toml",
            format!("[[segment]]\nid = \"s0\"\nkind = \"need\"\ncondition = '''{condition}'''\n"),
        );
        let start = Instant::now();
        let _ = compile(&sources, Options { now_ms: NOW_MS });
        println!("{operator}: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    }
}
