//! What a replay of logs says of segments.

use super::{At, Diagnostic, codes};
use crate::traffic::Traffic;

codes! {
    RARE_SEGMENT: Warning "rare-segment", "an audience of hardly anybody earns nothing, and its rules can never be measured";
    COMMON_SEGMENT: Warning "common-segment", "an audience of nearly everybody tells nobody apart";
    BAD_TRAFFIC: Warning "bad-traffic", "without the shares nobody is warned of segments that hardly anybody is in";
}

pub(crate) fn rare(at: At, segment: &str, share: f64, traffic: &Traffic) -> Diagnostic {
    Diagnostic::new(&RARE_SEGMENT, at, format!("hardly anybody is in the segment `{segment}`"))
        .label(format!("{} of {}", percent(share), of(traffic)))
        .help("widen its condition, or remove it; after a change, replay a log again: `footlight simulate --save`")
}

pub(crate) fn common(at: At, segment: &str, share: f64, traffic: &Traffic) -> Diagnostic {
    Diagnostic::new(&COMMON_SEGMENT, at, format!("nearly everybody is in the segment `{segment}`"))
        .label(format!("{} of {}", percent(share), of(traffic)))
        .help("narrow its condition; if everybody is meant, write `condition = \"true\"`, which says so")
}

pub(crate) fn unreadable(at: At, why: &str) -> Diagnostic {
    Diagnostic::new(&BAD_TRAFFIC, at, format!("the shares of traffic cannot be read: {why}"))
        .help("write them anew with `footlight simulate --save`, or remove the file")
}

fn of(traffic: &Traffic) -> String {
    let visitors = if traffic.visitors == 1 { "visitor" } else { "visitors" };
    let period = match (traffic.from.as_str(), traffic.until.as_str()) {
        ("", _) | (_, "") => String::new(),
        (from, until) if from == until => format!(" of {from}"),
        (from, until) => format!(" from {from} to {until}"),
    };
    format!("{} {visitors}{period}", traffic.visitors)
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "none".to_owned(),
        percent => format!("{percent:.2} %"),
    }
}
