//! The reference is what the compiler and the evaluator know.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn footlight(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_footlight")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The files of a folder by path within it.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else {
                all.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}

/// `UPDATE=1 cargo test -p footlight --test reference` writes them again, as `footlight reference --write` does.
#[test]
fn the_pages_in_the_rules_folder_are_up_to_date() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/reference");
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&committed);
        footlight(&["reference", "--write", committed.to_str().unwrap()]);
    }
    let scratch = std::env::temp_dir().join(format!("footlight-reference-{}", std::process::id()));
    let (code, said, wrong) = footlight(&["reference", "--write", scratch.to_str().unwrap()]);
    let (written, committed) = (files(&scratch), files(&committed));
    fs::remove_dir_all(&scratch).unwrap();
    assert_eq!((code, wrong.as_str()), (Some(0), ""), "{said}");
    let names = |files: &BTreeMap<PathBuf, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&committed), "run `footlight reference --write rules/reference`");
    for (path, text) in &written {
        assert!(committed[path] == *text, "{} is out of date: run with UPDATE=1", path.display());
    }
    for (path, text) in &written {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.starts_with("http") {
                let target = path.parent().unwrap().join(link);
                assert!(written.contains_key(&target), "{} leads to {link}", path.display());
            }
        }
    }
}

#[test]
fn a_page_is_shown_by_its_name_and_a_misspelt_one_is_suggested() {
    let (code, page, _) = footlight(&["reference", "unknown-slot"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("# unknown-slot\n") && page.contains("did you mean `hero`?"), "{page}");
    let (code, _, said) = footlight(&["reference", "unknow-slot"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `unknown-slot`?"), "{said}");
    let (_, list, _) = footlight(&["reference", "--format", "json"]);
    assert!(
        serde_json::from_str::<serde_json::Value>(&list).unwrap()["pages"].as_array().unwrap().len() > 60
    );
}

#[test]
fn shells_and_man_know_every_command() {
    let (_, help, _) = footlight(&["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()))
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.contains(&"check") && commands.contains(&"new"), "{help}");
    assert!(help.contains("Exit codes:"), "{help}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = footlight(&["completions", shell]);
        assert_eq!(code, Some(0));
        for command in &commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    let scratch = std::env::temp_dir().join(format!("footlight-man-{}", std::process::id()));
    let (code, _, said) = footlight(&["man", scratch.to_str().unwrap()]);
    let pages = files(&scratch);
    fs::remove_dir_all(&scratch).unwrap();
    assert_eq!(code, Some(0), "{said}");
    for command in &commands {
        let page = &pages[Path::new(&format!("footlight-{command}.1"))];
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    assert!(pages[Path::new("footlight.1")].contains("Exit codes"));
    let (_, page, _) = footlight(&["man"]);
    assert_eq!(page, pages[Path::new("footlight.1")]);
}

/// `footlight reference | head`
#[cfg(unix)]
#[test]
fn who_stops_reading_is_not_complained_to() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_footlight"))
        .args(["reference", "files"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
