//! From a rule's edits to changes of the page.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Change, Outcome, SlotEdit};
use crate::bundle::{Bundle, Content, Edit, Variant};
use crate::condition::Evaluation;
use crate::signal::Signals;
use crate::template::Template;

/// Appends the changes that a variant makes; on failure nothing is appended.
pub(super) fn render(
    bundle: &Bundle,
    variant: &Variant,
    signals: &Signals<'_>,
    evaluation: &mut Evaluation<'_>,
    edits: &mut Vec<SlotEdit>,
) -> Result<(), Outcome> {
    let before = edits.len();
    for edit in &variant.edits {
        match change(bundle, edit, signals, evaluation) {
            Ok(change) => edits.push(SlotEdit { target: edit.target(), change }),
            Err(outcome) => {
                edits.truncate(before);
                return Err(outcome);
            }
        }
    }
    Ok(())
}

fn change(
    bundle: &Bundle,
    edit: &Edit,
    signals: &Signals<'_>,
    evaluation: &mut Evaluation<'_>,
) -> Result<Change, Outcome> {
    let mut text = |content: u16| {
        let mut out = String::new();
        if let Some(content) = bundle.contents.get(usize::from(content)) {
            let (template, locale) = in_language(content, signals);
            signals.write_in(Some(locale));
            let rendered = template.render(&bundle.texts, evaluation, &mut out);
            signals.write_in(None);
            rendered.map_err(|(placeholder, reason)| Outcome::ContentUnknown { placeholder, reason })?;
        }
        Ok(out)
    };
    Ok(match *edit {
        Edit::Insert { place, content, .. } => Change::Insert { place, html: text(content)? },
        Edit::SetAttribute { name, content, .. } => Change::SetAttribute { name, value: text(content)? },
        Edit::RemoveAttribute { name, .. } => Change::RemoveAttribute { name },
        Edit::Remove { .. } => Change::Remove,
        Edit::Price { .. } => signals.market().map(|_| Change::Price).ok_or(Outcome::NoMarket)?,
    })
}

/// The content's variant in the visitor's language, with its locale; the default is in the site's first.
fn in_language<'b>(content: &'b Content, signals: &Signals<'_>) -> (&'b Template, usize) {
    let wanted = if content.variants.is_empty() { 0 } else { signals.locale() };
    let found = content.variants.iter().find(|(variant, _)| usize::from(*variant) == wanted);
    found.map_or((&content.default, 0), |(_, template)| (template, wanted))
}

/// An amount of the base currency, as a price element carries it, as written in a market.
///
/// `amount` is a plain decimal such as `149.90`, or a sum (see [`MarketPricing::total`]); `product` finds the market's own
/// price, if it sets one. None when the amount is no amount or does not fit: the element stays as it is then.
///
/// [`MarketPricing::total`]: crate::money::MarketPricing::total
#[must_use]
pub fn price(bundle: &Bundle, market: u16, amount: &str, product: Option<&str>) -> Option<String> {
    let market = bundle.site.markets.get(usize::from(market))?;
    let amount = market.pricing.total(amount, product).ok()?;
    let mut out = String::new();
    market.format.write(amount, &mut out);
    Some(out)
}
