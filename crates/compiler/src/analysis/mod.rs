//! Rules that can never win, and rules that only their names put in order. Sound: a warning is never wrong. Complete for
//! conjunctions of equality, membership, ranges and truth values; what is beyond them is taken as it stands, so silence
//! proves nothing.
//!
//! The way there: conditions → conjuncts → for each signal the values that are left → what other rules leave of them.

mod budget;
mod condition;
mod earlier;
mod facts;
mod needs;
mod never;
mod shadow;
mod ties;
mod values;

use std::rc::Rc;

use footlight_core::bundle::{Bundle, Rule};
use footlight_core::condition::{Node, NodeId, display};
use footlight_core::notes::Notes;
use footlight_core::signal::{Plain, Signal};

use crate::diagnostic::{At, Diagnostic, reach};
use condition::Conditions;
use earlier::Pins;
use facts::{Axis, Contradiction, Facts, Opaque};
use never::Reason;
use values::{Cut, Values};

/// Where rules and segments stand, in the order of the bundle.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) rules: Vec<At>,
    pub(crate) segments: Vec<At>,
}

/// What can never happen in a bundle, and what happens by accident.
pub(crate) fn analyse(bundle: &Bundle, notes: &Notes, places: &Places) -> Vec<Diagnostic> {
    let conditions = Conditions::new(bundle);
    let mut diagnostics = Vec::new();
    let mut is_dead_segment = Vec::with_capacity(bundle.segments.len());
    for ((segment, note), at) in bundle.segments.iter().zip(&notes.segments).zip(&places.segments) {
        let contradiction = Facts::of(&conditions, [segment.condition]).err();
        is_dead_segment.push(contradiction.is_some());
        if let Some(contradiction) = contradiction.filter(|found| is_news(bundle, found)) {
            let what = format!("the segment `{}`", note.id);
            diagnostics.push(reach::contradiction(*at, &what, &written(bundle, notes, &contradiction)));
        }
    }
    let mut facts = Vec::with_capacity(bundle.rules.len());
    for ((rule, name), at) in bundle.rules.iter().zip(&notes.rules).zip(&places.rules) {
        let is_dead = |segment: &&u16| is_dead_segment.get(usize::from(**segment)).copied() == Some(true);
        let found = match rule.segments.iter().find(is_dead) {
            Some(segment) => {
                let segment = notes.segments.get(usize::from(*segment)).map_or("", |found| found.id.as_str());
                Err(Some(reach::never_wins(*at, name, &reach::Never::NobodyIn(segment))))
            }
            None => applies(&conditions, notes, (rule, name), *at),
        };
        facts.push(match found {
            Ok(facts) => Some(facts),
            Err(diagnostic) => {
                diagnostics.extend(diagnostic);
                None
            }
        });
    }
    let pins = Pins::new(&facts);
    let shadowed = shadow::shadowed(&conditions, &facts, &pins);
    for (beaten, by) in &shadowed {
        let (Some(rule), Some(at)) = (bundle.rules.get(*beaten), places.rules.get(*beaten)) else { continue };
        let winners: Vec<(At, &str, String)> = by
            .iter()
            .filter_map(|&by| {
                let winner = bundle.rules.get(by)?;
                Some((*places.rules.get(by)?, name_of(notes, by), order(winner, rule)))
            })
            .collect();
        diagnostics.push(reach::shadowed(*at, name_of(notes, *beaten), &winners, slot_of(notes, rule)));
        // That it is tied with others adds nothing.
        if let Some(facts) = facts.get_mut(*beaten) {
            *facts = None;
        }
    }
    for crowded in budget::crowded(&conditions, &facts, &pins) {
        let (Some(rule), Some(at)) = (bundle.rules.get(crowded.rule), places.rules.get(crowded.rule)) else {
            continue;
        };
        let taken: Vec<(At, &str, &str)> = crowded
            .by
            .iter()
            .filter_map(|&by| {
                let taker = bundle.rules.get(by)?;
                Some((*places.rules.get(by)?, name_of(notes, by), slot_of(notes, taker)))
            })
            .collect();
        let (name, kind, stage) = (name_of(notes, crowded.rule), rule.kind.name(), crowded.stage.name());
        diagnostics.push(reach::over_budget(*at, name, (kind, stage), &taken));
        if let Some(facts) = facts.get_mut(crowded.rule) {
            *facts = None;
        }
    }
    for tie in ties::ties(&conditions, &facts, &pins) {
        let (Some(rule), Some(at)) = (bundle.rules.get(tie.rule), places.rules.get(tie.rule)) else {
            continue;
        };
        let others: Vec<(At, &str)> = tie
            .others
            .iter()
            .take(ties::MOST_NAMED)
            .filter_map(|&other| Some((*places.rules.get(other)?, name_of(notes, other))))
            .collect();
        let first = tie.others.first().and_then(|&other| facts.get(other)?.as_ref());
        let own = facts.get(tie.rule).and_then(Option::as_ref);
        let example = own.zip(first).map(|(own, first)| ties::example(&conditions, notes, own, first));
        let (name, slot) = (name_of(notes, tie.rule), slot_of(notes, rule));
        let has_more = tie.others.len() > ties::MOST_NAMED;
        diagnostics.push(reach::tied(*at, name, slot, &others, has_more, &example.unwrap_or_default()));
    }
    diagnostics
}

