//! Who makes a release.

use std::process::{Command, Stdio};

/// The person that Git knows, else the user of this computer.
pub(crate) fn author() -> String {
    let name = git("user.name").or_else(|| environment("USER")).or_else(|| environment("USERNAME"));
    match (name, git("user.email")) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (Some(name), None) => name,
        (None, Some(email)) => email,
        (None, None) => "somebody".to_owned(),
    }
}

fn git(setting: &str) -> Option<String> {
    let output = Command::new("git")
        .args(["config", "--get", setting])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    said(String::from_utf8(output.stdout).ok()?)
}

fn environment(name: &str) -> Option<String> {
    said(std::env::var(name).ok()?)
}

fn said(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
