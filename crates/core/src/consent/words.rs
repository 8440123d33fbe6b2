//! Consent cookies of plain words and of `key:value` flags.

use alloc::string::String;

use super::purpose::Purposes;

/// What the site says its words mean.
pub(super) type Meanings = [(String, Purposes)];

/// The purposes of `word`; `None` when the site gave it no meaning. Case does not matter.
pub(super) fn meaning(meanings: &Meanings, word: &str) -> Option<Purposes> {
    meanings.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, purposes)| *purposes)
}

/// The purposes of all words of `text`, whatever stands between them: `analytics,marketing`, `["a","b"]`.
pub(super) fn granted_by_list(meanings: &Meanings, text: &str) -> Purposes {
    words(text)
        .filter_map(|(word, _)| meaning(meanings, word))
        .fold(Purposes::NONE, |all, granted| all | granted)
}

/// The purposes of all keys of `text` that are said yes to: `C0001:1,C0002:0`, `{"statistics":true}`.
///
/// A purpose that any key says no to is not granted, whatever else says yes.
pub(super) fn granted_by_flags(meanings: &Meanings, text: &str) -> Purposes {
    let (mut granted, mut refused) = (Purposes::NONE, Purposes::NONE);
    let mut words = words(text);
    while let Some((word, separator)) = words.next() {
        let Some(purposes) = meaning(meanings, word).filter(|_| assigns(separator)) else { continue };
        match words.next() {
            Some((answer, _)) if is_yes(answer) => granted = granted | purposes,
            _ => refused = refused | purposes,
        }
    }
    granted.without(refused)
}

/// The words of `text`, each with what stands between it and the next.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let (_, mut rest) = split(text, |byte| !is_word(byte));
    core::iter::from_fn(move || {
        let (word, after) = split(rest, is_word);
        let (separator, next) = split(after, |byte| !is_word(byte));
        rest = next;
        (!word.is_empty()).then_some((word, separator))
    })
}

/// All that is not ASCII belongs to words, so every cut is between characters.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'_' | b'-' | b'.')
}

/// The longest beginning of `text` of which all bytes are so, and the rest.
fn split(text: &str, is_so: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !is_so(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Not `":{"`: what is inside the braces answers another question.
fn assigns(separator: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b':' | b'=');
    separator.bytes().any(is_sign)
        && separator.bytes().all(|byte| is_sign(byte) || matches!(byte, b'"' | b'\'' | b' '))
}

fn is_yes(answer: &str) -> bool {
    ["1", "true", "yes", "on", "allow", "allowed", "accepted", "granted"]
        .iter()
        .any(|yes| answer.eq_ignore_ascii_case(yes))
}

#[cfg(test)]
mod tests {
    use super::super::purpose::Purpose::{self, Analytics, Functional, Marketing};
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn meanings() -> Vec<(String, Purposes)> {
        [
            ("analytics", Analytics),
            ("statistics", Analytics),
            ("C0002", Analytics),
            ("C0003", Functional),
            ("C0004", Marketing),
            ("marketing", Marketing),
        ]
        .map(|(word, purpose)| (word.into(), purpose.into()))
        .into()
    }

    fn set(purposes: &[Purpose]) -> Purposes {
        purposes.iter().copied().collect()
    }

    #[test]
    fn a_list_grants_what_it_names() {
        for (text, expected) in [
            ("", set(&[])),
            ("analytics,marketing", set(&[Analytics, Marketing])),
            ("analytics|unknown", set(&[Analytics])),
            ("Analytics Marketing", set(&[Analytics, Marketing])),
            (r#"["necessary","analytics"]"#, set(&[Analytics])),
            (r#"{"level":["marketing"],"revision":2}"#, set(&[Marketing])),
            ("no-analytics", set(&[])),
            (",,;", set(&[])),
        ] {
            assert_eq!(granted_by_list(&meanings(), text), expected, "{text}");
        }
    }

    #[test]
    fn flags_grant_what_they_say_yes_to() {
        for (text, expected) in [
            ("", set(&[])),
            ("isGpcEnabled=0&groups=C0001:1,C0002:0,C0003:1,C0004:1&geo=DE", set(&[Functional, Marketing])),
            ("{stamp:'x+y==',necessary:true,statistics:true,marketing:false,ver:1}", set(&[Analytics])),
            (r#"{"analytics": true, "marketing": "granted"}"#, set(&[Analytics, Marketing])),
            (r#"{"analytics":"denied","marketing":null}"#, set(&[])),
            ("analytics", set(&[])),
            ("analytics,true", set(&[])),
            ("analytics:", set(&[])),
            (r#"["analytics",{"x":1}]"#, set(&[])),
            (r#"{"analytics":{"granted":false}}"#, set(&[])),
            ("analytics=yes;marketing=no", set(&[Analytics])),
            ("marketing:1,marketing:0", set(&[])),
            ("statistics:1,C0002:0", set(&[])),
            ("analytics:marketing:true", set(&[])),
        ] {
            assert_eq!(granted_by_flags(&meanings(), text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            granted_by_list(&meanings(), &text);
            granted_by_flags(&meanings(), &text);
        }
    }
}