/// What holds when a rule applies; else what is to be said about it never doing so, when that is news.
fn applies<'b>(
    conditions: &Conditions<'b>,
    notes: &Notes,
    (rule, name): (&Rule, &str),
    at: At,
) -> Result<Facts<'b>, Option<Diagnostic>> {
    let bundle = conditions.bundle;
    let never = |never: &reach::Never<'_>| Err(Some(reach::never_wins(at, name, never)));
    let segments = rule.segments.iter().filter_map(|&segment| bundle.segments.get(usize::from(segment)));
    let all = segments.map(|segment| segment.condition).chain(rule.condition);
    let mut facts = match Facts::of(conditions, all) {
        Ok(facts) => facts,
        Err(found) if is_news(bundle, &found) => {
            let what = format!("the rule `{name}`");
            return Err(Some(reach::contradiction(at, &what, &written(bundle, notes, &found))));
        }
        Err(_) => return Err(None),
    };
    // Bots see the default page.
    let device = Axis::Signal(Signal::Plain(Plain::DeviceClass));
    if let Some(classes) = facts.region.get(&device) {
        let people = classes.without(&Values::range(Cut::Text("bot", false), Cut::Text("bot", true)));
        if people.is_empty() {
            return never(&reach::Never::OnlyBots);
        }
        facts.region.insert(device, Rc::new(people));
    }
    if let Some(experiment) = &rule.experiment
        && experiment.allocations.is_empty()
        && experiment.sticky_key.is_none()
    {
        return never(&reach::Never::NobodyTakesPart);
    }
    if rule.schedule.from_ms.is_some_and(|from| from >= rule.schedule.expires_ms) {
        return never(&reach::Never::StopsBeforeItBegins);
    }
    let (open, closed) = never::open_stages(bundle, rule, &facts);
    if open.is_empty()
        && let Some((stage, reason)) = closed
    {
        return never(&match reason {
            Reason::NoRoom(kind) => reach::Never::NoRoom { kind: kind.name(), stage: stage.name() },
            Reason::HeldOut => reach::Never::HeldOut { stage: stage.name() },
        });
    }
    Ok(facts.within(rule, open))
}

/// A condition that is `false` by itself has been reported where it is written.
fn is_news(bundle: &Bundle, Contradiction(found): &Contradiction) -> bool {
    let literal = |id: NodeId| matches!(bundle.nodes.get(id.0 as usize), Some(Node::Literal(_)));
    !matches!(found.as_slice(), [(id, _)] if literal(*id))
}

fn written(bundle: &Bundle, notes: &Notes, Contradiction(found): &Contradiction) -> Vec<String> {
    let text = |&(id, wanted): &Opaque| {
        let mut text = String::new();
        display(bundle, notes, id, &mut text);
        if wanted { text } else { format!("!({text})") }
    };
    found.iter().map(text).collect()
}

fn name_of(notes: &Notes, rule: usize) -> &str {
    notes.rules.get(rule).map_or("", String::as_str)
}

fn slot_of<'n>(notes: &'n Notes, rule: &Rule) -> &'n str {
    notes.slots.get(usize::from(rule.slot)).map_or("", String::as_str)
}

fn order(winner: &Rule, rule: &Rule) -> String {
    if winner.priority == rule.priority {
        "the same priority, and its id comes first".to_owned()
    } else {
        format!("priority {} before {}", winner.priority, rule.priority)
    }
}
