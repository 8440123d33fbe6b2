//! "Did you mean": the nearest name by edit distance.

/// The candidate that `written` most likely stands for, if one is near enough to be no guess.
#[must_use]
pub fn similar<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let written_lower = written.to_lowercase();
    let most_edits = (written.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&written_lower, &candidate.to_lowercase()), candidate))
        .filter(|(edits, candidate)| *edits <= most_edits && *candidate != written)
        // Equal distances: the first by name, so that the message does not depend on the order of candidates.
        .min_by_key(|(edits, candidate)| (*edits, *candidate))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …` when a candidate is near, else the candidates while they are few.
pub(crate) fn among<'c>(
    written: &str,
    what: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> Option<String> {
    const MOST_LISTED: usize = 12;
    if let Some(candidate) = similar(written, candidates.clone()) {
        return Some(format!("did you mean `{candidate}`?"));
    }
    let all: Vec<String> = candidates.into_iter().map(|candidate| format!("`{candidate}`")).collect();
    match all.len() {
        0 => None,
        1 => Some(format!("the only {what} is {}", all.concat())),
        2..=MOST_LISTED => Some(format!("one of {}", all.join(", "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_a_far_one_is_not() {
        let names = ["geo.country", "geo.region", "geo.city", "device.class"];
        for (written, expected) in [
            ("geo.contry", Some("geo.country")),
            ("geo.Country", Some("geo.country")),
            ("geo.cuontry", Some("geo.country")),
            ("weather.now", None),
            ("", None),
        ] {
            assert_eq!(similar(written, names), expected, "{written}");
        }
    }
}
