//! The proof of cache safety, checked: whatever the rules ask for, two visitors of one URL whose responses may be kept under
//! one key get the same page; and a shop that claims more sharing than that does not compile.

#[path = "everything/mod.rs"]
mod everything;

use std::collections::HashMap;

use everything::{Facts, facts, keys, rule, shop};
use footlight_core::bundle::CacheClass;
use footlight_core::decide::{CachePolicy, Context, Engine, Scratch};
use footlight_core::stage::Stage;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

const STAGE: usize = Stage::Category as usize;

fn rank(class: &CacheClass) -> usize {
    match class {
        CacheClass::Static => 0,
        CacheClass::Shared { .. } => 1,
        CacheClass::Private => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_has_the_same_key_gets_the_same_page(
        rules in proptest::collection::vec(rule(), 0..3),
        visitors in proptest::collection::vec(facts(), 60),
    ) {
        let compilation = shop(&rules, None);
        prop_assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
        let engine = Engine::new(compilation.bundle.unwrap());
        let (keys, mut scratch) = (keys(), Scratch::default());
        let context = Context { keys: &keys, preview: None };
        let mut pages: HashMap<_, (_, &Facts)> = HashMap::new();
        for visitor in &visitors {
            let cookie = visitor.cookie();
            let request = visitor.request(&cookie, &engine.bundle().site.headers);
            let decision = engine.decide(&request, &context, &mut scratch);
            let key = match &decision.cache {
                CachePolicy::Private => continue,
                CachePolicy::Static => (visitor.url, None),
                CachePolicy::Shared { key } => (visitor.url, Some(key.clone())),
            };
            let page = (decision.winners, decision.edits, decision.preloads);
            if let Some((other, of)) = pages.get(&key) {
                prop_assert_eq!(&page, other, "{:?} and {:?} with {:?}: {:#?}", visitor, of, key, rules);
            } else {
                pages.insert(key, (page, visitor));
            }
        }
    }

    #[test]
    fn a_claim_of_more_than_is_safe_does_not_compile(rules in proptest::collection::vec(rule(), 0..3)) {
        let derived = rank(&shop(&rules, None).bundle.unwrap().stages[STAGE].cache);
        for (claimed, claim) in ["static", "shared", "private"].into_iter().enumerate() {
            let compilation = shop(&rules, Some(claim));
            let is_refused = compilation.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "unsafe-sharing");
            prop_assert_eq!(is_refused, claimed < derived, "{}: {:#?}", claim, rules);
            prop_assert_eq!(compilation.bundle.is_none(), is_refused);
            if let Some(bundle) = compilation.bundle {
                prop_assert!(rank(&bundle.stages[STAGE].cache) >= derived, "{claim} shares more than is safe");
            }
        }
    }
}

/// The comparison means something only if pages are shared, and by more than one visitor.
#[test]
fn all_classes_occur() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = [0; 3];
    for _ in 0..300 {
        let rules = proptest::collection::vec(rule(), 0..3).new_tree(&mut runner).unwrap().current();
        seen[rank(&shop(&rules, None).bundle.unwrap().stages[STAGE].cache)] += 1;
    }
    println!("static, shared, private: {seen:?}");
    assert!(seen.iter().all(|&count| count > 20), "{seen:?}");
}
