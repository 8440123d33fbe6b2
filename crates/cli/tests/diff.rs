//! What is different, in words; and who gets something else.

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Scratch, footlight, footlight_with_input, shop, text};

const AT: [&str; 2] = ["--at", "2026-11-20T00:00:00Z"];

fn diff(arguments: &[&str]) -> String {
    let output = footlight(&[&["diff"], arguments, &AT].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Changes a file: each pair is a text and what stands there instead.
fn change(rules: &str, file: &str, pairs: &[(&str, &str)]) {
    let path = Path::new(rules).join(file);
    let mut content = std::fs::read_to_string(&path).unwrap();
    for (from, to) in pairs {
        assert!(content.contains(from), "{from}");
        content = content.replacen(from, to, 1);
    }
    std::fs::write(path, content).unwrap();
}

fn changed(scratch: &Scratch) -> String {
    let rules = scratch.copy(&shop(), "after");
    change(
        &rules,
        "homepage.toml",
        &[
            ("priority = 50", "priority = 20"),
            (
                "geo.country in ['DE', 'AT', 'CH']",
                "geo.country in ['DE', 'AT', 'CH'] && device.class == 'phone'",
            ),
            ("owner = \"anna@fjell.example\"", "owner = \"berta@fjell.example\""),
            ("review = 2027-02-01", "review = 2027-03-01"),
            ("Der Winter ist da", "Der Winter ist endlich da"),
        ],
    );
    change(&rules, "segments.toml", &[("visitor.affinity.boots > 2.0", "visitor.affinity.boots > 3.0")]);
    change(&rules, "site.toml", &[("rate = \"0.9431\"", "rate = \"0.9532\""), ("\"CH\", \"LI\"", "\"CH\"")]);
    let gone = std::fs::read_to_string(Path::new(&rules).join("everywhere.toml")).unwrap();
    let (before, tax) = gone.split_once("[[rule]]\nid = \"tax-abroad\"").unwrap();
    let (_, after) = tax.split_once("[[rule]]").unwrap();
    std::fs::write(Path::new(&rules).join("everywhere.toml"), format!("{before}[[rule]]{after}")).unwrap();
    rules
}

#[test]
fn what_is_different_is_said_in_words_and_by_meaning() {
    let scratch = Scratch::new("diff");
    let before = shop();
    assert_eq!(diff(&[&before, &before]), "nothing is different\n");
    // What only looks different is not.
    let same = scratch.copy(&before, "same");
    change(
        &same,
        "homepage.toml",
        &[
            ("geo.country in ['DE', 'AT', 'CH']", "  geo.country in ['CH', 'DE', 'AT']  "),
            ("[[rule]]", "# a word\r\n[[rule]]"),
        ],
    );
    assert_eq!(diff(&[&before, &same]), "nothing is different\n");

    let after = changed(&scratch);
    let said = diff(&[&before, &after]);
    for expected in [
        "~ rule `home-hero-hikers`: priority 50 → 20; condition now also asks for `device.class == 'phone'`",
        "owner anna@fjell.example → berta@fjell.example; review 2027-02-01 → 2027-03-01",
        "German text “Der Winter ist da” → “Der Winter ist endlich da”",
        "- rule `tax-abroad` is gone",
        "~ segment `returning-hikers`: condition now also asks for `visitor.affinity.boots > 3.0`, no longer asks for `visitor.affinity.boots > 2.0`",
        "~ market `switzerland`: countries no longer `LI`; rate 0.9431 → 0.9532",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(diff(&[&after, &before]).contains(
        "+ rule `tax-abroad` is new: slot: shipping; priority: 0; stages: `cart`; segments: `abroad`"
    ));
    let output = footlight(&[&["diff", &before, &after, "--format", "json"], &AT[..]].concat());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&answer["is_different"], &answer["changes"]["rules"][0]["how"]),
        (&true.into(), &"changed".into())
    );

    // Bundles do not know why rules are there, nor what contents are called.
    let bundle = scratch.path("before.footlight");
    assert_eq!(footlight(&["build", "--rules", &before, "--output", &bundle]).status.code(), Some(0));
    assert_eq!(diff(&[&bundle, &before]), "nothing is different\n");
    let said = diff(&[&bundle, &after]);
    assert!(said.contains("priority 50 → 20") && !said.contains("owner"), "{said}");
}

#[test]
fn with_a_log_it_is_counted_who_gets_something_else() {
    let scratch = Scratch::new("diff-log");
    let (before, after) = (shop(), scratch.copy(&shop(), "after"));
    change(&after, "homepage.toml", &[("Der Winter ist da", "Der Winter ist endlich da")]);
    change(&after, "site.toml", &[("rate = \"0.9431\"", "rate = \"0.9532\"")]);
    // One sees German words, one francs, two nothing of both; one of those comes twice.
    let log = b"\
{\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"german\",\"country\":\"DE\",\"language\":\"de\"}
{\"at\":\"2026-11-21T10:01:00Z\",\"url\":\"/cart\",\"visitor\":\"swiss\",\"country\":\"CH\",\"language\":\"en\"}
{\"at\":\"2026-11-21T10:02:00Z\",\"url\":\"/\",\"visitor\":\"english\",\"country\":\"DE\",\"language\":\"en\"}
{\"at\":\"2026-11-21T10:03:00Z\",\"url\":\"/cart\",\"visitor\":\"english\",\"country\":\"DE\",\"language\":\"en\"}
{\"at\":\"2026-11-21T10:04:00Z\",\"url\":\"/p/x\",\"visitor\":\"nowhere\"}
{\"at\":\"2026-11-21T10:05:00Z\",\"url\":\"/\",\"visitor\":\"bot\",\"user_agent\":\"Googlebot/2.1\",\"country\":\"DE\",\"language\":\"de\"}
broken\n";
    let arguments = ["diff", &before, &after, "--log", "-", "--format", "json", AT[0], AT[1]];
    let output = footlight_with_input(&arguments, log);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let traffic = &answer["traffic"];
    let numbers = |part: &Value| {
        ["views", "visitors", "affected_views", "affected_visitors"].map(|key| part[key].as_u64().unwrap())
    };
    assert_eq!(numbers(&traffic["all"]), [5, 4, 2, 2]);
    let named = |all: &str, name: &str| {
        let all = traffic[all].as_array().unwrap();
        numbers(all.iter().find(|part| part["name"] == name).unwrap())
    };
    assert_eq!(named("stages", "homepage"), [2, 2, 1, 1]);
    assert_eq!(named("stages", "cart"), [2, 2, 1, 1]);
    assert_eq!(named("stages", "product"), [1, 1, 0, 0]);
    assert_eq!(named("segments", "abroad"), [1, 1, 1, 1]);
    assert_eq!(named("segments", "everybody"), [5, 4, 2, 2]);
    assert_eq!(named("slots", "hero"), [5, 4, 1, 1]);
    assert_eq!(named("slots", "price"), [5, 4, 1, 1]);
    assert_eq!(traffic["bad_lines"], 1);
    let instead = traffic["instead"].as_array().unwrap();
    assert!(
        instead
            .iter()
            .any(|one| one["slot"] == "hero" && one["before"] == "home-hero-winter" && one["views"] == 1)
    );
    let output = footlight_with_input(&["diff", &before, &after, "--log", "-", AT[0], AT[1]], log);
    assert!(
        text(&output.stdout)
            .contains("2 of 4 visitors (50.0 %) get something else, in 2 of 5 views (40.0 %)")
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Anna", "-c", "user.email=anna@fjell.example", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", "2026-10-21T00:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-10-21T00:00:00Z")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn within(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_footlight")).current_dir(folder).args(arguments).output().unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn revisions_are_read_through_git() {
    let scratch = Scratch::new("diff-git");
    let rules = scratch.copy(&shop(), "shop/rules");
    let folder = scratch.0.join("shop");
    let (code, _, said) = within(&folder, &["diff", "git:HEAD", "rules"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is in no git repository"), "{said}");
    git(&folder, &["init", "-q", "-b", "main"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-qm", "first"]);
    change(&rules, "homepage.toml", &[("priority = 50", "priority = 20")]);
    for before in ["main", "git:main", "git:HEAD:rules", "git:HEAD:./rules/"] {
        let (code, told, said) = within(&folder, &["diff", before, "rules", AT[0], AT[1]]);
        assert_eq!(code, Some(0), "{before}: {said}");
        assert!(told.contains("~ rule `home-hero-hikers`: priority 50 → 20"), "{before}: {told}");
    }
    for (before, expected) in [
        ("nowhere", "a rules directory or a bundle's file that exists, `live:TARGET`, or a git revision"),
        ("git:nowhere", "git knows no revision `nowhere`"),
        ("git:--help", "git knows no revision `--help`"),
        ("git:main:elsewhere", "there are no rules in `elsewhere` at `main`"),
        ("live:", "cannot be used"),
    ] {
        let (code, _, said) = within(&folder, &["diff", before, "rules"]);
        assert_eq!(code, Some(2), "{before}: {said}");
        assert!(said.contains(expected), "{before}: {said}");
    }
    // Rules that are wrong are shown with where they are.
    change(&rules, "homepage.toml", &[("slot = \"hero\"", "slot = \"heroo\"")]);
    let (code, _, said) = within(&folder, &["diff", "main", "rules"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[unknown-slot]"), "{said}");
}

#[test]
fn an_audit_says_who_waits_for_whom() {
    let scratch = Scratch::new("audit");
    let rules = scratch.copy(&shop(), "shop/rules");
    let folder = scratch.0.join("shop");
    git(&folder, &["init", "-q", "-b", "main"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-qm", "first"]);
    change(
        &rules,
        "everywhere.toml",
        &[
            ("review = 2027-02-01", "review = 2026-11-10"),
            ("prices in one's own money need no arithmetic", "<b>money & sense</b>"),
        ],
    );
    let log = scratch.write(
        "access.log",
        "{\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"a\",\"country\":\"CH\"}\n{\"at\":\"2026-11-21T10:00:00Z\",\"url\":\"/\",\"visitor\":\"b\",\"country\":\"DE\"}\n",
    );
    let page = scratch.path("audit.html");
    let arguments = ["audit", "--rules", &rules, AT[0], AT[1], "--log", &log, "--html", &page];
    let output = footlight(&arguments);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(said.contains("fjell on 2026-11-20: 5 rules"), "{said}");
    assert!(
        said.contains("Rules whose review date is not past                                 4 of 5 (80 %)"),
        "{said}"
    );
    let rows: Vec<&str> =
        said.lines().filter(|line| line.contains("2026-11-10") || line.contains("2027-02-01")).collect();
    assert!(
        rows[0].starts_with("overdue") && rows[0].contains("prices-abroad") && rows[0].contains("10 d ago"),
        "{said}"
    );
    // First committed on the 21st of October; one of two visitors sees it.
    assert!(rows[0].contains("30 d") && rows[0].contains("50.0 %"), "{said}");
    let html = std::fs::read_to_string(&page).unwrap();
    for expected in
        ["<html lang=\"en\">", "Waiting for their owners", "&lt;b&gt;money &amp; sense&lt;/b&gt;", "30 d"]
    {
        assert!(html.contains(expected), "{expected}");
    }
    for unexpected in ["<script", "http://", "https://", "src=", "url("] {
        assert!(!html.contains(unexpected), "{unexpected}");
    }
    let output = footlight(&["audit", "--rules", &rules, AT[0], AT[1], "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &answer["rules"][0];
    assert_eq!(
        (&first["rule"], &first["state"], &first["review_in_days"]),
        (&"prices-abroad".into(), &"overdue".into(), &(-10).into())
    );
    assert_eq!(
        (&first["age_days"], &first["traffic_share"], &first["guardrail_is_measured"]),
        (&30.into(), &Value::Null, &true.into())
    );
    let maturity = answer["maturity"].as_array().unwrap();
    let rules_of = |name: &str| maturity.iter().find(|one| one["question"] == name).unwrap()["rules"].clone();
    assert_eq!(
        (rules_of("reviewed-in-time"), rules_of("experiment"), rules_of("measured-guardrail")),
        (4.into(), 0.into(), 5.into())
    );
    assert_eq!(rules_of("hypothesis"), 4, "`<b>money & sense</b>` says too little");
}
