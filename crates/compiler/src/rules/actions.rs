//! What a rule puts into its slot, as edits.

use footlight_core::bundle::{Edit, Kind, Place};
use footlight_core::texts::TextId;

use super::edits::Parts;
use super::{preload, texts};
use crate::contents::{Compiled, Contents};
use crate::diagnostic::{At, contents, journey, names};
use crate::document::{Item, Value};
use crate::program::Program;
use crate::shape::Table;
use crate::site::DeclaredSlot;
use crate::template::{self, Target};

/// The rule that is being read.
pub(super) struct Action<'r, 'd> {
    pub(super) rule: Table<'d>,
    pub(super) id: &'r str,
    pub(super) slot: &'r DeclaredSlot,
    pub(super) slot_number: u16,
    pub(super) kind: Option<Kind>,
    pub(super) has_markets: bool,
    pub(super) contents: &'r Contents,
    pub(super) parts: &'r mut Parts,
    pub(super) program: &'r mut Program,
    /// Edits with what they take up.
    edits: Vec<Edit>,
    taken: Vec<(Claim, At)>,
    is_sound: bool,
}

/// What an edit takes up of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    /// All of it.
    Whole,
    /// A place at the edge of what is inside.
    Edge,
    /// What is inside of it, or of a part.
    Inside(Option<String>),
    /// An attribute of it, or of a part.
    Attribute(Option<String>, String),
}

impl Claim {
    fn conflicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole, _) | (_, Self::Whole) => true,
            // What is inside of the slot is gone with its parts.
            (Self::Inside(None), Self::Inside(_) | Self::Attribute(Some(_), _))
            | (Self::Inside(_) | Self::Attribute(Some(_), _), Self::Inside(None)) => true,
            _ => self == other,
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Whole => "the slot".to_owned(),
            Self::Edge => "what is at the edge of the slot".to_owned(),
            Self::Inside(None) => "what is inside of the slot".to_owned(),
            Self::Inside(Some(part)) => format!("what is inside of the part `{part}`"),
            Self::Attribute(_, name) => format!("the attribute `{name}`"),
        }
    }
}

/// Edits and preload hints of a rule.
#[derive(Debug, Default)]
pub(super) struct Effects {
    pub(super) edits: Vec<Edit>,
    pub(super) preloads: Vec<TextId>,
}

