//! What changed from one outline to another, in words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::outline::{Facet, Group, Outline, Thing};

/// Characters of a text that are shown on each side of a change.
const AROUND: usize = 24;

/// The longest part of a text that is shown.
const MOST_CHARACTERS: usize = 90;

/// Whether something came, went or is another now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum How {
    Added,
    Removed,
    Changed,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    #[serde(skip)]
    pub(crate) group: Group,
    pub(crate) name: String,
    pub(crate) how: How,
    /// What changed of it; of what came, what it is.
    pub(crate) words: Vec<String>,
}

/// Everything that changed, by group and name.
pub(crate) fn changes(a: &Outline, b: &Outline) -> Vec<Change> {
    let keys: BTreeSet<&(Group, String)> = a.keys().chain(b.keys()).collect();
    let mut changes = Vec::new();
    for key @ (group, name) in keys {
        let change = |how, words| Change { group: *group, name: name.clone(), how, words };
        match (a.get(key), b.get(key)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                let words = properties(a, b);
                if !words.is_empty() {
                    changes.push(change(How::Changed, words));
                }
            }
            (None, Some(b)) => changes.push(change(How::Added, introduced(*group, b))),
            (Some(_), None) => changes.push(change(How::Removed, Vec::new())),
            (None, None) => {}
        }
    }
    changes
}

/// What a thing that came is, in a line.
fn introduced(group: Group, thing: &Thing) -> Vec<String> {
    let told: &[&str] = match group {
        Group::Rules => &["slot", "stages", "segments", "condition", "priority", "owner"],
        Group::Segments => &["kind", "condition"],
        Group::Markets => &["countries", "currency"],
        _ => &[],
    };
    let told = thing.0.iter().filter(|(label, _)| told.contains(&label.as_str()));
    told.filter_map(|(label, facet)| match facet {
        Facet::Word(word) | Facet::Text(word) if !word.is_empty() => Some(format!("{label}: {word}")),
        Facet::Set(all) | Facet::All(all) if !all.is_empty() => Some(format!("{label}: {}", list(all))),
        _ => None,
    })
    .collect()
}

fn properties(a: &Thing, b: &Thing) -> Vec<String> {
    let old: BTreeMap<&str, &Facet> = a.0.iter().map(|(label, facet)| (label.as_str(), facet)).collect();
    let new: BTreeMap<&str, &Facet> = b.0.iter().map(|(label, facet)| (label.as_str(), facet)).collect();
    let mut labels: Vec<&str> = b.0.iter().map(|(label, _)| label.as_str()).collect();
    labels.extend(a.0.iter().map(|(label, _)| label.as_str()).filter(|label| !new.contains_key(label)));
    labels
        .into_iter()
        .filter_map(|label| property(label, old.get(label).copied(), new.get(label).copied()))
        .collect()
}

fn property(label: &str, old: Option<&Facet>, new: Option<&Facet>) -> Option<String> {
    match (old, new) {
        (Some(old), Some(new)) if old == new => None,
        (Some(Facet::Word(old)), Some(Facet::Word(new))) => Some(match (old.as_str(), new.as_str()) {
            ("", new) => format!("{label} is now {new}"),
            (old, "") => format!("no {label} any more, which was {old}"),
            (old, new) => format!("{label} {old} → {new}"),
        }),
        (Some(Facet::Set(old)), Some(Facet::Set(new))) => {
            Some(came_and_went(label, old, new, "now also", "no longer"))
        }
        (Some(Facet::All(old)), Some(Facet::All(new))) => {
            Some(came_and_went(label, old, new, "now also asks for", "no longer asks for"))
        }
        (Some(Facet::Text(old)), Some(Facet::Text(new))) => {
            let (old, new) = around(old, new);
            Some(format!("{label} “{old}” → “{new}”"))
        }
        (None, Some(facet)) => Some(match facet {
            Facet::Word(word) if word.is_empty() => return None,
            Facet::Word(word) => format!("{label} is new: {word}"),
            Facet::Text(text) => format!("{label} is new: “{}”", short(text)),
            Facet::Set(all) | Facet::All(all) => format!("{label}: {}", list(all)),
        }),
        (Some(Facet::Word(word)), None) if word.is_empty() => None,
        (Some(_), _) => Some(format!("{label} is gone")),
        (None, None) => None,
    }
}

fn came_and_went(
    label: &str,
    old: &BTreeSet<String>,
    new: &BTreeSet<String>,
    came: &str,
    went: &str,
) -> String {
    let mut words = Vec::new();
    for (all, other, verb) in [(new, old, came), (old, new, went)] {
        let only: BTreeSet<String> = all.difference(other).cloned().collect();
        if !only.is_empty() {
            words.push(format!("{verb} {}", list(&only)));
        }
    }
    format!("{label} {}", words.join(", "))
}

fn list(all: &BTreeSet<String>) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = all.iter().take(MOST).map(|one| format!("`{one}`")).collect();
    let more = all.len().saturating_sub(MOST);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// The parts of two texts in which they differ, with a little of what is around.
fn around(old: &str, new: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (flat(old), flat(new));
    let same = |(a, b): &(&char, &char)| a == b;
    let start = old.iter().zip(&new).take_while(same).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take_while(same).take(most).count();
    let cut = |text: &[char]| {
        let (from, to) = (start.saturating_sub(AROUND), (text.len() - end + AROUND).min(text.len()));
        let before = if from > 0 { "…" } else { "" };
        let after = if to < text.len() { "…" } else { "" };
        let middle: String = text.get(from..to).unwrap_or_default().iter().collect();
        format!("{before}{}{after}", short(&middle))
    };
    (cut(&old), cut(&new))
}

/// Without line breaks.
fn flat(text: &str) -> Vec<char> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

fn short(text: &str) -> String {
    let text = flat(text);
    let shown: String = text.iter().take(MOST_CHARACTERS).collect();
    if text.len() > MOST_CHARACTERS { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_only_what_differs_is_shown() {
        let (old, new) = around(
            "Welcome back to the boots of the season, dear",
            "Welcome back to the tents of the season, dear",
        );
        assert_eq!(
            (old.as_str(), new.as_str()),
            (
                "Welcome back to the boots of the season, dear",
                "Welcome back to the tents of the season, dear"
            )
        );
        let long = "x".repeat(100);
        let (old, new) = around(&format!("{long}a{long}"), &format!("{long}bc{long}"));
        let side = "x".repeat(24);
        assert_eq!((old, new), (format!("…{side}a{side}…"), format!("…{side}bc{side}…")));
        assert_eq!(around("aa", "aaa"), ("aa".to_owned(), "aaa".to_owned()));
    }
}
