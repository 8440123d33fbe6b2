//! Points in time as releases write them and as people read them.

use footlight_core::time::write_rfc3339;

/// The second that `unix_ms` lies in, as RFC 3339.
pub(crate) fn second(unix_ms: i64) -> String {
    let mut text = String::new();
    write_rfc3339(unix_ms.div_euclid(1000) * 1000, &mut text);
    text
}

/// How long ago that was: `3 hours ago`.
pub(crate) fn ago(then_ms: i64, now_ms: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let (seconds, is_past) = ((now_ms - then_ms).abs() / 1000, now_ms >= then_ms);
    let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| seconds >= *unit) else {
        return "just now".to_owned();
    };
    let span = crate::output::count(usize::try_from(seconds / unit).unwrap_or(0), name);
    if is_past { format!("{span} ago") } else { format!("in {span}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_their_largest_unit() {
        let cases = [(0, "just now"), (999, "just now"), (1_000, "1 second ago"), (119_000, "1 minute ago")];
        for (milliseconds, expected) in cases {
            assert_eq!(ago(0, milliseconds), expected);
        }
        assert_eq!(ago(0, 3 * 86_400_000), "3 days ago");
        assert_eq!(ago(7_200_000, 0), "in 2 hours");
        assert_eq!(second(1_795_240_800_999), "2026-11-21T06:00:00Z");
    }
}
