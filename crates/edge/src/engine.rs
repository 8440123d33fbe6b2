//! A loaded bundle, ready to decide.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use footlight_core::bundle::{self, Bundle, BundleError};
use footlight_core::decide::{
    self, COOKIE_ATTRIBUTES, CachePolicy, Context, Decision, Preview, Scratch, Stranger,
};
use footlight_core::profile::{self, COOKIE_NAME, Keys, Profile};
use footlight_core::request::Request;
use footlight_html::{Plan, Selectors};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::{Buffers, text};
use crate::page::{Changes, Page};
use crate::probe::Probe;
use crate::report::report;
use crate::summary::summary;

/// A loaded bundle. Methods that describe "the decision" speak of the last call of [`decide`](Engine::decide) or
/// [`recognize`](Engine::recognize); the worker asks before anything else can run.
#[wasm_bindgen]
pub struct Engine {
    core: Rc<decide::Engine>,
    scratch: Scratch,
    keys: Keys,
    selectors: Arc<Selectors>,
    probe: Probe,
    page_facts: Vec<String>,
    decision: Option<Decision>,
    /// The profile after the decision or the answer, if it is worth writing.
    profile: Option<Profile>,
    trace: Vec<u8>,
    buffers: Buffers,
}

/// Why a bundle is not taken; the worker's `engine.ts` has the names by their numbers.
#[derive(Clone, Copy)]
pub(crate) enum LoadError {
    Malformed,
    /// It says something impossible.
    Unsound,
    /// Its selectors are of another version of the rewriter.
    Selectors,
}

/// What is wanted of a decision besides itself: bits.
mod wish {
    /// It is a preview, which nobody counts and nothing remembers.
    pub(super) const PREVIEW: u32 = 1;
    /// The preview is that of another visitor, who has consented to everything unless …
    pub(super) const ANOTHER: u32 = 2;
    /// … to nothing, and is here for the first time unless …
    pub(super) const WITHOUT_CONSENT: u32 = 4;
    /// … again.
    pub(super) const RETURNING: u32 = 8;
    /// The reasons are wanted.
    pub(super) const REASONS: u32 = 16;
}

#[wasm_bindgen]
impl Engine {
    /// Loads a bundle's body; the worker has checked the file around it. The input holds its `length` bytes and `keys`
    /// bytes of keys of the profile cookie behind them, the current one first, each of 32 bytes. When there is no engine,
    /// the output has the number of what is wrong.
    #[must_use]
    pub fn load(buffers: &Buffers, length: usize, keys: usize) -> Option<Self> {
        let loaded = Self::read(buffers, length, keys);
        loaded.map_err(|error| buffers.give(|out| out.push(error as u8))).ok()
    }

    /// Reads what the beginning of a page says of it; the input has its `length` bytes, and `content_type` bytes of its
    /// content type behind them. The next decision takes that into account. Returns whether everything was found.
    pub fn probe(&mut self, length: usize, content_type: usize) -> bool {
        let (beginning, content_type) =
            (self.buffers.taken(0, length), self.buffers.taken(length, content_type));
        let complete;
        (self.page_facts, complete) = self.probe.read(&beginning, text(&content_type));
        complete
    }

    /// Decides for the request that `length` bytes of input describe: the values of the bundle's facts, one a line.
    /// Returns the decision's [`summary`].
    ///
    /// The four random numbers become the id of a visitor who is new. `wishes` are those of [`wish`]; with them, a preview
    /// can force the rule of a number, and the variant of a number, each counted from 1, 0 for none.
    #[expect(clippy::too_many_arguments, reason = "numbers cross the border for nothing, an array does not")]
    pub fn decide(
        &mut self,
        length: usize,
        now_ms: f64,
        r0: u32,
        r1: u32,
        r2: u32,
        r3: u32,
        wishes: u32,
        rule: u32,
        variant: u32,
    ) -> u32 {
        let page_facts = core::mem::take(&mut self.page_facts);
        let packed = self.buffers.taken(0, length);
        let mut request = unpack(self.core.bundle(), text(&packed), now_ms, [r0, r1, r2, r3]);
        request.page = page_facts.iter().map(String::as_str).collect();
        let preview = (wishes & wish::PREVIEW != 0).then(|| {
            let has = |wish| wishes & wish != 0;
            let mut preview = Preview::default();
            if has(wish::ANOTHER) {
                let now = request.now_minutes();
                preview = Preview::of_another(!has(wish::WITHOUT_CONSENT), has(wish::RETURNING), now);
            }
            preview.rule = rule.checked_sub(1);
            preview.variant = variant.checked_sub(1).map(|name| name as u16);
            preview
        });
        let context = Context { keys: &self.keys, preview: preview.as_ref() };
        self.trace.clear();
        let mut decision = if wishes & wish::REASONS == 0 {
            self.core.decide(&request, &context, &mut self.scratch)
        } else {
            self.core.explain(&request, &context, &mut self.scratch, &mut self.trace)
        };
        let summary = summary(self.core.bundle(), &decision);
        self.profile = decision.profile.take();
        self.decision = Some(decision);
        summary
    }

