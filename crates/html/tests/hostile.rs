//! Pages made to hurt: bounded memory, linear time, and the page passed on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use footlight_html::{Edit, Occurrence, Output, Plan, Rewriter, Selector, Selectors, Status};

/// Counts what comes out.
#[derive(Default)]
struct Count(usize);

impl Output for Count {
    fn push(&mut self, bytes: &[u8]) {
        self.0 += bytes.len();
    }
}

const SELECTORS: &[&str] =
    &["[data-footlight-slot=\"hero\"]", "div > .price", "#a b", "*[class~=\"x\"] > * > *", "[y]", "a, b, i"];

fn rewriter() -> Rewriter<Vec<(u32, Edit)>> {
    let mut selectors = Selectors::builder();
    for (selector, id) in SELECTORS.iter().zip(0..) {
        selectors = selectors.add(id, &Selector::parse(selector).unwrap(), Occurrence::Repeated);
    }
    Rewriter::new(Plan::new(Arc::new(selectors.build())), Vec::new())
}

/// Streams `pattern` over and over, `bytes` in all, by chunks of `chunk`; everything must come out, soon.
fn flood(pattern: &[u8], bytes: usize, chunk: usize) {
    let start = Instant::now();
    let mut rewriter = rewriter();
    let mut out = Count::default();
    let period = pattern.repeat(chunk.div_ceil(pattern.len()) + 1);
    let mut written = 0;
    while written < bytes {
        let from = written % pattern.len();
        rewriter.write(&period[from..from + chunk], &mut out);
        written += chunk;
        let held = written - out.0;
        assert!(held <= 64 * 1024 + chunk, "{held} bytes held back");
    }
    rewriter.end(&mut out);
    assert_eq!(out.0, written);
    // Generous: an unoptimised build on a busy machine does hundreds of megabytes in that time if time is linear.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?} for {bytes} bytes", start.elapsed());
}

#[test]
fn a_hundred_megabytes_of_less_than_signs() {
    flood(b"<", 100_000_000, 65_536);
}

#[test]
fn an_attribute_of_fifty_megabytes() {
    let mut rewriter = rewriter();
    let mut out = Count::default();
    rewriter.write(b"<a title='", &mut out);
    let chunk = [b'y'; 65_536];
    for _ in 0..800 {
        rewriter.write(&chunk, &mut out);
    }
    rewriter.write(b"'><b>", &mut out);
    assert_eq!(rewriter.status(), Status::Rewriting, "one long tag is no reason to give up");
    assert_eq!(out.0, 10 + 800 * 65_536 + 5);
}

#[test]
fn a_million_attributes_in_one_tag() {
    let page = format!("<a{}>", " y=1".repeat(1_000_000));
    for chunk in [page.len(), 4096] {
        let (mut rewriter, mut out) = (rewriter(), Count::default());
        page.as_bytes().chunks(chunk).for_each(|chunk| rewriter.write(chunk, &mut out));
        rewriter.end(&mut out);
        assert_eq!(out.0, page.len());
    }
}

#[test]
fn a_million_nested_elements() {
    flood(b"<div class=x>", 13_000_000, 65_536);
    flood(b"<i>", 3_000_000, 4096);
    flood(b"<svg><title>", 12_000_000, 65_536);
    flood(b"<math><mi>", 10_000_000, 65_536);
}

#[test]
fn end_tags_that_close_nothing_in_a_deep_page() {
    let page = format!("{}{}", "<i>".repeat(2_000), "</b></u></x></y>".repeat(200_000));
    let (mut rewriter, mut out) = (rewriter(), Count::default());
    rewriter.write(page.as_bytes(), &mut out);
    rewriter.end(&mut out);
    assert_eq!(out.0, page.len());
}

#[test]
fn patterns_that_tempt_to_look_back() {
    let patterns: &[&[u8]] = &[
        b"<a y=\"'>",
        b"\"'",
        b"<!-",
        b"<!--",
        b"-",
        b"--!",
        b"</",
        b"<script><!--<script",
        b"<![CDATA[",
        b"]]",
        b"<a ",
        b"<a/",
        b"= ",
        b"<a b=\"",
        b"<textarea></textare",
        b"<svg><style>",
        b"<table><td><b></table>",
        b"&amp;&#x;",
        b"<a class='x x x x x x'>",
        b"\0",
        b"</p></p>",
        b"<a y",
        b"\xff\xfe<",
    ];
    for pattern in patterns {
        flood(pattern, 2_000_000, 65_536);
        flood(pattern, 300_000, 1);
        flood(pattern, 500_000, 7);
    }
}
