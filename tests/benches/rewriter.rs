//! The rewriter against lol_html, natively: the same pages, selectors and edits.
//!
//! `cargo bench -p footlight-tests --bench rewriter`, with a word to choose cases.

#[path = "../tests/rewriter_oracle/mod.rs"]
mod rewriter_oracle;

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use footlight_html::{Edit, Edits, Element, Encoding, Occurrence, Plan, Rewriter, Selector, Selectors};
use lol_html::html_content::ContentType;
use lol_html::{HtmlRewriter, Settings};
use rewriter_oracle::corpus;
use rewriter_oracle::listing::listing;

const SLOTS: [&str; 3] = ["hero", "currency", "shipping"];
const CHUNK: usize = 64 * 1024;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!(
        "{:<34} {:>9} {:>10} {:>10} {:>10} {:>7}",
        "case", "bytes", "copy µs", "ours µs", "lol_html", "ratio"
    );
    let mut pages = vec![("listing".to_owned(), listing(220).into_bytes())];
    for name in ["shop-journey-mit/", "autopager-pages/55.", "amazon", "wikipedia"] {
        let page = corpus::pages().into_iter().find(|page| page.name.contains(name));
        pages.extend(page.map(|page| (page.name, page.bytes)));
    }
    for (name, page) in &pages {
        let short: String = name.rsplit('/').next().unwrap().chars().take(18).collect();
        for (kind, selectors) in [
            ("3 slots", slots(Occurrence::Repeated)),
            ("3 slots once", slots(Occurrence::Once)),
            (
                "slots+prices",
                [slots(Occurrence::Repeated), vec![(".price".to_owned(), Occurrence::Repeated)]].concat(),
            ),
            ("1 selector", classes(1)),
            ("10 selectors", classes(10)),
            ("100 selectors", classes(100)),
            ("1000 selectors", classes(1000)),
        ] {
            let case = format!("{short}, {kind}");
            if wanted.iter().all(|word| case.contains(word)) {
                measure(&case, page, &selectors);
            }
        }
    }
}

fn slots(occurrence: Occurrence) -> Vec<(String, Occurrence)> {
    SLOTS.iter().map(|slot| (format!("[data-footlight-slot=\"{slot}\"]"), occurrence)).collect()
}

fn classes(count: usize) -> Vec<(String, Occurrence)> {
    let selector = |number| match number % 4 {
        0 => format!("[data-footlight-slot=\"s{number}\"]"),
        1 => format!(".c{number}"),
        2 => format!("#i{number} > h1"),
        _ => format!("a[href=\"/x{number}\"]"),
    };
    (0..count).map(|number| (selector(number), Occurrence::Repeated)).collect()
}

fn measure(case: &str, page: &[u8], selectors: &[(String, Occurrence)]) {
    let mut builder = Selectors::builder();
    for ((selector, occurrence), id) in selectors.iter().zip(0..) {
        builder = builder.add(id, &Selector::parse(selector).unwrap(), *occurrence);
    }
    let set = Arc::new(builder.build());
    let mut out = Vec::with_capacity(page.len() + CHUNK);
    let ours = median(|| {
        out.clear();
        let plan = Plan::new(Arc::clone(&set)).encoding(Encoding::Utf8);
        let edit =
            |_: u32, _: &Element<'_>, edits: &mut Edits| Edit::SetInner("<b>new</b>".into()).apply(edits);
        let mut rewriter = Rewriter::new(plan, edit);
        for chunk in page.chunks(CHUNK) {
            rewriter.write(chunk, &mut out);
        }
        rewriter.end(&mut out);
    });
    let copy = median(|| {
        out.clear();
        out.extend_from_slice(page);
    });
    let parsed: Vec<lol_html::Selector> =
        selectors.iter().map(|(selector, _)| selector.parse().unwrap()).collect();
    let bytes = Cell::new(0);
    let theirs = median(|| {
        let mut settings = Settings::new().with_strict(false);
        for selector in &parsed {
            let handlers = lol_html::ElementContentHandlers::default().element(
                |element: &mut lol_html::html_content::Element<'_, '_>| {
                    element.set_inner_content("<b>new</b>", ContentType::Html);
                    Ok(())
                },
            );
            settings =
                settings.append_element_content_handler((std::borrow::Cow::Borrowed(selector), handlers));
        }
        let mut rewriter = HtmlRewriter::new(settings, |chunk: &[u8]| bytes.set(bytes.get() + chunk.len()));
        for chunk in page.chunks(CHUNK) {
            rewriter.write(chunk).unwrap();
        }
        rewriter.end().unwrap();
    });
    println!(
        "{case:<34} {:>9} {:>10.1} {:>10.1} {:>10.1} {:>7.1}",
        page.len(),
        micros(copy),
        micros(ours),
        micros(theirs),
        micros(theirs) / micros(ours)
    );
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// The median of as many runs as fit into a fifth of a second.
fn median(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut times = Vec::new();
    while times.len() < 9 || start.elapsed() < Duration::from_millis(200) {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}
