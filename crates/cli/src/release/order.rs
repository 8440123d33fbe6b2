//! The order that a new release has to keep with those that are there.

use super::document::Release;

/// Where the new release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Next {
    pub(crate) sequence: u64,
    pub(crate) previous: Option<u64>,
}

/// Why there cannot be a new release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Disorder {
    /// What is live is another site's.
    OtherSite { live: String },
    /// This computer's clock is behind the live release.
    ClockBehind { live_at_ms: i64, now_ms: i64, by: String },
    /// `live.json` is older than it was, or gone: somebody put a file there.
    PutBack { live: Option<u64>, was: u64 },
}

/// What the one who makes the release knows better.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Leave {
    /// The clock of whoever made the live release was wrong.
    pub(crate) clock: bool,
    /// The new release says itself which bundle is to be live, whatever `live.json` was.
    pub(crate) put_back: bool,
}

/// The place of the next release. `later` are releases with higher sequences than the live one: begun, and never live.
pub(crate) fn next(
    live: Option<&Release>,
    later: &[Release],
    site: &str,
    now_ms: i64,
    leave: Leave,
) -> Result<Next, Disorder> {
    if let Some(other) = live.into_iter().chain(later).find(|release| release.site != site) {
        return Err(Disorder::OtherSite { live: other.site.clone() });
    }
    let sequence = live.map_or(0, |release| release.sequence);
    if let Some(disorder) = put_back(live, later)
        && !leave.put_back
    {
        return Err(disorder);
    }
    if let Some((release, live_at_ms)) = live.and_then(|release| Some((release, release.at_ms()?)))
        && now_ms < live_at_ms
        && !leave.clock
    {
        return Err(Disorder::ClockBehind { live_at_ms, now_ms, by: release.by.clone() });
    }
    let highest = later.iter().map(|release| release.sequence).max().unwrap_or(0).max(sequence);
    Ok(Next { sequence: highest + 1, previous: live.map(|release| release.sequence) })
}

/// Whether something was live that is newer than what is live now: a later release came from it.
pub(crate) fn put_back(live: Option<&Release>, later: &[Release]) -> Option<Disorder> {
    let live = live.map(|release| release.sequence);
    let was = later.iter().filter_map(|release| release.previous).max()?;
    (was > live.unwrap_or(0)).then_some(Disorder::PutBack { live, was })
}

#[cfg(test)]
mod tests {
    use super::super::document::Action::Push;
    use super::super::document::tests::release;
    use super::*;

    /// 2026-11-21T06:00:00Z, when all releases of these tests were made.
    const AT: i64 = 1_795_240_800_000;

    #[test]
    fn sequences_count_up_past_releases_that_were_never_live() {
        let cases = [
            (None, vec![], (1, None)),
            (Some(16), vec![], (17, Some(16))),
            (Some(16), vec![release(17, Some(16), 'b', Push)], (18, Some(16))),
            (None, vec![release(1, None, 'b', Push)], (2, None)),
        ];
        for (live, later, (sequence, previous)) in cases {
            let live = live.map(|sequence| release(sequence, Some(sequence - 1), 'a', Push));
            let found = next(live.as_ref(), &later, "fjell", AT, Leave::default());
            assert_eq!(found, Ok(Next { sequence, previous }), "{later:?}");
        }
    }

    #[test]
    fn a_clock_behind_the_live_release_is_noticed() {
        let live = release(16, None, 'a', Push);
        let found = next(Some(&live), &[], "fjell", AT - 1, Leave::default());
        assert_eq!(
            found,
            Err(Disorder::ClockBehind { live_at_ms: AT, now_ms: AT - 1, by: "Ada".to_owned() })
        );
        assert!(next(Some(&live), &[], "fjell", AT, Leave::default()).is_ok());
        assert!(next(Some(&live), &[], "fjell", AT - 1, Leave { clock: true, put_back: false }).is_ok());
    }

    #[test]
    fn another_site_is_noticed() {
        let live = release(16, None, 'a', Push);
        let found = next(Some(&live), &[], "alm", AT, Leave::default());
        assert_eq!(found, Err(Disorder::OtherSite { live: "fjell".to_owned() }));
        let leave = Leave { clock: true, put_back: true };
        assert!(next(None, &[live], "alm", AT, leave).is_err(), "whatever else is allowed");
    }

    #[test]
    fn a_live_release_that_was_put_back_is_noticed() {
        let live = release(15, Some(14), 'a', Push);
        let later = [release(16, Some(15), 'b', Push), release(17, Some(16), 'c', Push)];
        let found = next(Some(&live), &later, "fjell", AT, Leave::default());
        assert_eq!(found, Err(Disorder::PutBack { live: Some(15), was: 16 }));
        let gone = next(None, &later, "fjell", AT, Leave::default());
        assert_eq!(gone, Err(Disorder::PutBack { live: None, was: 16 }));
        let made_official = next(Some(&live), &later, "fjell", AT, Leave { clock: false, put_back: true });
        assert_eq!(made_official, Ok(Next { sequence: 18, previous: Some(15) }));
    }
}
