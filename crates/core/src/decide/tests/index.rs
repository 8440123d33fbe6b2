use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use crate::bundle::Kind;
use crate::condition::{Comparison, Literal, Node, NodeId, Set};
use crate::sample::{RuleSketch, Sample, SiteBuilder, decide, request};
use crate::signal::{Plain, Signal};
use crate::texts::TextId;

const COUNTRIES: [&str; 5] = ["AT", "CH", "DE", "FR", "US"];
const REGIONS: [&str; 4] = ["BE", "BY", "TX", "ZH"];

#[derive(Clone, Debug)]
enum Condition {
    Country(usize),
    Countries(Vec<usize>),
    Region(usize),
    SaveData,
    Not(alloc::boxed::Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        (0..COUNTRIES.len()).prop_map(Condition::Country),
        prop::collection::vec(0..COUNTRIES.len(), 1..4).prop_map(Condition::Countries),
        (0..REGIONS.len()).prop_map(Condition::Region),
        Just(Condition::SaveData),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Condition::Not(inner.into())),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::And),
            prop::collection::vec(inner, 1..3).prop_map(Condition::Or),
        ]
    })
}

fn build(site: &mut SiteBuilder, condition: &Condition) -> NodeId {
    let all = |site: &mut SiteBuilder, operands: &[Condition]| {
        operands.iter().map(|operand| build(site, operand)).collect::<Vec<_>>()
    };
    match condition {
        Condition::Country(index) => site.equals(Plain::GeoCountry, COUNTRIES[*index]),
        Condition::Region(index) => {
            let text = site.text(REGIONS[*index]);
            let left = site.node(Node::Literal(Literal::Text(text)));
            let right = site.signal(Plain::GeoRegion);
            site.node(Node::Compare { operator: Comparison::Equal, left, right })
        }
        Condition::Countries(indices) => {
            let mut indices = indices.clone();
            indices.sort_unstable();
            indices.dedup();
            let texts: Vec<TextId> = indices.iter().map(|&index| site.text(COUNTRIES[index])).collect();
            let value = site.node(Node::Signal(Signal::Plain(Plain::GeoCountry)));
            site.node(Node::OneOf { value, set: Set::Texts(texts) })
        }
        Condition::SaveData => site.signal(Plain::NetworkSaveData),
        Condition::Not(inner) => {
            let inner = build(site, inner);
            site.node(Node::Not(inner))
        }
        Condition::And(operands) => {
            let operands = all(site, operands);
            site.node(Node::And(operands))
        }
        Condition::Or(operands) => {
            let operands = all(site, operands);
            site.node(Node::Or(operands))
        }
    }
}

fn engine(rules: &[(Condition, u16, usize)]) -> Sample {
    let mut site = SiteBuilder::new();
    for plan in &mut site.bundle.stages {
        plan.limits = vec![(Kind::Guide, 1)];
        plan.allowed.retain(|kind| *kind != Kind::Upsell);
    }
    let mut segments = Vec::new();
    for (condition, _, _) in &rules[..rules.len() / 3] {
        let condition = build(&mut site, condition);
        segments.push(site.segment("", condition));
    }
    for (number, (condition, slot, kind)) in rules.iter().enumerate() {
        let id = alloc::format!("rule-{number:03}").leak();
        let condition = build(&mut site, condition);
        let segment = segments.get(number % (segments.len() * 2).max(1)).copied().unwrap_or(0);
        site.rule(RuleSketch {
            id,
            slot: *slot,
            kind: Kind::ALL[*kind],
            segment,
            condition: Some(condition),
            ..RuleSketch::default()
        });
    }
    site.engine()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// `decide` compares the indexed pass with the one that looks at every rule.
    #[test]
    fn the_index_never_changes_a_decision(
        rules in prop::collection::vec((condition(), 0..3_u16, 0..Kind::ALL.len()), 1..150),
    ) {
        let engine = engine(&rules);
        for country in ["", "AT", "CH", "DE", "FR", "US", "NZ"] {
            for region in ["", "BY", "TX"] {
                for save_data in ["", "on"] {
                    let mut request = request();
                    (request.geo[0], request.geo[1], request.save_data) = (country, region, save_data);
                    decide(&engine, &request);
                }
            }
        }
    }
}
