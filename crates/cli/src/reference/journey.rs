//! What each stage allows.

use footlight_compiler::journey::Law;
use footlight_core::bundle::Kind;
use footlight_core::stage::Stage;

use super::{code, table};

/// What a stage is for, as its law puts it.
const fn sense(stage: Stage) -> &'static str {
    match stage {
        Stage::PreEntry => "keeps the promise of what led here",
        Stage::Homepage => "listens",
        Stage::Category => "guides",
        Stage::Product => "removes doubt",
        Stage::Cart => "adds value and does not distract",
        Stage::Checkout => "removes effort, and nothing else",
        Stage::ThankYou => "extends the relationship",
        Stage::PostPurchase => "stays relevant: every rule has a cap",
    }
}

/// What a kind does for the shopper.
const fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Localize => "adjusts to the place: currency, prices, tax, delivery",
        Kind::Recognize => "shows that we know them",
        Kind::Welcome => "keeps the promise they came with",
        Kind::Guide => "helps to choose",
        Kind::Reassure => "removes a doubt",
        Kind::Upsell => "adds value to the cart",
        Kind::Simplify => "removes effort",
        Kind::Extend => "goes on after the sale",
        Kind::Care => "keeps what was bought alive",
    }
}

pub(super) fn text() -> String {
    let mut out = String::from(
        "# The journey's law

Every rule has a kind, and every stage allows some kinds and so many interventions on one page. These are the defaults;
`journey.toml` changes them, stage by stage.

## Stages

",
    );
    let rows = Stage::ALL.into_iter().map(|stage| {
        let law = Law::default_of(stage);
        let limits = law.limits.iter().map(|(kind, most)| format!("{} `{}`", most, kind.name()));
        let limits: Vec<String> = limits.collect();
        let limits = if limits.is_empty() {
            String::new()
        } else {
            format!(", of them at most {}", limits.join(", "))
        };
        [
            code(stage.name()),
            sense(stage).to_owned(),
            kinds(&law.allowed),
            format!("{}{limits}", law.max_interventions),
            kinds(&law.uncounted),
        ]
    });
    table(
        &mut out,
        ["stage", "what it does", "kinds it allows", "interventions on a page", "not counted"],
        rows,
    );
    out.push_str("\n## Kinds\n\n");
    let rows = Kind::ALL.into_iter().map(|kind| [code(kind.name()), meaning(kind).to_owned()]);
    table(&mut out, ["kind", "what it does for the shopper"], rows);
    out.push_str(
        "
## What holds everywhere

- *No segment, no personalization.* A rule without a segment does not compile.
- *No data, no assumption.* Unknown never matches. Behavioural and intent segments state the least evidence they need.
- *Consent is a signal.* Without it, and with Global Privacy Control, what needs it is unknown, and no profile is kept.
- *Every rule says why*: hypothesis, KPI, guardrail, owner, review date. Past its review date a rule is reported; past the
  grace period (30 days, or `review_grace_days` of site.toml) it stops.
- *One voice.* For each slot the rule with the highest priority that applies has it; with the same priority, the id that
  comes first in the alphabet.
- *Bots see the default page*, and prefetches are no exposures.
",
    );
    out
}

fn kinds(all: &[Kind]) -> String {
    let all: Vec<String> = all.iter().map(|kind| code(kind.name())).collect();
    all.join(", ")
}
