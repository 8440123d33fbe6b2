//! A small site, built without the compiler.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::bundle::{
    Bundle, CacheClass, Cap, Content, Edit, Kind, Place, ProfileLimits, Route, Rule, Schedule, Segment,
    ShopSources, Site, StagePlan, Target, Variant,
};
use crate::condition::{Comparison, Literal, Node, NodeId};
use crate::consent::{ConsentFormat, ConsentSource, Purposes};
use crate::decide::{Context, Decision, Engine, Scratch};
use crate::experiment::Experiment;
use crate::fact::Fact;
use crate::money::{Currency, CurrencyCode};
use crate::notes::{Notes, SegmentKind, SegmentNote};
use crate::profile::{self, Keys};
use crate::report::Explanation;
use crate::request::Request;
use crate::signal::{Plain, Signal};
use crate::stage::{Stage, Stages};
use crate::template::{Escape, Piece, Template};
use crate::texts::{TextId, Texts};
use crate::time::TimeZone;
use crate::url::{RoutePattern, TrailingSlash};

pub(crate) const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                                (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

/// Builds a bundle piece by piece.
pub(crate) struct SiteBuilder {
    pub(crate) bundle: Bundle,
    names: Notes,
}

/// An engine and what its bundle's numbers are called.
pub(crate) struct Sample {
    pub(crate) engine: Engine,
    pub(crate) notes: Notes,
}

impl core::ops::Deref for Sample {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

/// A rule before it has its place in the order.
pub(crate) struct RuleSketch {
    pub(crate) id: &'static str,
    pub(crate) slot: u16,
    pub(crate) kind: Kind,
    pub(crate) priority: i32,
    pub(crate) segment: u16,
    pub(crate) condition: Option<NodeId>,
    pub(crate) cap: Option<Cap>,
    pub(crate) schedule: Schedule,
    pub(crate) experiment: Option<Experiment>,
}

impl Default for RuleSketch {
    fn default() -> Self {
        Self {
            id: "rule",
            slot: 0,
            kind: Kind::Recognize,
            priority: 0,
            segment: 0,
            condition: None,
            cap: None,
            schedule: Schedule { expires_ms: i64::MAX, ..Schedule::default() },
            experiment: None,
        }
    }
}

impl SiteBuilder {
    /// A site with every stage at `/<its name>/:category`, three slots, and a first segment that everyone is in.
    pub(crate) fn new() -> Self {
        let route = |stage: Stage| Route {
            pattern: RoutePattern::parse(
                &alloc::format!("/{}/:category", stage.name()),
                TrailingSlash::Ignored,
            )
            .unwrap(),
            stage: Some(stage),
        };
        let site = Site {
            id: "test".into(),
            hosts: vec!["shop.example".into()],
            locales: vec!["en".into(), "de".into()],
            geo_headers: Vec::new(),
            routes: Stage::ALL.into_iter().map(route).collect(),
            consent: ConsentSource {
                cookie: "consent".into(),
                format: ConsentFormat::Value(vec![("all".into(), Purposes::ALL)]),
                absent: Purposes::NONE,
            },
            base_currency: Currency {
                code: CurrencyCode::parse("EUR").unwrap(),
                minor_units: 2,
                cash_step: 1,
            },
            markets: Vec::new(),
            amount_attribute: "data-amount".into(),
            product_attribute: "data-sku".into(),
            shipping: None,
            shop_zone: 0,
            zones: vec![TimeZone::utc()],
            headers: Vec::new(),
            page_attributes: Vec::new(),
            page_selectors: Vec::new(),
            page: crate::bundle::PageSources {
                category: vec![crate::bundle::Origin::Route("category".into())],
                ..Default::default()
            },
            shop: ShopSources::default(),
            custom: Vec::new(),
            questions: Vec::new(),
            tiers: Vec::new(),
            profile: ProfileLimits {
                categories: 5,
                recently_viewed: 6,
                affinity_half_life_days: 14,
                visit_gap_minutes: 30,
            },
            holdouts: Vec::new(),
        };
        let stages = Stage::ALL.map(|_| StagePlan {
            allowed: Kind::ALL.to_vec(),
            max_interventions: 2,
            uncounted: vec![Kind::Localize],
            limits: Vec::new(),
            rules: Vec::new(),
            reads_page: false,
            cache: CacheClass::Private,
        });
        let mut builder = Self {
            bundle: Bundle {
                site,
                texts: Texts::default(),
                nodes: Vec::new(),
                facts: Vec::new(),
                segments: Vec::new(),
                slots: 0,
                targets: Vec::new(),
                selectors: Vec::new(),
                contents: Vec::new(),
                rules: Vec::new(),
                stages: stages.into(),
            },
            names: Notes { variants: vec![String::new(), "control".into()], ..Notes::default() },
        };
        for slot in ["hero", "greeting", "notice"] {
            builder.slot(slot);
        }
        let everyone = builder.node(Node::Literal(Literal::Bool(true)));
        builder.segment("everyone", everyone);
        builder
    }

    /// Adds a slot and its target, which have the same number.
    pub(crate) fn slot(&mut self, name: &str) -> u16 {
        let slot = self.bundle.slots;
        self.bundle.slots += 1;
        self.names.slots.push(name.into());
        self.names.targets.push(alloc::format!("[data-footlight-slot={name}]"));
        self.bundle.targets.push(Target { slot });
        slot
    }

    pub(crate) fn text(&mut self, text: &str) -> TextId {
        self.bundle.texts.push(text)
    }

    pub(crate) fn node(&mut self, node: Node) -> NodeId {
        let id = NodeId(self.bundle.nodes.len() as u32);
        self.bundle.nodes.push(node);
        id
    }

    pub(crate) fn signal(&mut self, signal: Plain) -> NodeId {
        self.node(Node::Signal(Signal::Plain(signal)))
    }

    /// `signal == 'text'`
    pub(crate) fn equals(&mut self, signal: Plain, text: &str) -> NodeId {
        let left = self.signal(signal);
        let text = self.text(text);
        let right = self.node(Node::Literal(Literal::Text(text)));
        self.node(Node::Compare { operator: Comparison::Equal, left, right })
    }

    pub(crate) fn segment(&mut self, id: &str, condition: NodeId) -> u16 {
        self.names.segments.push(SegmentNote { id: id.into(), kind: SegmentKind::Need });
        self.bundle.segments.push(Segment { condition });
        (self.bundle.segments.len() - 1) as u16
    }

    /// A content that shows the text, and the value of a node behind it.
    pub(crate) fn content(&mut self, text: &str, value: Option<NodeId>) -> u16 {
        let id = self.text(text);
        let mut pieces = vec![Piece::Literal(id)];
        pieces.extend(value.map(|value| Piece::Placeholder { value, escape: Escape::Text }));
        self.bundle.contents.push(Content { default: Template { pieces }, variants: Vec::new() });
        (self.bundle.contents.len() - 1) as u16
    }

    /// Adds a rule at all stages that shows its own name; an experiment's second variant shows nothing.
    pub(crate) fn rule(&mut self, sketch: RuleSketch) -> &mut Self {
        let content = self.content(sketch.id, None);
        self.rule_with(sketch, content)
    }

    pub(crate) fn rule_with(&mut self, sketch: RuleSketch, content: u16) -> &mut Self {
        let edit = Edit::Insert { target: sketch.slot, place: Place::Inner, content };
        let mut variants = vec![Variant { name: 0, edits: vec![edit], preloads: Vec::new() }];
        if sketch.experiment.is_some() {
            variants.push(Variant { name: 1, edits: Vec::new(), preloads: Vec::new() });
        }
        self.names.rules.push(sketch.id.into());
        self.bundle.rules.push(Rule {
            stages: Stage::ALL.into_iter().collect::<Stages>(),
            segments: vec![sketch.segment],
            condition: sketch.condition,
            kind: sketch.kind,
            priority: sketch.priority,
            slot: sketch.slot,
            schedule: sketch.schedule,
            cap: sketch.cap,
            purposes: Purposes::NONE,
            experiment: sketch.experiment,
            variants,
        });
        self
    }

    /// The bundle with its rules in order, as it comes back from its own bytes.
    pub(crate) fn engine(mut self) -> Sample {
        let rules = core::mem::take(&mut self.bundle.rules);
        let mut named: Vec<(String, Rule)> = self.names.rules.into_iter().zip(rules).collect();
        named
            .sort_by(|(a_name, a), (b_name, b)| b.priority.cmp(&a.priority).then_with(|| a_name.cmp(b_name)));
        (self.names.rules, self.bundle.rules) = named.into_iter().unzip();
        for plan in &mut self.bundle.stages {
            plan.rules = (0..self.bundle.rules.len() as u32).collect();
        }
        self.bundle.facts = Fact::needed(&self.bundle);
        let (bytes, _) = crate::bundle::encode(&self.bundle, &[], 0).unwrap();
        let loaded = crate::bundle::load(&bytes, "test").unwrap();
        assert_eq!(loaded.bundle, self.bundle);
        let notes = Notes::of(&loaded.bundle, self.names);
        Sample { engine: Engine::new(loaded.bundle), notes }
    }
}

/// The value of the cookie that a decision sets.
pub(crate) fn written(decision: &Decision) -> String {
    profile::encode(decision.profile.as_ref().unwrap(), &keys()).unwrap()
}

pub(crate) fn keys() -> Keys {
    Keys::new([&[7_u8; 32][..]])
}

/// A request for the home page from a phone, at a fixed time.
pub(crate) fn request() -> Request<'static> {
    Request {
        now_ms: 1_795_000_000_000,
        entropy: [9; 16],
        url: "https://shop.example/homepage/boots",
        user_agent: PHONE,
        ..Request::default()
    }
}

pub(crate) fn decide(engine: &Engine, request: &Request<'_>) -> Decision {
    let keys = keys();
    let context = Context { keys: &keys, preview: None };
    let decision = engine.decide(request, &context, &mut Scratch::default());
    let explained = engine.explain(request, &context, &mut Scratch::default(), &mut Vec::new());
    assert_eq!(decision, explained, "explaining must not change the decision");
    decision
}

pub(crate) fn explain(sample: &Sample, request: &Request<'_>) -> Explanation {
    let keys = keys();
    let mut trace = Vec::new();
    let context = Context { keys: &keys, preview: None };
    let decision = sample.engine.explain(request, &context, &mut Scratch::default(), &mut trace);
    Explanation::read(&decision, &trace, &sample.notes).unwrap()
}

/// The names of the rules that won.
pub(crate) fn winners(sample: &Sample, request: &Request<'_>) -> Vec<String> {
    let name = |winner: &crate::decide::Winner| sample.notes.rules[winner.rule as usize].clone();
    decide(sample, request).winners.iter().map(name).collect()
}

/// How a rule fared.
pub(crate) fn outcome(explanation: &Explanation, rule: &str) -> &'static str {
    explanation.rules.iter().find(|explained| explained.id == rule).unwrap().outcome
}
