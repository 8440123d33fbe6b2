//! The visitor's profile in a decision: read with consent only, changed by what happens, written when worth it.

use alloc::string::String;

use super::{Context, Winner};
use crate::ascii::trim;
use crate::bundle::Bundle;
use crate::consent::{Purpose, Purposes};
use crate::cookie::Cookies;
use crate::hash::fnv1a;
use crate::money::Amount;
use crate::profile::{self, Profile, Seen};
use crate::request::Request;
use crate::signal::{Plain, Signal, Signals};
use crate::stage::Stage;
use crate::value::Value;
use crate::write;

/// What follows the profile cookie's value in `Set-Cookie`; 180 days.
pub const COOKIE_ATTRIBUTES: &str = "; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax";

/// A profile as it is at the beginning of a request.
pub(super) struct Visitor {
    pub(super) profile: Profile,
    /// Whether it is worth writing already.
    changed: bool,
}

impl Visitor {
    pub(super) fn new(profile: Profile, changed: bool) -> Self {
        Self { profile, changed }
    }

    /// The profile's id as experiments hash it: 32 hexadecimal digits.
    pub(super) fn id(&self) -> String {
        let mut id = String::with_capacity(32);
        write::hex(&self.profile.id, &mut id);
        id
    }

    /// Whether the visitor is held out of all personalization at `stage`.
    pub(super) fn is_held_out(&self, bundle: &Bundle, stage: Stage) -> bool {
        let mut holdouts = bundle.site.holdouts.iter();
        holdouts.any(|holdout| holdout.stages.contains(stage) && holdout.holds(&bundle.texts, &self.id()))
    }
}

/// What the visitor has consented to.
pub(super) fn granted(bundle: &Bundle, request: &Request<'_>, context: &Context<'_>) -> Purposes {
    match context.preview.and_then(|preview| preview.granted) {
        Some(granted) => granted,
        None => {
            crate::consent::purposes(&bundle.site.consent, &Cookies::new(request.cookie), request.is_gpc())
        }
    }
}

/// The visitor's profile: a new one when the cookie is missing or not genuine, none without consent.
pub(super) fn arrive(
    bundle: &Bundle,
    request: &Request<'_>,
    context: &Context<'_>,
    granted: Purposes,
) -> Option<Visitor> {
    if let Some(profile) = context.preview.and_then(|preview| preview.profile.clone()) {
        return Some(Visitor::new(profile, false));
    }
    if !granted.contains(Purpose::Personalization) || context.keys.is_empty() {
        return None;
    }
    let now = request.now_minutes();
    let known = Cookies::new(request.cookie)
        .get(profile::COOKIE_NAME)
        .and_then(|value| profile::decode(value, context.keys).ok());
    Some(match known {
        Some(mut profile) => {
            let changed = profile.arrive(now, bundle.site.profile.visit_gap_minutes);
            Visitor::new(profile, changed)
        }
        None => Visitor::new(Profile::new(request.entropy, now), true),
    })
}

/// What a page view tells of the visitor.
#[derive(Default)]
pub(super) struct News {
    category: Option<String>,
    product: Option<String>,
    /// The order's key and value, in the base currency's minor units.
    order: Option<(u32, Option<i64>)>,
}

impl News {
    pub(super) fn of<'a>(stage: Stage, signals: &'a Signals<'a>) -> Self {
        let mut news = Self::default();
        let site = &signals.bundle.site;
        if matches!(stage, Stage::Category | Stage::Product) {
            news.category = text(signals, Plain::PageCategory);
        }
        if stage == Stage::Product {
            news.product = text(signals, Plain::PageProduct);
        }
        if stage == Stage::ThankYou
            && let Some(order) = signals.origins(&site.shop.order_id)
        {
            let value = signals.origins(&site.shop.order_value);
            let value = value.and_then(|text| Amount::parse(trim(text), site.base_currency.minor_units).ok());
            news.order = Some((fnv1a(order), value.map(|amount| amount.minor)));
        }
        news
    }
}

/// What the page view makes of the profile, when that is worth writing.
pub(super) fn leave(
    visitor: Visitor,
    news: &News,
    winners: &[Winner],
    bundle: &Bundle,
    now: u32,
) -> Option<Profile> {
    let Visitor { mut profile, mut changed } = visitor;
    let seen = Seen { category: news.category.as_deref(), product: news.product.as_deref() };
    changed |= profile.see(seen, now, bundle.site.profile);
    if let Some((key, value)) = news.order {
        changed |= profile.order(key, value, now);
    }
    for winner in winners {
        let Some((rule, _)) = winner.of(bundle) else { continue };
        if let Some(cap) = rule.cap {
            profile.expose(cap, now);
            changed = true;
        }
        if let Some(key) = rule.experiment.as_ref().and_then(|experiment| experiment.sticky_key) {
            changed |= profile.keep_variant(key, winner.variant);
        }
    }
    if !changed {
        return None;
    }
    forget(&mut profile, bundle);
    Some(profile)
}

/// Takes out what the bundle no longer asks for.
pub(super) fn forget(profile: &mut Profile, bundle: &Bundle) {
    profile.forget_unknown(
        |key| bundle.rules.iter().any(|rule| rule.cap.is_some_and(|cap| cap.key == key)),
        |key| bundle.site.questions.iter().any(|question| question.key == key),
        |key| {
            let mut experiments = bundle.rules.iter().filter_map(|rule| rule.experiment.as_ref());
            experiments.any(|experiment| experiment.sticky_key == Some(key))
        },
    );
}

fn text<'a>(signals: &'a Signals<'a>, signal: Plain) -> Option<String> {
    match signals.read(Signal::Plain(signal)) {
        Value::Text(text) => Some(text.into()),
        _ => None,
    }
}
