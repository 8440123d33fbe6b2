//! What a release says.

use std::fmt;

use footlight_core::time::parse_rfc3339;
use serde::{Deserialize, Serialize};

/// The version of the document that this command writes, and the only one that it reads.
pub(crate) const VERSION: u32 = 1;
/// Shares are counted in parts of this.
pub(crate) const WHOLE: u16 = 10_000;
/// The largest sequence that every reader can count to: numbers in JavaScript are exact up to here.
const LARGEST_SEQUENCE: u64 = (1 << 53) - 1;

/// One release. Unknown fields are ignored, so that later ones may say more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Release {
    pub(crate) version: u32,
    pub(crate) site: String,
    /// Counts up with every release of a target.
    pub(crate) sequence: u64,
    /// RFC 3339, UTC.
    pub(crate) at: String,
    pub(crate) action: Action,
    pub(crate) bundle: BundleName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) canary: Option<Canary>,
    pub(crate) by: String,
    pub(crate) why: String,
    /// The release that was live when this one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) previous: Option<u64>,
    /// Random: two attempts at the same release differ in it, so that each can tell its own.
    #[serde(default)]
    pub(crate) attempt: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    Push,
    Canary,
    Promote,
    Rollback,
}

/// A bundle that a part of the visitors gets first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Canary {
    pub(crate) bundle: BundleName,
    /// Of 10,000.
    pub(crate) share: u16,
}

/// A bundle's name: its SHA-256 in 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct BundleName(String);

impl BundleName {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// As much of it as people compare.
    pub(crate) fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl TryFrom<String> for BundleName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_hexadecimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && is_hexadecimal { Ok(Self(text)) } else { Err("a bundle's name has 64 digits") }
    }
}

impl From<BundleName> for String {
    fn from(name: BundleName) -> Self {
        name.0
    }
}

impl From<footlight_core::bundle::BundleId> for BundleName {
    fn from(id: footlight_core::bundle::BundleId) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for BundleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Action {
    /// In the past tense, as histories tell it.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Push => "pushed",
            Self::Canary => "canary",
            Self::Promote => "promoted",
            Self::Rollback => "rolled back",
        }
    }
}

/// Why a text is no release.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Not JSON, or a field is missing or of another kind.
    Json(String),
    /// A later version of the document.
    Version(u32),
    /// A value that cannot be.
    Value(&'static str),
}

impl Release {
    /// Reads a payload that was verified.
    pub(crate) fn parse(payload: &[u8]) -> Result<Self, Flaw> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let json = |error: serde_json::Error| Flaw::Json(error.to_string());
        let Versioned { version } = serde_json::from_slice(payload).map_err(json)?;
        if version != VERSION {
            return Err(Flaw::Version(version));
        }
        let release: Self = serde_json::from_slice(payload).map_err(json)?;
        let share = release.canary.as_ref().map_or(1, |canary| canary.share);
        if release.site.is_empty() {
            return Err(Flaw::Value("site"));
        }
        if !(1..=LARGEST_SEQUENCE).contains(&release.sequence)
            || release.previous.is_some_and(|previous| previous >= release.sequence)
        {
            return Err(Flaw::Value("sequence"));
        }
        if !(1..=WHOLE).contains(&share) {
            return Err(Flaw::Value("share"));
        }
        release.at_ms().map(|_| release).ok_or(Flaw::Value("at"))
    }

    /// The bytes that are signed.
    pub(crate) fn to_payload(&self) -> Vec<u8> {
        // INVARIANT: texts and numbers always become JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// When it was made, in milliseconds since 1970; always some for a release that was parsed.
    pub(crate) fn at_ms(&self) -> Option<i64> {
        parse_rfc3339(&self.at)
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "it is no release ({error})"),
            Self::Version(version) => write!(
                f,
                "it is of version {version}, this `footlight` reads version {VERSION}; use the newer `footlight`"
            ),
            Self::Value(field) => write!(f, "its `{field}` cannot be"),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn release(sequence: u64, previous: Option<u64>, bundle: char, action: Action) -> Release {
        Release {
            version: VERSION,
            site: "fjell".to_owned(),
            sequence,
            at: "2026-11-21T06:00:00Z".to_owned(),
            action,
            bundle: name(bundle),
            canary: None,
            by: "Ada".to_owned(),
            why: String::new(),
            previous,
            attempt: "00".to_owned(),
        }
    }

    pub(crate) fn name(digit: char) -> BundleName {
        BundleName::try_from(digit.to_string().repeat(64)).unwrap()
    }

    #[test]
    fn a_release_is_read_as_it_was_written_and_unknown_fields_are_ignored() {
        let mut release = release(17, Some(16), 'a', Action::Canary);
        release.canary = Some(Canary { bundle: name('b'), share: 500 });
        let payload = release.to_payload();
        assert_eq!(Release::parse(&payload).unwrap(), release);
        let text = String::from_utf8(payload).unwrap();
        assert!(
            text.starts_with(r#"{"version":1,"site":"fjell","sequence":17,"at":"2026-11-21T06:00:00Z","#),
            "{text}"
        );
        let more = text.replacen('{', r#"{"weather":"fine","#, 1);
        assert_eq!(Release::parse(more.as_bytes()).unwrap(), release);
    }

    #[test]
    fn what_is_no_release_is_named() {
        let text = String::from_utf8(release(2, Some(1), 'a', Action::Push).to_payload()).unwrap();
        let cases = [
            (r#""version":1"#, r#""version":2"#, "it is of version 2"),
            (r#""site":"fjell""#, r#""site":"""#, "its `site` cannot be"),
            (r#""sequence":2"#, r#""sequence":0"#, "its `sequence` cannot be"),
            (r#""sequence":2"#, r#""sequence":9007199254740992"#, "its `sequence` cannot be"),
            (r#""previous":1"#, r#""previous":2"#, "its `sequence` cannot be"),
            ("2026-11-21", "2026-13-21", "its `at` cannot be"),
            ("\"push\"", "\"pull\"", "it is no release"),
            ("aaaa", "AAAA", "it is no release"),
            ("\"by\"", r#""canary":{"bundle":"BB","share":1},"by""#, "it is no release"),
        ];
        for (from, to, expected) in cases {
            let said = Release::parse(text.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
            assert!(said.contains(expected), "{to}: {said}");
        }
    }
}
