//! Explanations as JSON: the text that `serde_json` would write, for the edge module that goes without it.

use super::explain::{Explanation, Reason};
use crate::json::Json;

impl Explanation {
    /// Writes the explanation as its `Serialize` says.
    pub fn write_json(&self, json: &mut Json) {
        json.open('{');
        json.optional("stage", self.stage.map(|stage| stage.name()));
        json.optional("default", self.default.map(|reason| reason.name()));
        json.open_member("signals", '[');
        for signal in &self.signals {
            json.open('{');
            json.member("name", &signal.name);
            json.member("value", &signal.value);
            json.key("known");
            json.literal(if signal.known { "true" } else { "false" });
            json.member("source", signal.source.name());
            json.member("purpose", signal.purpose);
            json.close('}');
        }
        json.close(']');
        json.open_member("segments", '[');
        for segment in &self.segments {
            json.open('{');
            json.member("id", &segment.id);
            json.member("kind", segment.kind.name());
            json.member("truth", segment.truth.name());
            write_reasons(&segment.because, json);
            json.close('}');
        }
        json.close(']');
        json.open_member("rules", '[');
        for rule in &self.rules {
            json.open('{');
            json.member("id", &rule.id);
            json.member("slot", &rule.slot);
            json.member("outcome", rule.outcome);
            json.optional("detail", rule.detail.as_deref());
            write_reasons(&rule.because, json);
            json.key("near_miss");
            match &rule.near_miss {
                Some(reason) => write_reason(reason, json),
                None => json.literal("null"),
            }
            json.close('}');
        }
        json.close(']');
        json.key("conditions_evaluated");
        json.number(self.conditions_evaluated.into());
        json.close('}');
    }
}

fn write_reasons(reasons: &[Reason], json: &mut Json) {
    json.open_member("because", '[');
    reasons.iter().for_each(|reason| write_reason(reason, json));
    json.close(']');
}

fn write_reason(reason: &Reason, json: &mut Json) {
    json.open('{');
    json.member("condition", &reason.condition);
    json.member("truth", reason.truth.name());
    json.open_member("values", '[');
    reason.values.iter().for_each(|value| json.text(value));
    json.close(']');
    json.close('}');
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec;

    use super::*;
    use crate::bundle::SegmentKind;
    use crate::decide::{DefaultReason, RuleExplanation, SegmentExplanation, SignalExplanation};
    use crate::signal::Source;
    use crate::stage::Stage;
    use crate::value::Truth;

    #[test]
    fn an_explanation_is_written_as_serde_json_writes_it() {
        let text = |text: &str| String::from(text);
        let reason = |truth| Reason {
            condition: text("geo.country == 'CH'"),
            truth,
            values: vec![text("geo.country = \"DE\""), text("x")],
        };
        let rule = |near_miss| RuleExplanation {
            id: text("r"),
            slot: text("hero"),
            outcome: "won",
            detail: near_miss,
            because: vec![],
            near_miss: None,
        };
        let segment =
            |kind, truth| SegmentExplanation { id: text("s"), kind, truth, because: vec![reason(truth)] };
        let signal = |source| SignalExplanation {
            name: text("geo.country"),
            value: text("DE"),
            known: true,
            source,
            purpose: "necessary",
        };
        let full = Explanation {
            stage: Some(Stage::ThankYou),
            default: Some(DefaultReason::NoRule),
            signals: [Source::Request, Source::FirstParty, Source::ZeroParty, Source::Crm].map(signal).into(),
            segments: vec![
                segment(SegmentKind::Behavioural, Truth::True),
                segment(SegmentKind::Intent, Truth::False),
                segment(SegmentKind::Value, Truth::Unknown),
                segment(SegmentKind::Need, Truth::Unknown),
            ],
            rules: vec![
                rule(None),
                RuleExplanation { near_miss: Some(reason(Truth::False)), ..rule(Some(text("a\nb"))) },
            ],
            conditions_evaluated: 3,
        };
        for explanation in [Explanation::default(), full] {
            let mut json = Json::new();
            explanation.write_json(&mut json);
            assert_eq!(json.finish(), serde_json::to_string(&explanation).unwrap());
        }
    }
}
