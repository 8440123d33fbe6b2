//! Why rules are there and who answers for them: what the rule files say that no bundle needs.

use footlight_core::stage::Stage;

use crate::diagnostic::At;
use crate::document::{Item, Value};
use crate::shape::KPIS;
use crate::sources::Sources;

/// What a rule's file says of its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governed {
    /// The rule's id.
    pub rule: String,
    /// Where its id stands.
    pub at: At,
    /// The stages that it names, or its file's name does.
    pub stages: Vec<Stage>,
    /// The slot it fills.
    pub slot: String,
    /// What is expected to happen, and why.
    pub hypothesis: String,
    /// The commercial outcome it is for.
    pub kpi: String,
    /// What must not get worse.
    pub guardrail: String,
    /// Who answers for it.
    pub owner: String,
    /// When somebody looks whether it still holds: `2027-02-01`.
    pub review: Option<String>,
    /// Whether visitors are split over variants.
    pub has_experiment: bool,
}

impl Governed {
    /// Whether the guardrail names an outcome that is measured, and not only a wish.
    #[must_use]
    pub fn has_measured_guardrail(&self) -> bool {
        let guardrail = self.guardrail.to_lowercase();
        KPIS.iter().any(|kpi| guardrail.contains(kpi) || guardrail.contains(&kpi.replace('-', " ")))
    }
}

/// The rules of all files, by file and place. What cannot be read is left out: [`crate::compile`] says what is wrong with it.
#[must_use]
pub fn read(sources: &Sources) -> Vec<Governed> {
    let mut all = Vec::new();
    for (path, file) in sources.iter() {
        let Some(name) = path.strip_suffix(".toml").filter(|name| !name.contains('/')) else { continue };
        let mut wrong = Vec::new();
        let text = sources.read(file, &mut wrong);
        let item = crate::document::parse(file, text, &mut wrong);
        let rules = item.get("rule").map_or(&[][..], Item::list);
        all.extend(rules.iter().filter_map(|rule| governed(rule, Stage::from_name(name))));
    }
    all
}

fn governed(rule: &Item, stage: Option<Stage>) -> Option<Governed> {
    let text = |key: &str| {
        rule.get(key).and_then(Item::excerpt).map_or_else(String::new, |text| text.text.to_owned())
    };
    let id = rule.get("id")?;
    let stages = match rule.get("stages") {
        Some(stages) => {
            stages.list().iter().filter_map(|stage| Stage::from_name(stage.excerpt()?.text)).collect()
        }
        None => stage.into_iter().collect(),
    };
    let review = match rule.get("review").map(|review| &review.value) {
        Some(Value::Date(moment)) => moment.date.map(|date| date.to_string()),
        _ => None,
    };
    Some(Governed {
        rule: id.excerpt()?.text.to_owned(),
        at: id.at,
        stages,
        slot: text("slot"),
        hypothesis: text("hypothesis").trim().to_owned(),
        kpi: text("kpi"),
        guardrail: text("guardrail").trim().to_owned(),
        owner: text("owner"),
        review,
        has_experiment: rule.get("experiment").is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_reasons_are_read_from_its_file() {
        let mut sources = Sources::new();
        sources.add(
            "homepage.toml",
            "[[rule]]\nid = 'a'\nslot = 'hero'\nhypothesis = ' h '\nkpi = 'conversion-rate'\nguardrail = 'the return rate must not rise'\nowner = 'anna'\nreview = 2027-02-01\n[rule.experiment]\n[[rule]]\nid = 'b'\nstages = ['cart', 'nowhere']\nguardrail = 'nothing bad'\n[[rule]]\n",
        );
        sources.add("prices/a.toml", "[[rule]]\nid = 'c'");
        let all = read(&sources);
        let [a, b] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            (a.rule.as_str(), a.hypothesis.as_str(), a.review.as_deref()),
            ("a", "h", Some("2027-02-01"))
        );
        assert_eq!(
            (a.stages.as_slice(), a.has_experiment, a.has_measured_guardrail()),
            (&[Stage::Homepage][..], true, true)
        );
        assert_eq!(
            (b.stages.as_slice(), b.review.is_none(), b.has_measured_guardrail()),
            (&[Stage::Cart][..], true, false)
        );
    }
}
