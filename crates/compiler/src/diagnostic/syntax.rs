//! Files that cannot be read.

use super::{At, Diagnostic, codes};

codes! {
    NOT_UTF8: Error "not-utf8", "rule sources are UTF-8, so that every name and text means the same everywhere";
    TOML_SYNTAX: Error "toml-syntax", "what is not TOML cannot be read, so nothing else in this part of the file is checked";
    MISSING_FILE: Error "missing-file", "without it there is no site to write rules for";
    UNEXPECTED_FILE: Warning "unexpected-file", "a file that is not read may hold a rule that somebody believes is live";
}

/// `byte` is the first that is none; `character` is what it stands for in Windows-1252 and Latin-1.
pub(crate) fn not_utf8(at: At, path: &str, byte: u8, character: Option<char>) -> Diagnostic {
    let label = match character {
        Some(character) => format!("the byte {byte:02X}; in Latin-1 and Windows-1252 it is `{character}`"),
        None => format!("the byte {byte:02X}"),
    };
    Diagnostic::new(&NOT_UTF8, at, "the file is not UTF-8").label(label).help(format!(
        "save it with the encoding UTF-8, or convert it: `iconv -f WINDOWS-1252 -t UTF-8 {path} > utf-8.txt`, then `mv utf-8.txt {path}`"
    ))
}

pub(crate) fn utf16(at: At, path: &str) -> Diagnostic {
    Diagnostic::new(&NOT_UTF8, at, "the file is UTF-16, which some editors call \"Unicode\"").help(format!(
        "save it with the encoding UTF-8, or convert it: `iconv -f UTF-16 -t UTF-8 {path} > utf-8.txt`, then `mv utf-8.txt {path}`"
    ))
}

pub(crate) fn toml(at: At, message: &str) -> Diagnostic {
    Diagnostic::new(&TOML_SYNTAX, at, format!("not valid TOML: {}", message.replace('\n', "; ")))
}

pub(crate) fn missing_file(at: At, path: &str, purpose: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_FILE, at, format!("there is no `{path}`"))
        .help(format!("add `{path}`, which {purpose}"))
}

pub(crate) fn unexpected_file(at: At, path: &str) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_FILE, at, format!("`{path}` is not read")).help(
        "rules are in `*.toml` beside `site.toml`, contents in `content/**/*.html`, price lists where `site.toml` says, tests in `tests/*.toml`",
    )
}
