//! A loaded bundle, ready to decide.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;

use footlight_core::bundle::{self, Bundle, BundleError, BundleId, CacheClass};
use footlight_core::decide::{self, COOKIE_ATTRIBUTES, CachePolicy, Context, Decision, Preview, Scratch};
use footlight_core::profile::{self, COOKIE_NAME, Keys};
use footlight_core::request::Request;
use footlight_html::{Plan, Selectors};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::{Buffers, Shared};
use crate::error::{Error, error};
use crate::facts::Facts;
use crate::page::{Changes, Page};
use crate::preview;
use crate::probe::Probe;
use crate::report::report;
use crate::summary::summary;

/// A loaded bundle. Methods that describe "the decision" speak of the last call of [`decide`](Engine::decide) or
/// [`preview`](Engine::preview); the worker asks before anything else can run.
#[wasm_bindgen]
pub struct Engine {
    id: BundleId,
    core: Rc<decide::Engine>,
    scratch: Scratch,
    keys: Keys,
    facts: Facts,
    selectors: Arc<Selectors>,
    probe: Probe,
    page_facts: Vec<String>,
    decision: Option<Decision>,
    buffers: Shared,
}

/// Why a bundle is not taken.
pub(crate) enum LoadError {
    Bundle(BundleError),
    /// The bundle's selectors are of another version of the rewriter.
    Selectors,
}

impl LoadError {
    /// A short name for headers and events.
    fn name(&self) -> &'static str {
        match self {
            Self::Bundle(error) => error.name(),
            Self::Selectors => "bad-selector",
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Loads a bundle whose signature, if one is needed, was verified. `site` is the site that it must be for, or
    /// empty; `keys` are the keys of the profile cookie, the current one first, each 32 bytes.
    ///
    /// # Errors
    /// An error with the name of what is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], site: &str, keys: &[u8]) -> Result<Self, Error> {
        let keys = Keys::new(keys.chunks_exact(32));
        Self::load(bytes, site, keys).map_err(|refusal| error(refusal.name(), "the bundle is refused"))
    }

    /// The bundle's name.
    pub fn id(&self) -> String {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let mut name = String::with_capacity(64);
        for byte in self.id.0 {
            name.extend(DIGITS.get(usize::from(byte >> 4)));
            name.extend(DIGITS.get(usize::from(byte & 15)));
        }
        name
    }

    /// The site that the bundle is for.
    pub fn site(&self) -> String {
        self.bundle().site.id.clone()
    }

    /// The facts to pack for each decision, one name a line.
    pub fn facts(&self) -> String {
        self.facts.names(self.bundle())
    }

    /// Whether there is a stage whose pages visitors share who have the same variant key. Where rules read the page,
    /// there is none to share before it was read.
    pub fn shares(&self) -> bool {
        let mut stages = self.bundle().stages.iter();
        stages.any(|plan| matches!(plan.cache, CacheClass::Shared { .. }) && !plan.reads_page)
    }

    /// Makes room for a chunk of `length` bytes and returns where to put it.
    pub fn input(&self, length: usize) -> usize {
        self.buffers.borrow_mut().input_of(length)
    }

    /// Reads what the first `length` bytes of a page, in the input buffer, say of it. The next decision takes that
    /// into account. Returns whether everything was found.
    pub fn probe(&mut self, length: usize, content_type: &str) -> bool {
        let buffers = self.buffers.borrow();
        let beginning = buffers.input.get(..length).unwrap_or_default();
        let complete;
        (self.page_facts, complete) = self.probe.read(beginning, content_type);
        complete
    }

    /// Decides for the request that `packed` describes, and returns the decision's [`summary`].
    ///
    /// The four random numbers become the id of a visitor who is new.
    pub fn decide(&mut self, packed: &str, now_ms: f64, r0: u32, r1: u32, r2: u32, r3: u32) -> u32 {
        let page_facts = core::mem::take(&mut self.page_facts);
        let mut request = self.facts.unpack(packed);
        complete(&mut request, now_ms, [r0, r1, r2, r3], &page_facts);
        let decision =
            self.core.decide(&request, &Context { keys: &self.keys, preview: None }, &mut self.scratch);
        let summary = summary(self.bundle(), &decision);
        self.decision = Some(decision);
        summary
    }

    /// Decides as for another visitor, described as in `country:CH,device:phone`; empty for the visitor who asks.
    ///
    /// # Errors
    /// When the description cannot be read.
    pub fn preview(&mut self, packed: &str, now_ms: f64, description: &str) -> Result<u32, Error> {
        let page_facts = core::mem::take(&mut self.page_facts);
        let mut request = self.facts.unpack(packed);
        complete(&mut request, now_ms, [0; 4], &page_facts);
        let preview = self.read_preview(description, &mut request)?;
        let context = Context { keys: &self.keys, preview: Some(&preview) };
        let decision = self.core.decide(&request, &context, &mut self.scratch);
        let summary = summary(self.bundle(), &decision);
        self.decision = Some(decision);
        Ok(summary)
    }

