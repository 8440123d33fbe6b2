//! The course that releases took: which of them were live, and what was live before.

use std::collections::BTreeMap;

use super::document::{Action, Release};

/// The sequences of those releases that are or were live, as far back as `known` goes. A release that is not among them
/// was begun and never went live.
pub(crate) fn were_live(live: &Release, known: &BTreeMap<u64, Release>) -> Vec<u64> {
    let mut sequences = vec![live.sequence];
    let mut next = live.previous;
    while let Some(sequence) = next {
        sequences.push(sequence);
        next = known.get(&sequence).and_then(|release| release.previous);
    }
    sequences
}

/// The release to go back to from the live one: what was live before its bundle was brought. Going back again and again
/// goes further and further back, never forth.
pub(crate) fn before<E>(
    live: &Release,
    mut read: impl FnMut(u64) -> Result<Option<Release>, E>,
) -> Result<Option<Release>, E> {
    let mut here = live.clone();
    loop {
        let Some(previous) = here.previous else { return Ok(None) };
        let Some(previous) = read(previous)? else { return Ok(None) };
        let brought_it = here.bundle == live.bundle && here.action != Action::Rollback;
        if brought_it && previous.bundle != live.bundle {
            return Ok(Some(previous));
        }
        here = previous;
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::release;
    use super::*;

    use Action::{Promote, Push, Rollback};

    /// Bundles by letter and how each came, the first with sequence 1.
    fn course(steps: &[(char, Action)]) -> BTreeMap<u64, Release> {
        let sequences = 1_u64..;
        sequences
            .zip(steps)
            .map(|(sequence, (bundle, action))| {
                let previous = (sequence > 1).then(|| sequence - 1);
                (sequence, release(sequence, previous, *bundle, *action))
            })
            .collect()
    }

    type Steps = [(char, Action)];

    fn back(steps: &Steps) -> Option<char> {
        let known = course(steps);
        let live = known.values().last().unwrap();
        let found = before(live, |sequence| Ok::<_, ()>(known.get(&sequence).cloned())).unwrap();
        found.and_then(|release| release.bundle.as_str().chars().next())
    }

    #[test]
    fn going_back_goes_to_what_was_live_before_and_never_forth() {
        let cases: &[(&Steps, Option<char>)] = &[
            (&[('a', Push)], None),
            (&[('a', Push), ('b', Push)], Some('a')),
            (&[('a', Push), ('b', Push), ('a', Rollback)], None),
            (&[('a', Push), ('b', Push), ('c', Push), ('b', Rollback)], Some('a')),
            (&[('a', Push), ('b', Push), ('c', Push), ('a', Rollback), ('d', Push)], Some('a')),
            (&[('a', Push), ('b', Push), ('a', Push), ('c', Push), ('a', Rollback)], Some('b')),
            (&[('a', Push), ('a', Action::Canary), ('b', Promote)], Some('a')),
            (&[('a', Push), ('b', Push), ('b', Action::Canary), ('b', Rollback)], Some('a')),
        ];
        for (steps, expected) in cases {
            assert_eq!(back(steps), *expected, "{steps:?}");
        }
    }

    #[test]
    fn a_release_that_no_later_one_came_from_was_never_live() {
        let mut known = course(&[('a', Push), ('b', Push), ('c', Push)]);
        known.insert(4, release(4, Some(2), 'd', Push));
        assert_eq!(were_live(&known[&4].clone(), &known), [4, 2, 1]);
    }
}