    /// Recognizes who makes a request, the request and the random numbers as for [`decide`](Self::decide). Returns 0 when the
    /// output has the visitor's id, 16 bytes, 1 when the visitor has not consented to being remembered, 2 when there is no
    /// key.
    pub fn recognize(&mut self, length: usize, now_ms: f64, r0: u32, r1: u32, r2: u32, r3: u32) -> u32 {
        let recognized = {
            let packed = self.buffers.taken(0, length);
            let request = unpack(self.core.bundle(), text(&packed), now_ms, [r0, r1, r2, r3]);
            let context = Context { keys: &self.keys, preview: None };
            decide::recognize(self.core.bundle(), &request, &context)
        };
        let refusal = match recognized {
            Ok(_) => 0,
            Err(Stranger::NoConsent) => 1,
            Err(Stranger::NoKey) => 2,
        };
        self.profile = recognized.ok();
        self.buffers.give(|out| self.profile.iter().for_each(|profile| out.extend_from_slice(&profile.id)));
        refusal
    }

    /// Notes an answer of the visitor who was [recognized](Self::recognize) to a question, both by their numbers; the
    /// [`cookie`](Self::cookie) has it. Returns whether there are such ones.
    pub fn answer(&mut self, question: usize, answer: usize) -> bool {
        let profile = self.profile.as_mut();
        profile.is_some_and(|profile| decide::answer(self.core.bundle(), profile, question, answer))
    }

    /// Writes the `Set-Cookie` header after the decision or the answer; returns its length, 0 for none.
    #[must_use]
    pub fn cookie(&self) -> usize {
        let value = self.profile.as_ref().and_then(|profile| profile::encode(profile, &self.keys));
        self.buffers.give(|out| {
            if let Some(value) = &value {
                for part in [COOKIE_NAME, "=", value, COOKIE_ATTRIBUTES] {
                    out.extend_from_slice(part.as_bytes());
                }
            }
        })
    }

    /// Writes the decision's variant key, where its page is shared by key; returns its length.
    #[wasm_bindgen(js_name = variantKey)]
    #[must_use]
    pub fn variant_key(&self) -> usize {
        self.buffers.give(|out| {
            if let Some(Decision { cache: CachePolicy::Shared { key }, .. }) = &self.decision {
                out.extend_from_slice(key.as_bytes());
            }
        })
    }

    /// Writes the decision's `Link` header; returns its length, 0 for none.
    #[must_use]
    pub fn link(&self) -> usize {
        self.buffers.give(|out| {
            for &preload in self.decision.iter().flat_map(|decision| &decision.preloads) {
                if !out.is_empty() {
                    out.extend_from_slice(b", ");
                }
                out.extend_from_slice(self.bundle().texts.get(preload).as_bytes());
            }
        })
    }

    /// The `index`th rule that won: its number times 65,536, plus the number of its variant's name; -1 behind the last.
    #[must_use]
    pub fn winner(&self, index: usize) -> f64 {
        let winner = self.decision.as_ref().and_then(|decision| decision.winners.get(index));
        let variant = winner.and_then(|winner| Some((winner.rule, winner.of(self.bundle())?.1)));
        variant.map_or(-1.0, |(rule, variant)| f64::from(rule) * 65_536.0 + f64::from(variant.name))
    }

    /// Writes what the decision says, and its reasons if they were wished for, as [`report`] has it; returns its length.
    #[must_use]
    pub fn report(&self) -> usize {
        self.buffers.give(|out| {
            if let Some(decision) = &self.decision {
                report(self.bundle(), decision, out);
                out.extend_from_slice(&self.trace);
            }
        })
    }

    /// A page that gets the decision's edits. The input has `content_type` bytes of its content type, which says which
    /// encoding it is in.
    pub fn page(&mut self, content_type: usize) -> Page {
        let (edits, market) = match &mut self.decision {
            Some(decision) => (core::mem::take(&mut decision.edits), decision.market),
            None => (Vec::new(), None),
        };
        let changes = Changes { core: self.core.clone(), edits, market };
        let content_type = self.buffers.taken(0, content_type);
        Page::new(Plan::new(self.selectors.clone()), text(&content_type), changes, self.buffers.clone())
    }
}

impl Engine {
    fn read(buffers: &Buffers, length: usize, keys: usize) -> Result<Self, LoadError> {
        let (bytes, keys) = (buffers.taken(0, length), buffers.taken(length, keys));
        let bundle = bundle::decode(&bytes).map_err(|error| match error {
            BundleError::Unsound(_) => LoadError::Unsound,
            _ => LoadError::Malformed,
        })?;
        let selectors = Selectors::from_bytes(&bundle.selectors).ok_or(LoadError::Selectors)?;
        let core = Rc::new(decide::Engine::new(bundle));
        Ok(Self {
            scratch: Scratch::default(),
            keys: Keys::new(keys.chunks_exact(32)),
            selectors: Arc::new(selectors),
            probe: Probe::new(core.clone())?,
            core,
            page_facts: Vec::new(),
            decision: None,
            profile: None,
            trace: Vec::new(),
            buffers: buffers.clone(),
        })
    }

    fn bundle(&self) -> &Bundle {
        self.core.bundle()
    }
}

/// The request that packed values describe. Neither header values nor URLs can contain what is between them, and the worker
/// sees to the rest.
fn unpack<'a>(bundle: &Bundle, packed: &'a str, now_ms: f64, random: [u32; 4]) -> Request<'a> {
    // The current time is a whole number far below 2^53.
    let mut request = Request { now_ms: now_ms as i64, ..Request::default() };
    for (&fact, value) in bundle.facts.iter().zip(packed.split('\n')) {
        fact.set(&mut request, value);
    }
    for (bytes, number) in request.entropy.chunks_exact_mut(4).zip(random) {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    request
}