    /// The decision as JSON, with its reasons when `explain` is set. `preview` as in [`preview`](Self::preview), or
    /// none for what the visitor really gets.
    ///
    /// # Errors
    /// When the description cannot be read.
    pub fn report(
        &mut self,
        packed: &str,
        now_ms: f64,
        preview: Option<String>,
        explain: bool,
    ) -> Result<String, Error> {
        let page_facts = core::mem::take(&mut self.page_facts);
        let mut request = self.facts.unpack(packed);
        complete(&mut request, now_ms, [0; 4], &page_facts);
        let preview = match &preview {
            Some(description) => Some(self.read_preview(description, &mut request)?),
            None => None,
        };
        let context = Context { keys: &self.keys, preview: preview.as_ref() };
        let (decision, explanation) = if explain {
            let (decision, explanation) = self.core.explain(&request, &context, &mut self.scratch);
            (decision, Some(explanation))
        } else {
            (self.core.decide(&request, &context, &mut self.scratch), None)
        };
        Ok(report(self.bundle(), &decision, explanation.as_ref()))
    }

    /// The profile cookie's new value after an answer to a question.
    ///
    /// # Errors
    /// When the question or the answer is unknown, or nothing may be remembered.
    #[expect(clippy::too_many_arguments, reason = "numbers cross the border for nothing, an array does not")]
    pub fn answer(
        &self,
        packed: &str,
        now_ms: f64,
        r0: u32,
        r1: u32,
        r2: u32,
        r3: u32,
        question: &str,
        answer: &str,
    ) -> Result<String, Error> {
        let mut request = self.facts.unpack(packed);
        complete(&mut request, now_ms, [r0, r1, r2, r3], &[]);
        let context = Context { keys: &self.keys, preview: None };
        decide::answer(self.bundle(), &request, &context, question, answer)
            .map(|value| set_cookie(&value))
            .map_err(|refusal| error(refusal.name(), "the answer is not taken"))
    }

    /// The decision's `Set-Cookie` header, or empty.
    pub fn cookie(&self) -> String {
        let profile = self.decision.as_ref().and_then(|decision| decision.profile.as_ref());
        let value = profile.and_then(|profile| profile::encode(profile, &self.keys));
        value.map_or_else(String::new, |value| set_cookie(&value))
    }

    /// The decision's variant key, where its page is shared by key; otherwise empty.
    pub fn variant(&self) -> String {
        match &self.decision {
            Some(Decision { cache: CachePolicy::Shared { key }, .. }) => key.clone(),
            _ => String::new(),
        }
    }

    /// The decision's `Link` header, or empty.
    pub fn link(&self) -> String {
        let mut header = String::new();
        for &preload in self.decision.iter().flat_map(|decision| &decision.preloads) {
            if !header.is_empty() {
                header.push_str(", ");
            }
            header.push_str(self.bundle().texts.get(preload));
        }
        header
    }

    /// The names of the rules that won, one a line; of an experiment, with the variant after a `/`.
    pub fn winners(&self) -> String {
        let mut names = String::new();
        for winner in self.decision.iter().flat_map(|decision| &decision.winners) {
            let Some((rule, variant)) = winner.of(self.bundle()) else { continue };
            if !names.is_empty() {
                names.push('\n');
            }
            let texts = &self.bundle().texts;
            names.push_str(texts.get(rule.id));
            if rule.experiment.is_some() {
                names.push('/');
                names.push_str(texts.get(variant.id));
            }
        }
        names
    }

    /// A page that gets the decision's edits. Its `Content-Type` says which encoding it is in.
    pub fn page(&mut self, content_type: &str) -> Page {
        let (edits, market) = match &mut self.decision {
            Some(decision) => (core::mem::take(&mut decision.edits), decision.market),
            None => (Vec::new(), None),
        };
        let changes = Changes { core: self.core.clone(), edits, market };
        Page::new(Plan::new(self.selectors.clone()), content_type, changes, self.buffers.clone())
    }
}

impl Engine {
    fn load(bytes: &[u8], site: &str, keys: Keys) -> Result<Self, LoadError> {
        let loaded = bundle::load(bytes, site).map_err(LoadError::Bundle)?;
        let bundle = loaded.bundle;
        let selectors = Selectors::from_bytes(&bundle.selectors).ok_or(LoadError::Selectors)?;
        let facts = Facts::needed(&bundle);
        let core = Rc::new(decide::Engine::new(bundle));
        Ok(Self {
            id: loaded.id,
            scratch: Scratch::default(),
            keys,
            facts,
            selectors: Arc::new(selectors),
            probe: Probe::new(core.clone())?,
            core,
            page_facts: Vec::new(),
            decision: None,
            buffers: Rc::new(RefCell::new(Buffers::default())),
        })
    }

    fn bundle(&self) -> &Bundle {
        self.core.bundle()
    }

    fn read_preview<'a>(&self, description: &'a str, request: &mut Request<'a>) -> Result<Preview, Error> {
        if description.is_empty() {
            return Ok(preview::as_oneself());
        }
        Preview::read(description, self.bundle(), request)
            .map_err(|problem| error("bad-preview", &preview::message(&problem)))
    }
}

/// Adds what the packed facts do not hold.
fn complete<'a>(request: &mut Request<'a>, now_ms: f64, random: [u32; 4], page_facts: &'a [String]) {
    // The current time is a whole number far below 2^53.
    request.now_ms = now_ms as i64;
    for (bytes, number) in request.entropy.chunks_exact_mut(4).zip(random) {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    request.page = page_facts.iter().map(String::as_str).collect();
}

fn set_cookie(value: &str) -> String {
    let mut header = String::with_capacity(COOKIE_NAME.len() + 1 + value.len() + COOKIE_ATTRIBUTES.len());
    header.push_str(COOKIE_NAME);
    header.push('=');
    header.push_str(value);
    header.push_str(COOKIE_ATTRIBUTES);
    header
}
