//! The command as a shell sees it: exit codes, streams, files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const AT: &str = "2026-11-20T00:00:00Z";

fn shop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/fixtures/shop")
}

fn footlight(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_footlight")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder of this test's own, gone when it is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("footlight-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn right_rules_are_checked_tested_built_signed_and_inspected() {
    let (shop, scratch) = (shop(), Scratch::new("right"));
    let shop = shop.to_str().unwrap();
    let check = footlight(&["check", "--rules", shop, "--at", AT]);
    assert_eq!((check.status.code(), text(&check.stderr)), (Some(0), String::new()));
    assert_eq!(text(&check.stdout), "ok: 5 rules, 3 segments, 3 slots\n");

    let test = footlight(&["test", "--rules", shop, "--at", AT]);
    assert_eq!(test.status.code(), Some(0), "{}", text(&test.stdout));
    assert!(text(&test.stdout).ends_with("5 cases passed, 0 failed\n"));

    let (key, bundle) = (scratch.path("key.pem"), scratch.path("shop.footlight"));
    let keygen = footlight(&["keygen", &key]);
    assert_eq!(keygen.status.code(), Some(0));
    assert_eq!(footlight(&["keygen", &key]).status.code(), Some(2), "keys are not overwritten");
    let build = footlight(&["build", "--rules", shop, "--at", AT, "--output", &bundle, "--key", &key]);
    assert_eq!(build.status.code(), Some(0), "{}", text(&build.stderr));
    let again = footlight(&["check", "--rules", shop, "--at", AT, "--previous", &bundle]);
    assert_eq!((again.status.code(), text(&again.stdout)), (Some(0), text(&check.stdout)));
    let inspect = footlight(&["inspect", &bundle, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&inspect.stdout).unwrap();
    assert_eq!(answer["site"], "fjell");
    let key_id = answer["signed_by"].as_str().unwrap();
    assert!(text(&keygen.stdout).contains(key_id));
}

#[test]
fn wrong_rules_give_1_no_bundle_and_no_colours_where_nobody_sees_them() {
    let scratch = Scratch::new("wrong");
    for (name, content) in [
        ("site.toml", fs::read_to_string(shop().join("site.toml")).unwrap()),
        ("prices/switzerland.toml", String::new()),
        ("homepage.toml", "[[rule]]\nid = \"a\"\nsegment = \"nobody\"\n".to_owned()),
    ] {
        let path = scratch.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let rules = scratch.path("");
    let check = footlight(&["check", "--rules", &rules, "--at", AT]);
    let said = text(&check.stderr);
    assert_eq!(check.status.code(), Some(1));
    assert!(said.contains("error[unknown-segment]: there is no segment `nobody`"), "{said}");
    assert!(said.contains("homepage.toml:3:11"), "{said}");
    assert!(said.contains("= help: add a `[[segment]]` with `id = \"nobody\"`"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours in a pipe");
    let bundle = scratch.path("a.footlight");
    let build = footlight(&["build", "--rules", &rules, "--at", AT, "--output", &bundle]);
    assert_eq!((build.status.code(), Path::new(&bundle).exists()), (Some(1), false));

    let json = footlight(&["check", "--rules", &rules, "--at", AT, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json.status.code(), &answer["ok"]), (Some(1), &serde_json::Value::Bool(false)));
    let diagnostics = answer["diagnostics"].as_array().unwrap();
    let unknown = diagnostics.iter().find(|diagnostic| diagnostic["code"] == "unknown-segment").unwrap();
    assert_eq!((&unknown["start"]["line"], &unknown["start"]["column"]), (&3.into(), &11.into()));
}

#[test]
fn what_cannot_be_done_gives_2_and_says_why() {
    let scratch = Scratch::new("cannot");
    let (shop, nowhere, empty) = (shop(), scratch.path("nowhere"), scratch.path(""));
    let (shop, no_bundle) = (shop.to_str().unwrap(), shop.join("site.toml"));
    let cases: &[(&[&str], &str)] = &[
        (&["check", "--rules", &nowhere], "cannot read"),
        (&["check", "--rules", &empty], "it has no `site.toml`"),
        (&["check", "--rules", shop, "--at", "tomorrow"], "`tomorrow` is no point in time"),
        (&["inspect", no_bundle.to_str().unwrap()], "this is not a bundle"),
        (&["check", "--rules", shop, "--previous", no_bundle.to_str().unwrap()], "this is not a bundle"),
        (&["build"], "required arguments"),
    ];
    for (arguments, expected) in cases {
        let output = footlight(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let (shop, scratch) = (shop(), Scratch::new("key"));
    let (key, bundle) = (scratch.path("key.pem"), scratch.path("a.footlight"));
    assert_eq!(footlight(&["keygen", &key]).status.code(), Some(0));
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let build = footlight(&["build", "--rules", shop.to_str().unwrap(), "--output", &bundle, "--key", &key]);
    assert_eq!((build.status.code(), Path::new(&bundle).exists()), (Some(2), false));
    assert!(text(&build.stderr).contains("chmod 600"));
}

#[test]
fn an_explanation_names_the_winner_and_the_condition_that_others_lacked() {
    let shop = shop();
    let output = footlight(&[
        "explain",
        "/",
        "--rules",
        shop.to_str().unwrap(),
        "--at",
        AT,
        "--country",
        "CH",
        "--consent",
        "all",
        "--visits",
        "3",
        "--affinity",
        "boots=3",
    ]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(said.contains("* home-hero-hikers [hero] won"), "{said}");
    assert!(said.contains("- home-hero-winter [hero] slot-taken: home-hero-hikers"), "{said}");
    assert!(said.contains("price in the visitor's market"), "{said}");
}
