//! Decisions as JSON, for the endpoints.

use alloc::string::String;

use footlight_core::bundle::{Bundle, Rule, Variant};
use footlight_core::decide::{CachePolicy, Change, Decision, Explanation};
use footlight_core::json::Json;

pub(crate) fn report(bundle: &Bundle, decision: &Decision, explanation: Option<&Explanation>) -> String {
    let mut json = Json::new();
    json.open('{');
    json.optional("stage", decision.stage.map(|stage| stage.name()));
    if let Some(reason) = decision.reason {
        json.member("default", reason.name());
    }
    let market = decision.market.and_then(|market| bundle.site.markets.get(usize::from(market)));
    json.optional("market", market.map(|market| bundle.texts.get(market.id)));
    let cache = match decision.cache {
        CachePolicy::Static => "static",
        CachePolicy::Shared { .. } => "shared",
        CachePolicy::Private => "private",
    };
    json.member("cache", cache);
    json.open_member("slots", '[');
    for winner in &decision.winners {
        if let Some((rule, variant)) = winner.of(bundle) {
            slot(bundle, decision, rule, variant, &mut json);
        }
    }
    json.close(']');
    if let Some(explanation) = explanation {
        json.key("explanation");
        explanation.write_json(&mut json);
    }
    json.close('}');
    json.finish()
}

fn slot(bundle: &Bundle, decision: &Decision, rule: &Rule, variant: &Variant, json: &mut Json) {
    let texts = &bundle.texts;
    json.open('{');
    json.member("slot", bundle.slots.get(usize::from(rule.slot)).map_or("", |slot| texts.get(slot.id)));
    json.member("rule", texts.get(rule.id));
    if rule.experiment.is_some() {
        json.member("variant", texts.get(variant.id));
    }
    json.open_member("edits", '[');
    // INVARIANT: one rule fills one slot, so a slot's edits are those of its rule.
    for edit in &decision.edits {
        if let Some(target) = bundle.targets.get(usize::from(edit.target))
            && target.slot == rule.slot
        {
            json.open('{');
            json.member("selector", &target.selector);
            change(bundle, &edit.change, json);
            json.close('}');
        }
    }
    json.close(']');
    json.close('}');
}

fn change(bundle: &Bundle, change: &Change, json: &mut Json) {
    match change {
        Change::Insert { place, html } => {
            json.member("change", "insert");
            json.member("place", place.name());
            json.member("html", html);
        }
        Change::SetAttribute { name, value } => {
            json.member("change", "set-attribute");
            json.member("name", bundle.texts.get(*name));
            json.member("value", value);
        }
        Change::RemoveAttribute { name } => {
            json.member("change", "remove-attribute");
            json.member("name", bundle.texts.get(*name));
        }
        Change::Remove => json.member("change", "remove"),
        Change::Price => json.member("change", "price"),
    }
}