impl<'r, 'd> Action<'r, 'd> {
    #[expect(clippy::too_many_arguments, reason = "all that an action is made of")]
    pub(super) fn new(
        rule: Table<'d>,
        id: &'r str,
        (slot_number, slot): (u16, &'r DeclaredSlot),
        kind: Option<Kind>,
        has_markets: bool,
        contents: &'r Contents,
        parts: &'r mut Parts,
        program: &'r mut Program,
    ) -> Self {
        let (edits, taken) = (Vec::new(), Vec::new());
        Self {
            rule,
            id,
            slot,
            slot_number,
            kind,
            has_markets,
            contents,
            parts,
            program,
            edits,
            taken,
            is_sound: true,
        }
    }

    /// Reads everything the rule does; `None` when something was wrong, and reported.
    pub(super) fn read(mut self) -> Option<Effects> {
        self.content();
        let part = self.rule.text("part").map(|part| part.text.to_owned());
        if let Some(item) = self.rule.item("text") {
            self.text(item, part.clone(), "text");
        }
        if let Some(item) = self.rule.item("headline") {
            self.text(item, Some("headline".to_owned()), "headline");
        }
        self.call_to_action();
        let preloads = self.image();
        self.attributes(part.clone());
        self.remove(part);
        self.prices();
        if self.edits.is_empty() && self.is_sound {
            self.program.report(contents::nothing_to_do(self.rule.at()));
            return None;
        }
        self.is_sound.then_some(Effects { edits: self.edits, preloads })
    }

    /// Notes what an edit takes up; two edits cannot take the same.
    fn claim(&mut self, claim: Claim, at: At) {
        if let Some((_, first)) = self.taken.iter().find(|(taken, _)| taken.conflicts(&claim)) {
            let diagnostic = contents::conflicting_edits(at, *first, &claim.describe());
            self.program.report(diagnostic);
            self.is_sound = false;
        }
        self.taken.push((claim, at));
    }

    /// The slot, or one of its parts.
    fn target(&mut self, part: Option<&str>, at: At) -> Option<u16> {
        let selector = match part {
            None => Some(self.slot.selector.clone()),
            Some(part) => self.slot.part(part),
        };
        let Some(selector) = selector else {
            let known = self.slot.parts.iter().flatten().map(|part| part.name.as_str());
            let known: Vec<&str> = known.collect();
            let diagnostic =
                names::unknown_part(at, &self.slot.name, part.unwrap_or(""), known.iter().copied());
            self.program.report(diagnostic);
            self.is_sound = false;
            return None;
        };
        Some(self.parts.target(self.slot_number, &selector, self.slot.repeated))
    }

    fn content(&mut self) {
        let Some(name) = self.rule.text("content") else { return };
        let place = match self.rule.text("place").map(|place| place.text) {
            Some("replace") => Place::Replace,
            Some("before") => Place::Before,
            Some("after") => Place::After,
            Some("prepend") => Place::Prepend,
            Some("append") => Place::Append,
            _ => Place::Inner,
        };
        self.parts.used_contents.insert(name.text.to_owned());
        match place {
            Place::Replace => self.claim(Claim::Whole, name.whole),
            Place::Inner => self.claim(Claim::Inside(None), name.whole),
            Place::Prepend | Place::Append => self.claim(Claim::Edge, name.whole),
            Place::Before | Place::After => {}
        }
        let content = match self.contents.by_name.get(name.text) {
            Some((_, Some(compiled))) => self.parts.content(name.text, compiled),
            Some((_, None)) => {
                // Wrong itself, and reported there.
                self.is_sound = false;
                return;
            }
            None => {
                let known = self.contents.by_name.keys().map(String::as_str);
                self.program.report(names::unknown_content(name.whole, name.text, known));
                self.is_sound = false;
                return;
            }
        };
        if let Some(target) = self.target(None, name.whole) {
            self.edits.push(Edit::Insert { target, place, content });
        }
    }

    /// Compiles a template and keeps it as a content of this rule.
    fn template(&mut self, item: &Item, what: &str, target: Target) -> Option<(u16, Compiled)> {
        let Some(compiled) = texts::compile(item, target, self.program) else {
            self.is_sound = false;
            return None;
        };
        // `#` is in no content's name.
        let name = format!("{}#{what}", self.id);
        Some((self.parts.content(&name, &compiled), compiled))
    }

    fn text(&mut self, item: &Item, part: Option<String>, what: &str) {
        let target = self.target(part.as_deref(), item.at);
        self.claim(Claim::Inside(part), item.at);
        let content = self.template(item, what, Target::Text);
        if let (Some(target), Some((content, _))) = (target, content) {
            self.edits.push(Edit::Insert { target, place: Place::Inner, content });
        }
    }

    fn call_to_action(&mut self) {
        let Some(table) = self.rule.table("call_to_action") else { return };
        if table.item("text").is_none() && table.item("href").is_none() {
            self.program.report(contents::empty_action(table.at(), "call to action", "`text` or `href`"));
            self.is_sound = false;
        }
        let part = Some("cta".to_owned());
        if let Some(item) = table.item("text") {
            self.text(item, part.clone(), "cta");
        }
        if let Some(item) = table.item("href") {
            self.set_attribute(item, part, "href");
        }
    }

    /// Sets an attribute to a template.
    fn set_attribute(&mut self, item: &Item, part: Option<String>, name: &str) -> Option<Compiled> {
        let target = self.target(part.as_deref(), item.at);
        let what = format!("{}@{name}", part.as_deref().unwrap_or(""));
        self.claim(Claim::Attribute(part, name.to_owned()), item.at);
        let kind = if template::is_url_attribute(name) { Target::Url } else { Target::Attribute };
        let (content, compiled) = self.template(item, &what, kind)?;
        let name = self.program.texts.intern(name);
        self.edits.push(Edit::SetAttribute { target: target?, name, content });
        Some(compiled)
    }

    fn remove_attribute(&mut self, target: Option<u16>, name: &str) {
        let name = self.program.texts.intern(name);
        self.edits.extend(target.map(|target| Edit::RemoveAttribute { target, name }));
    }

    /// Swaps the picture, and everything that would let a browser load the old one.
    fn image(&mut self) -> Vec<TextId> {
        let Some(image) = self.rule.table("image") else { return Vec::new() };
        let part = || Some("image".to_owned());
        let Some(source_item) = image.item("src") else { return Vec::new() };
        let source = self.set_attribute(source_item, part(), "src");
        let srcset = image.item("srcset").and_then(|item| self.set_attribute(item, part(), "srcset"));
        let sizes = image.item("sizes").and_then(|item| self.set_attribute(item, part(), "sizes"));
        if let Some(item) = image.item("alt") {
            self.set_attribute(item, part(), "alt");
        }
        let target = self.target(Some("image"), source_item.at);
        for (key, name) in [("srcset", "srcset"), ("sizes", "sizes")] {
            if image.item(key).is_none() {
                self.remove_attribute(target, name);
            }
        }
        self.preload_link(source.as_ref(), srcset.as_ref(), sizes.as_ref());
        if image.boolean("preload") == Some(false) {
            return Vec::new();
        }
        let link =
            source.and_then(|source| preload::link(&source, srcset.as_ref(), sizes.as_ref(), self.program));
        link.into_iter().map(|link| self.program.texts.intern(&link)).collect()
    }

    /// Lets the page's own preload link name the new picture.
    fn preload_link(
        &mut self,
        source: Option<&Compiled>,
        srcset: Option<&Compiled>,
        sizes: Option<&Compiled>,
    ) {
        let Some(selector) = self.slot.preload.clone() else { return };
        let target = self.parts.target(self.slot_number, &selector, false);
        for (name, from, value) in
            [("href", "src", source), ("imagesrcset", "srcset", srcset), ("imagesizes", "sizes", sizes)]
        {
            match value {
                Some(compiled) => {
                    // The same content as the image's own attribute.
                    let content = self.parts.content(&format!("{}#image@{from}", self.id), compiled);
                    let name = self.program.texts.intern(name);
                    self.edits.push(Edit::SetAttribute { target, name, content });
                }
                None => self.remove_attribute(Some(target), name),
            }
        }
    }

    fn attributes(&mut self, part: Option<String>) {
        for entry in self.rule.entries("attributes") {
            let name = entry.key.to_lowercase();
            let is_name = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte));
            if !is_name {
                self.program.report(contents::bad_attribute_name(entry.key_at, &entry.key));
                self.is_sound = false;
                continue;
            }
            let is_code = name.starts_with("on") || name == "srcdoc" || name == "style";
            if is_code {
                self.program.report(contents::unsafe_attribute(entry.key_at, &name));
                self.is_sound = false;
                continue;
            }
            if matches!(entry.item.value, Value::Boolean(false)) {
                let target = self.target(part.as_deref(), entry.key_at);
                self.claim(Claim::Attribute(part.clone(), name.clone()), entry.key_at);
                self.remove_attribute(target, &name);
            } else {
                self.set_attribute(&entry.item, part.clone(), &name);
            }
        }
    }

    fn remove(&mut self, part: Option<String>) {
        if self.rule.boolean("remove") != Some(true) {
            return;
        }
        let at = self.rule.key_at("remove");
        let claim = match &part {
            None => Claim::Whole,
            Some(part) => Claim::Inside(Some(part.clone())),
        };
        self.claim(claim, at);
        if let Some(target) = self.target(part.as_deref(), at) {
            self.edits.push(Edit::Remove { target });
        }
    }

    fn prices(&mut self) {
        if self.rule.boolean("prices") != Some(true) {
            return;
        }
        let at = self.rule.key_at("prices");
        self.claim(Claim::Inside(None), at);
        match self.kind {
            Some(Kind::Localize) | None => {}
            Some(kind) => {
                self.program.report(journey::prices_kind(at, kind.name()));
                self.is_sound = false;
            }
        }
        if !self.slot.repeated {
            self.program.report(journey::prices_slot(at, &self.slot.name));
            self.is_sound = false;
        }
        if !self.has_markets {
            self.program.report(journey::prices_without_markets(at));
            self.is_sound = false;
        }
        if let Some(target) = self.target(None, at) {
            self.edits.push(Edit::Price { target });
        }
    }
}
