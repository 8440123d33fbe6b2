//! Routes as they are written into `site.toml`, with what was found beside them.

use std::fmt::Write as _;

use footlight_core::stage::Stage;

use super::Proposal;

/// How shops often call their pages, for those of which nothing is known.
const USUAL: [(Stage, &str); 8] = [
    (Stage::PreEntry, "/l/:campaign"),
    (Stage::Homepage, "/"),
    (Stage::Category, "/c/:category"),
    (Stage::Product, "/p/:sku"),
    (Stage::Cart, "/cart"),
    (Stage::Checkout, "/checkout"),
    (Stage::ThankYou, "/thank-you/:order"),
    (Stage::PostPurchase, "/orders/:order"),
];

const INTRODUCTION: &str =
    "# Which address is which stage of the journey: tried in order, `:name` captures what stands there.
# What no route names stays as it is.
";

/// The routes of a proposal, or the usual ones.
pub(super) fn text(proposal: Option<&Proposal>) -> String {
    let mut out = INTRODUCTION.to_owned();
    match proposal {
        Some(proposal) => proposed(proposal, &mut out),
        None => {
            for (stage, path) in USUAL {
                let _ = write!(out, "\n{}", route(path, stage.name(), ""));
            }
        }
    }
    out
}

fn proposed(proposal: &Proposal, out: &mut String) {
    let _ = writeln!(
        out,
        "# Proposed from {}; beside each route is how many of them it is the first to match.",
        addresses(proposal.urls)
    );
    for found in &proposal.routes {
        let examples = examples(found.urls, &found.examples);
        let _ = write!(out, "\n# {examples}\n{}", route(&found.path, found.stage.name(), ""));
    }
    let is_missing = |stage: &Stage| !proposal.routes.iter().any(|route| route.stage == *stage);
    let missing: Vec<Stage> = Stage::ALL.into_iter().filter(is_missing).collect();
    if !missing.is_empty() {
        out.push_str("\n# No address looked like these stages; sitemaps leave them out. Write how the shop calls them:\n");
        for (stage, path) in USUAL.into_iter().filter(|(stage, _)| missing.contains(stage)) {
            let _ = write!(out, "#\n{}", route(path, stage.name(), "# "));
        }
    }
    if !proposal.left.is_empty() {
        let _ = writeln!(
            out,
            "\n# {} of no stage, left as they are. Where that is wrong, name the stage:",
            addresses(proposal.left_urls)
        );
        for left in &proposal.left {
            let guess = if left.looks_like_products { "; they end in numbers, perhaps products" } else { "" };
            let stage = if left.looks_like_products { "product" } else { "category" };
            let examples = examples(left.urls, &left.examples);
            let _ = write!(out, "#\n# {examples}{guess}\n{}", route(&left.path, stage, "# "));
        }
    }
}

fn route(path: &str, stage: &str, before: &str) -> String {
    format!("{before}[[route]]\n{before}path = \"{path}\"\n{before}stage = \"{stage}\"\n")
}

/// `1 address`, `2 addresses`.
pub(crate) fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

fn examples(count: usize, examples: &[String]) -> String {
    match examples {
        [] => "not in the list".to_owned(),
        all if all.len() == count => format!("{}: {}", addresses(count), all.join("  ")),
        some => format!("{}, such as {}", addresses(count), some.join("  ")),
    }
}
