//! lol_html's own selector cases: which elements match, and their content replaced.

mod rewriter_oracle;

use std::collections::BTreeMap;
use std::io::Read;

use footlight_html::{Edit, Selector};
use footlight_tests::material;
use rewriter_oracle::random::Random;
use rewriter_oracle::{Job, assert_same, ours, theirs};

/// One selector on one page, with the page as lol_html's authors expect it.
struct Case {
    name: String,
    page: Vec<u8>,
    selector: String,
    marked: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let Some(path) = material::find("01-html/lol-html/data.tar.gz") else { return Vec::new() };
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()));
    let mut files = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if let Some(name) = name.strip_prefix("data/selector_matching/") {
            files.insert(name.to_owned(), bytes);
        }
    }
    let mut cases = Vec::new();
    for (name, info) in files.iter().filter(|(name, _)| name.ends_with("-info.json")) {
        let info: serde_json::Value = serde_json::from_slice(info).unwrap();
        for (selector, expected) in info["selectors"].as_object().unwrap() {
            cases.push(Case {
                name: name.trim_end_matches("-info.json").to_owned(),
                page: files[info["src"].as_str().unwrap()].clone(),
                selector: selector.clone(),
                marked: files[expected.as_str().unwrap()].clone(),
            });
        }
    }
    cases
}

/// The cases whose selector is in this project's subset; the others are printed.
fn supported(cases: Vec<Case>) -> Vec<Case> {
    let (supported, rest): (Vec<_>, Vec<_>) =
        cases.into_iter().partition(|case| Selector::parse(&case.selector).is_ok());
    let mut skipped: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in rest {
        let reason = Selector::parse(&case.selector).unwrap_err().to_string();
        let selector: String = case.selector.chars().take(40).collect();
        skipped.entry(reason).or_default().push(selector);
    }
    println!("{} cases in scope", supported.len());
    for (reason, selectors) in skipped {
        println!("{} out of scope, {reason}: {}", selectors.len(), selectors.join("  "));
    }
    supported
}

/// The expected page with the marks of elements only: texts and comments are not selected here.
fn element_marks(marked: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(marked.to_vec()).unwrap();
    let mut rest = &text[..];
    let mut out = String::new();
    while let Some(start) = ["<!--[TEXT(", "<!--[/TEXT(", "<!--[COMMENT(", "<!--[/COMMENT("]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
    {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = &rest[rest.find("]-->").unwrap() + 4..];
    }
    (out + rest).into_bytes()
}

#[test]
fn elements_match_as_their_authors_expect() {
    let mut random = Random::new(1);
    for case in supported(cases()) {
        let job: Job = vec![(
            case.selector.clone(),
            vec![
                Edit::Before(format!("<!--[ELEMENT('{}')]-->", case.selector)),
                Edit::After(format!("<!--[/ELEMENT('{}')]-->", case.selector)),
            ],
        )];
        let expected = element_marks(&case.marked);
        for _ in 0..8 {
            let cuts = random.cuts(case.page.len(), 20);
            assert_same(
                &ours(&case.page, &job, &cuts),
                &expected,
                &format!("{}: {}", case.name, case.selector),
            );
        }
    }
}

#[test]
fn content_is_replaced_as_by_lol_html() {
    let mut random = Random::new(2);
    for case in supported(cases()) {
        let replacement = Edit::SetInner(format!("<!--Replaced ({}) -->", case.selector));
        let job: Job = vec![(case.selector.clone(), vec![replacement])];
        for _ in 0..8 {
            let cuts = random.cuts(case.page.len(), 20);
            let expected = theirs(&case.page, &job, &cuts);
            assert!(!expected.implied_end, "{}: these pages close what they open", case.name);
            let ours = ours(&case.page, &job, &cuts);
            assert_same(&ours, &expected.page, &format!("{}: {}", case.name, case.selector));
        }
    }
}
