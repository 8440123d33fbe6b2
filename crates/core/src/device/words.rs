//! The words of a User-Agent header that tell something.
//!
//! A header is cut into words of letters, digits and `_`; each word is looked up by its hash. So the cost follows the
//! header's length and not the number of words known, and the table holds numbers instead of text.

use super::word_table;

/// What the words of a header tell, as a set of [`Mark`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u32);

/// What one word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Mark {
    Bot,
    // Machines
    Mobile,
    Tablet,
    Screen,
    OldPhone,
    // Systems
    Windows,
    Mac,
    /// iOS, of whatever size.
    Ios,
    IPhone,
    Android,
    Linux,
    X11,
    ChromeOs,
    // Browsers
    Chrome,
    Safari,
    Version,
    Firefox,
    Edge,
    Opera,
    Samsung,
    InternetExplorer,
    InApp,
    OtherBrowser,
}

impl Marks {
    /// What the words of `header` tell.
    pub(super) fn of(header: &str) -> Self {
        let mut marks = Self::default();
        let mut rest = header.as_bytes();
        while !rest.is_empty() {
            let (hash, length) = word_table::hash(rest);
            let (word, after) = rest.split_at_checked(length).unwrap_or_default();
            // Versions and model numbers, about half of all words, tell nothing.
            if word.first().is_some_and(|first| !first.is_ascii_digit()) {
                marks = marks.and(word_table::known(hash).unwrap_or_else(|| bot_name(word)));
            }
            rest = after.get(1..).unwrap_or_default();
        }
        marks
    }

    pub(super) const fn from_marks(marks: &[Mark]) -> Self {
        let (mut bits, mut rest) = (0, marks);
        while let [mark, tail @ ..] = rest {
            bits |= 1 << *mark as u32;
            rest = tail;
        }
        Self(bits)
    }

    /// What either tells.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, mark: Mark) -> bool {
        self.0 & 1 << mark as u8 != 0
    }
}

/// `Googlebot`, `Bytespider`, `echocrawl`, `com_bot_2`; but Cubot makes telephones.
fn bot_name(word: &[u8]) -> Marks {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    let length = word.iter().rposition(is_letter).map_or(0, |last| last + 1);
    let is_ending = |ending: &[u8]| {
        let tail = word.get(length.saturating_sub(ending.len())..length);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    // Most words end otherwise.
    if !matches!(
        word.get(length.saturating_sub(1)),
        Some(b't' | b's' | b'r' | b'l' | b'T' | b'S' | b'R' | b'L')
    ) {
        return Marks::default();
    }
    let is_bot = [&b"bot"[..], b"bots", b"spider", b"crawl", b"crawler"].into_iter().any(is_ending);
    if is_bot && !is_ending(b"cubot") { Marks::from_marks(&[Mark::Bot]) } else { Marks::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bots_are_known_by_their_ending() {
        for (header, expected) in [
            ("Googlebot/2.1", true),
            ("AdsBot-Google", true),
            ("UptimeRobot/2.0", true),
            ("Pingdom.com_bot_version_1.4", true),
            ("Baiduspider", true),
            ("CRAWL-E/0.6", true),
            ("iaskspider2", true),
            ("masidani_bot_v0.3", false),
            ("CUBOT_X30", false),
            ("CUBOT", false),
            ("bottle", false),
        ] {
            assert_eq!(Marks::of(header).has(Mark::Bot), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn marks_of_a_whole_are_the_marks_of_its_parts(one in "\\PC{0,30}", other in "[A-Za-z0-9_/;. ()]{0,60}") {
            let whole = alloc::format!("{one} {other}");
            prop_assert_eq!(Marks::of(&whole), Marks::of(&one).and(Marks::of(&other)));
        }
    }
}
