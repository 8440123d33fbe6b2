//! Lines that people can compare: pages of one line are cut at their tags.

/// Longer lines are cut.
const LONG: usize = 200;

/// The text with long lines cut before opening tags.
pub(super) fn cut(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.len() <= LONG {
            out.push_str(line);
            continue;
        }
        let mut rest = line;
        while let Some(tag) = next_tag(rest) {
            let (before, behind) = rest.split_at(tag);
            out.push_str(before);
            if !before.trim().is_empty() {
                out.push('\n');
            }
            rest = behind;
        }
        out.push_str(rest);
    }
    out
}

/// Where the next opening tag begins, not counting one at the front.
fn next_tag(text: &str) -> Option<usize> {
    text.match_indices('<')
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .find(|at| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_stay_and_long_ones_are_cut_at_tags() {
        assert_eq!(cut("<p>a</p><p>b</p>\n"), "<p>a</p><p>b</p>\n");
        let long = format!("<ul>{}</ul>\n", "<li>1 < 2</li>".repeat(20));
        let lines: Vec<String> = cut(&long).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 21);
        assert_eq!(
            (lines[0].as_str(), lines[1].as_str(), lines[20].as_str()),
            ("<ul>", "<li>1 < 2</li>", "<li>1 < 2</li></ul>")
        );
    }
}
