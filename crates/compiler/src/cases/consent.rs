//! The consent cookie that says exactly what a case says.

use footlight_core::consent::{ConsentFormat, ConsentSource, Purpose, Purposes};

/// The cookie, none when its absence says it; `None` when no value says exactly this.
pub(super) fn cookie(source: &ConsentSource, purposes: Purposes) -> Option<Option<(String, String)>> {
    let wanted = purposes.with(Purpose::Necessary);
    if source.absent.with(Purpose::Necessary) == wanted {
        return Some(None);
    }
    let value = match &source.format {
        ConsentFormat::Value(meanings) => meanings
            .iter()
            .find(|(_, granted)| granted.with(Purpose::Necessary) == wanted)
            .map(|(word, _)| word.clone()),
        ConsentFormat::List(meanings) => {
            let (words, granted) = agreed(meanings, wanted);
            (granted == wanted).then(|| words.join(","))
        }
        ConsentFormat::Flags(meanings) => {
            let (words, granted) = agreed(meanings, wanted);
            let flags: Vec<String> = meanings
                .iter()
                .map(|(word, _)| format!("{word}:{}", u8::from(words.contains(&word.as_str()))))
                .collect();
            (granted == wanted).then(|| flags.join(","))
        }
        ConsentFormat::Tcf(_) => None,
    };
    value.map(|value| Some((source.cookie.clone(), value)))
}

/// The words that mean nothing beyond what is wanted, and what they mean together.
fn agreed(meanings: &[(String, Purposes)], wanted: Purposes) -> (Vec<&str>, Purposes) {
    let mut granted = Purposes::NECESSARY;
    let mut words = Vec::new();
    for (word, purposes) in meanings {
        if purposes.without(wanted) == Purposes::NONE {
            granted = granted | *purposes;
            words.push(word.as_str());
        }
    }
    (words, granted)
}
