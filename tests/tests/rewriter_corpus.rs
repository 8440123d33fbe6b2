//! Real pages, rewritten as lol_html rewrites them.

mod rewriter_oracle;

use footlight_html::Edit;
use rewriter_oracle::corpus::{Page, pages};
use rewriter_oracle::random::Random;
use rewriter_oracle::{Job, assert_same, ours, theirs};

const SELECTORS: &[&str] = &[
    "*",
    "div",
    "a[href]",
    "img",
    "h1",
    "p",
    "li",
    "span",
    "title",
    "script",
    "style",
    "svg",
    "noscript",
    "textarea",
    "option",
    "input[type=\"hidden\"]",
    "link[rel=\"stylesheet\"]",
    "meta[property]",
    "meta[name=\"description\"]",
    "[itemprop]",
    "[itemprop=\"price\"]",
    "[data-id]",
    "[class*=\"price\"]",
    "[class^=\"product\" i]",
    "[id$=\"er\"]",
    "[lang|=\"en\"]",
    "[rel~=\"nofollow\"]",
    ".price",
    ".product",
    ".container",
    ".active, .selected, #header",
    "#content",
    "#main",
    "body > div",
    "ul > li > a",
    "div div p",
    "header a",
    "nav ul li",
    "table td",
    "svg path",
    "form input[type=\"text\"]",
    "#header a, #footer a",
    "head > meta, head > link",
];

/// Jobs for a page: general selectors, and classes and ids that it has.
fn jobs(page: &Page, random: &mut Random) -> Vec<Job> {
    let own = own_selectors(&page.bytes);
    let jobs = (0..4).map(|_| {
        let count = 1 + random.below(4);
        let mut selectors: Vec<String> = (0..count).map(|_| (*random.pick(SELECTORS)).to_owned()).collect();
        if !own.is_empty() {
            selectors.extend((0..random.below(4)).map(|_| random.pick(&own).clone()));
        }
        selectors.into_iter().map(|selector| (selector, edits(random))).collect()
    });
    jobs.collect()
}

fn own_selectors(page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    let mut found = Vec::new();
    for (attribute, prefix) in [("class=\"", "."), ("id=\"", "#")] {
        for piece in text.split(attribute).skip(1) {
            let Some(value) = piece.split('"').next() else { continue };
            let words = value.split_ascii_whitespace();
            found.extend(words.map(|word| format!("{prefix}{word}")));
        }
    }
    found.retain(|selector| footlight_html::Selector::parse(selector).is_ok());
    found
}

fn edits(random: &mut Random) -> Vec<Edit> {
    let all = [
        Edit::SetInner("<b>inner</b>".into()),
        Edit::Replace("<i>replaced</i>".into()),
        Edit::Remove,
        Edit::Unwrap,
        Edit::Before("<!--before-->".into()),
        Edit::After("<!--after-->".into()),
        Edit::Prepend("<!--prepended-->".into()),
        Edit::Append("<!--appended-->".into()),
        Edit::SetAttribute("class".into(), "new & \"quoted\"".into()),
        Edit::SetAttribute("data-new".into(), "1".into()),
        Edit::RemoveAttribute("class".into()),
        Edit::RemoveAttribute("href".into()),
    ];
    (0..1 + random.below(3)).map(|_| random.pick(&all).clone()).collect()
}

#[test]
fn every_page_is_rewritten_as_by_lol_html_at_every_chunking_tried() {
    let pages = pages();
    let mut random = Random::new(3);
    let (mut same, mut implied) = (0, Vec::new());
    for page in &pages {
        for job in jobs(page, &mut random) {
            let expected = theirs(&page.bytes, &job, &vec![]);
            if expected.implied_end {
                implied.push(page.name.clone());
                continue;
            }
            for cuts in [vec![], random.cuts(page.bytes.len(), 30), random.cuts(page.bytes.len(), 1000)] {
                let selectors: Vec<_> = job.iter().map(|(selector, edits)| (selector, edits)).collect();
                let context = format!("{} {selectors:?} cut at {cuts:?}", page.name);
                assert_same(&ours(&page.bytes, &job, &cuts), &expected.page, &context);
            }
            same += 1;
        }
    }
    println!("{} pages, {same} jobs with the same result", pages.len());
    println!("{} jobs not compared: an edited element has no end tag of its own", implied.len());
}

#[test]
fn small_pages_can_be_cut_at_every_byte() {
    let mut random = Random::new(4);
    for page in pages().iter().filter(|page| page.bytes.len() < 20_000) {
        let job = jobs(page, &mut random).remove(0);
        let whole = ours(&page.bytes, &job, &vec![]);
        for cut in 0..=page.bytes.len() {
            assert_same(&ours(&page.bytes, &job, &vec![cut]), &whole, &format!("{} cut at {cut}", page.name));
        }
        let every: Vec<usize> = (0..=page.bytes.len()).collect();
        assert_same(&ours(&page.bytes, &job, &every), &whole, &format!("{} byte by byte", page.name));
    }
}
