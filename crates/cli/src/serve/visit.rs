//! One request for a page, with all that deciding about it needs.

use std::sync::Arc;

use footlight_core::bundle::Bundle;
use footlight_core::decide::{self, COOKIE_ATTRIBUTES, Context, Decision, Preview, Scratch, Stranger};
use footlight_core::profile::{self, COOKIE_NAME, Keys, Profile};
use footlight_core::report::{Explanation, Report};
use footlight_core::request::Request;
use serde::Serialize;

use super::pretence::Pretence;
use super::rules::Live;

/// A decision in words, and what made it, as the worker's endpoints say it.
#[derive(Serialize)]
pub(super) struct ServedReport<'a> {
    #[serde(flatten)]
    report: Report,
    served_by: ServedBy<'a>,
}

#[derive(Serialize)]
struct ServedBy<'a> {
    /// The bundle's name.
    bundle: &'a str,
    canary: bool,
}

/// One request for a page.
pub(super) struct Visit {
    pub(super) live: Arc<Live>,
    keys: Keys,
    url: String,
    facts: Vec<String>,
    now_ms: i64,
    entropy: [u8; 16],
    preview: Option<Preview>,
}

impl Visit {
    /// A visit with the facts of its request. `pretence` makes it a preview, which nobody counts and nothing remembers.
    pub(super) fn new(
        live: Arc<Live>,
        keys: Keys,
        url: &str,
        mut facts: Vec<String>,
        now_ms: i64,
        pretence: Option<Pretence>,
    ) -> Self {
        let now_ms = pretence.as_ref().and_then(|pretence| pretence.now_ms).unwrap_or(now_ms);
        let mut entropy = [0; 16];
        // A visitor's id has to be unlike others', not secret.
        getrandom::fill(&mut entropy).ok();
        let preview = pretence.map(|pretence| {
            for (fact, value) in pretence.facts {
                if let Some(place) = facts.get_mut(fact) {
                    *place = value;
                }
            }
            let now_minutes = Request { now_ms, ..Request::default() }.now_minutes();
            let other =
                pretence.other.map(|other| Preview::of_another(other.consents, other.returning, now_minutes));
            Preview { rule: pretence.rule, variant: pretence.variant, ..other.unwrap_or_default() }
        });
        Self { live, keys, url: url.to_owned(), facts, now_ms, entropy, preview }
    }

    pub(super) fn is_preview(&self) -> bool {
        self.preview.is_some()
    }

    /// The page's address as its visitors know it.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// When the visit is.
    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// Decides; `page` is what the page says of itself, as far as it was read.
    pub(super) fn decide(&self, page: &[String]) -> Decision {
        let context = Context { keys: &self.keys, preview: self.preview.as_ref() };
        self.live.pages.engine().decide(&self.request(page), &context, &mut Scratch::default())
    }

    /// Decides, and says what and why.
    pub(super) fn explain(&self, page: &[String]) -> (Decision, Report) {
        let context = Context { keys: &self.keys, preview: self.preview.as_ref() };
        let (engine, notes) = (self.live.pages.engine(), &self.live.notes);
        let mut trace = Vec::new();
        let decision = engine.explain(&self.request(page), &context, &mut Scratch::default(), &mut trace);
        let explanation = Explanation::read(&decision, &trace, notes);
        let report = Report::of(&decision, explanation, engine.bundle(), notes);
        (decision, report)
    }

    /// The bundle that decides.
    pub(super) fn bundle(&self) -> &Bundle {
        self.live.pages.engine().bundle()
    }

    /// A report, with what made it.
    pub(super) fn served(&self, report: Report) -> ServedReport<'_> {
        ServedReport { report, served_by: ServedBy { bundle: &self.live.id, canary: false } }
    }

    /// What a decision says, without the reasons.
    pub(super) fn report_of(&self, decision: &Decision) -> Report {
        Report::of(decision, None, self.bundle(), &self.live.notes)
    }

    /// What the profile becomes when the visitor answers a question, both by their numbers; none when there are no such.
    pub(super) fn answer(&self, question: usize, answer: usize) -> Result<Option<Profile>, Stranger> {
        let context = Context { keys: &self.keys, preview: None };
        let mut profile = decide::recognize(self.bundle(), &self.request(&[]), &context)?;
        Ok(decide::answer(self.bundle(), &mut profile, question, answer).then_some(profile))
    }

    /// The value of a `Set-Cookie` header with a profile.
    pub(super) fn cookie(&self, profile: &Profile) -> Option<String> {
        let value = profile::encode(profile, &self.keys)?;
        Some(format!("{COOKIE_NAME}={value}{}", COOKIE_ATTRIBUTES))
    }

    fn request<'a>(&'a self, page: &'a [String]) -> Request<'a> {
        let mut request = Request { now_ms: self.now_ms, entropy: self.entropy, ..Request::default() };
        for (fact, value) in self.live.pages.engine().bundle().facts.iter().zip(&self.facts) {
            fact.set(&mut request, value);
        }
        request.page = page.iter().map(String::as_str).collect();
        request
    }
}
