//! Sets of selectors as bytes: what was compiled elsewhere, or altered on the way.

use std::sync::Arc;

use footlight_html::{Edits, Element, Encoding, Occurrence, Plan, Rewriter, Selector, Selectors};
use proptest::prelude::*;

const PAGE: &[u8] =
    b"<main id=hero class='a b'><h1 class=\"title a\">x</h1><ul><li data-price=\"5\" type=B>y<li class=a>\
    <a href=\"/p/1\">z</a></ul></main><footer class=\"b a\"><h1>x</h1></footer>";

const SELECTORS: &[&str] = &[
    "*",
    "h1",
    "#hero > h1",
    "#hero h1, footer h1",
    "main ul li a",
    ".a",
    ".a.b",
    "li[data-price]",
    "[type=b]",
    "[href^='/p/']",
    "ul > .a > [href]",
    "x-unknown",
];

/// The ids that matched, in order, with the elements' names.
fn matches(selectors: Selectors) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let note = |id: u32, element: &Element<'_>, edits: &mut Edits| {
        found.push((id, String::from_utf8_lossy(element.name()).into_owned()));
        edits.set_attribute("seen", "yes");
    };
    let plan = Plan::new(Arc::new(selectors)).encoding(Encoding::Utf8);
    let mut rewriter = Rewriter::new(plan, note);
    let mut out = Vec::new();
    rewriter.write(PAGE, &mut out);
    rewriter.end(&mut out);
    drop(rewriter);
    found
}

fn set(chosen: &[(usize, bool)]) -> Selectors {
    let mut builder = Selectors::builder();
    for (id, &(selector, once)) in (0..).zip(chosen) {
        let occurrence = if once { Occurrence::Once } else { Occurrence::Repeated };
        let selector = Selector::parse(SELECTORS[selector % SELECTORS.len()]).unwrap();
        builder = builder.add(id, &selector, occurrence);
    }
    builder.build()
}

#[test]
fn what_is_no_set_is_none() {
    let bytes = set(&[(2, true), (3, false)]).to_bytes();
    assert!(Selectors::from_bytes(&bytes).is_some());
    // The texts are last, and what is missing of them only fails to match.
    let texts = "heroherohero".len();
    for length in 0..bytes.len() - texts {
        assert!(Selectors::from_bytes(&bytes[..length]).is_none(), "cut at {length}");
    }
    let mut other = bytes.clone();
    other[3] += 1;
    assert!(Selectors::from_bytes(&other).is_none(), "another version");
}

#[test]
fn a_set_without_selectors_finishes_at_once() {
    let set = Selectors::from_bytes(&Selectors::builder().build().to_bytes()).unwrap();
    assert!(Rewriter::new(Plan::new(Arc::new(set)), Vec::new()).is_finished());
}

proptest! {
    #[test]
    fn a_set_read_from_bytes_matches_as_each_selector_alone(
        chosen in prop::collection::vec((0..SELECTORS.len(), any::<bool>()), 0..12),
    ) {
        let together = matches(Selectors::from_bytes(&set(&chosen).to_bytes()).unwrap());
        for (id, &alone) in (0..).zip(&chosen) {
            let mine: Vec<_> = together.iter().filter(|(found, _)| *found == id).map(|(_, name)| name).collect();
            let expected = matches(set(&[alone]));
            prop_assert_eq!(mine, expected.iter().map(|(_, name)| name).collect::<Vec<_>>());
        }
    }

    #[test]
    fn altered_bytes_do_no_harm(
        chosen in prop::collection::vec((0..SELECTORS.len(), any::<bool>()), 0..12),
        altered in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        small in any::<bool>(),
        cut in 0..16_usize,
    ) {
        let mut bytes = set(&chosen).to_bytes();
        for (place, byte) in altered {
            // Small numbers are what lead to somewhere else in a table.
            let place = place.index(bytes.len());
            bytes[place] = if small { byte % 8 } else { byte };
        }
        bytes.truncate(bytes.len() - cut.min(bytes.len()));
        if let Some(set) = Selectors::from_bytes(&bytes) {
            matches(set);
        }
    }

    #[test]
    fn any_bytes_do_no_harm(words in prop::collection::vec(prop_oneof![0..8_u32, any::<u32>()], 0..80)) {
        let mut bytes = b"sel1".to_vec();
        bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        if let Some(set) = Selectors::from_bytes(&bytes) {
            matches(set);
        }
    }
}
