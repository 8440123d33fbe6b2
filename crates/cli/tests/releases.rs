//! Releases as a merchandiser makes them, at a directory.

mod shop;

use std::fs;

use shop::{AT, Shop};

#[test]
fn a_push_goes_live_is_told_and_is_taken_back() {
    let shop = Shop::new("push");
    shop.at("status", &[]).ended(2, &["nothing is live at", "see that the target is right"]);
    shop.push(&["-m", "the first"]).ended(0, &["release 1 of fjell is live", "5 tests passed"]);
    let first = shop.live();
    shop.push(&[]).ended(0, &["nothing to push", "as release 1"]);
    assert_eq!(shop.live(), first, "nothing to push makes no release");

    shop.edit(2);
    shop.at("status", &[])
        .ended(0, &["release 1", "why         the first", "`rules` differs from what is live", "1 bundle"]);
    shop.push(&["-m", "winter"]).ended(0, &["release 2", "back    `footlight rollback"]);
    shop.at("status", &[])
        .ended(0, &["release 2", "why         winter", "`rules` is what is live", "2 bundles"]);
    shop.edit(3);
    shop.push(&["-m", "more winter"]).ended(0, &["release 3"]);

    shop.at("rollback", &["-m", "too cold"]).ended(0, &["release 4 of fjell is live: rolled back"]);
    shop.at("rollback", &[]).ended(0, &["release 5"]);
    assert_eq!(shop.live(), (5, first.1.clone()), "further back, not forth");
    shop.at("rollback", &[]).ended(2, &["nothing else was live", "name a release of `footlight history"]);
    shop.at("rollback", &["3"]).ended(0, &["release 6"]);
    shop.at("rollback", &["3"]).ended(0, &["nothing to do"]);
    shop.at("rollback", &[&first.1[..8]]).ended(0, &["release 7"]);
    shop.at("rollback", &["99"]).ended(2, &["has no release 99", "footlight history"]);
    shop.at("rollback", &["abcdef0"]).ended(2, &["no release or bundle `abcdef0`"]);

    let history = shop.run(&["history", &shop.target, "-n", "5"]);
    history.ended(0, &["rolled back", "too cold", "more winter", "(live)", "and 2 older"]);
    let lines: Vec<&str> = history.text.lines().collect();
    assert!(lines[0].trim_start().starts_with("7 "), "the newest first: {}", history.text);
    assert_eq!(fs::read_dir(shop.file("bundles")).unwrap().count(), 3, "bundles are kept");
}

#[test]
fn a_canary_is_promoted_or_taken_back_and_not_ended_by_accident() {
    let shop = Shop::new("canary");
    shop.push(&["--canary", "5%"]).ended(2, &["push once without `--canary`"]);
    shop.push(&[]).ended(0, &[]);
    let (_, first) = shop.live();
    shop.at("promote", &[]).ended(2, &["no canary runs", "--canary 5%"]);
    shop.edit(2);
    shop.push(&["--canary", "5"]).ended(2, &["write a share of the visitors such as 5%"]);
    shop.push(&["--canary", "5%"]).ended(0, &["live for 5% of the visitors", "footlight promote"]);
    let release = shop.status()["release"].clone();
    assert_eq!(
        (release["action"].as_str(), release["bundle"].as_str()),
        (Some("canary"), Some(first.as_str()))
    );
    assert_eq!(release["canary"]["share"], 500);
    let canary = release["canary"]["bundle"].as_str().unwrap().to_owned();
    shop.at("status", &[]).ended(0, &["5% of the visitors get", "`rules` is what the canary gets"]);
    shop.push(&["--canary", "5%"]).ended(0, &["nothing to push"]);
    shop.push(&[]).ended(2, &["a canary runs", "footlight promote", "footlight rollback"]);
    shop.push(&["--canary", "20%"]).ended(0, &["live for 20% of the visitors"]);
    shop.run(&["pull", &shop.target, "--canary", "-o", "canary.footlight"]).ended(0, &[&canary]);

    shop.at("promote", &["-m", "no harm seen"]).ended(0, &["release 4 of fjell is live: promoted"]);
    assert_eq!(shop.live(), (4, canary.clone()));
    shop.edit(3);
    shop.push(&["--canary", "1%"]).ended(0, &[]);
    shop.at("rollback", &[]).ended(0, &[]);
    assert_eq!(shop.live(), (6, canary), "the canary is over, the others keep what they had");
    shop.at("rollback", &[]).ended(0, &[]);
    assert_eq!(shop.live().1, first);
}

#[test]
fn what_is_live_is_pulled_inspected_signed_and_verified() {
    let shop = Shop::new("pull");
    shop.push(&[]).ended(0, &[]);
    let (_, bundle) = shop.live();
    shop.run(&["pull", &shop.target]).ended(0, &["fjell.footlight written", &bundle]);
    let pulled = fs::read(shop.folder.join("fjell.footlight")).unwrap();
    assert_eq!(pulled, fs::read(shop.file(&format!("bundles/{bundle}.footlight"))).unwrap());
    shop.run(&["inspect", &format!("live:{}", shop.target)]).ended(0, &[&bundle]);

    shop.run(&["build", "--at", AT, "-o", "built.footlight"]).ended(0, &["not signed"]);
    let public = shop.public_key("key.pem");
    let verify = |file: &str| shop.run(&["verify", file, "--trust", &public]);
    verify("built.footlight").ended(1, &["nobody signed it", "footlight sign"]);
    shop.run(&["sign", "built.footlight", "--key", "key.pem"]).ended(0, &["signed by"]);
    verify("built.footlight").ended(0, &["ok: ", "for fjell"]);
    shop.run(&["keygen", "other.pem"]).ended(0, &[]);
    shop.run(&["sign", "built.footlight", "--key", "other.pem", "-o", "other.footlight"]).ended(0, &[]);
    verify("other.footlight").ended(1, &["which you do not trust"]);
    let length = |name: &str| fs::metadata(shop.folder.join(name)).unwrap().len();
    assert_eq!(length("other.footlight"), length("built.footlight"), "a signature replaces the one before");
    let mut cut = fs::read(shop.folder.join("built.footlight")).unwrap();
    cut.truncate(1000);
    fs::write(shop.folder.join("cut.footlight"), cut).unwrap();
    verify("cut.footlight").ended(1, &["cut short"]);
    shop.run(&["verify", "built.footlight"]).ended(2, &["--trust PUBLIC_KEY", "FOOTLIGHT_PUBLIC_KEYS"]);
    // One key in 64 begins with a dash; it is a key, and no option.
    shop.run(&["verify", "built.footlight", "--trust", "-sAAA"]).ended(2, &["`-sAAA`"]);
}

#[test]
fn the_key_comes_from_a_file_or_the_environment_and_is_never_printed() {
    let shop = Shop::new("keys");
    let pem = fs::read_to_string(shop.folder.join("key.pem")).unwrap();
    let secret = pem.lines().nth(1).unwrap();
    let push = |arguments: &[&str], key: Option<&str>| {
        let mut command = shop.command(&[&["push", &shop.target, "--at", AT], arguments].concat());
        if let Some(key) = key {
            command.env("FOOTLIGHT_KEY", key);
        }
        let said = shop::Said::of(&command.output().unwrap());
        assert!(!said.text.contains(secret), "{}", said.text);
        said
    };
    push(&[], None).ended(2, &["no key to sign with", "--key FILE", "FOOTLIGHT_KEY", "footlight keygen"]);
    push(&[], Some(&pem.replace(secret, &secret[1..])))
        .ended(2, &["`FOOTLIGHT_KEY` is not an Ed25519 private key"]);
    push(&[], Some(&pem)).ended(0, &["release 1"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(shop.folder.join("key.pem"), fs::Permissions::from_mode(0o640)).unwrap();
        push(&["--key", "key.pem"], None).ended(2, &["others can read the private key", "chmod 600"]);
    }
}

#[test]
fn wrong_rules_and_failing_tests_are_not_pushed() {
    let shop = Shop::new("wrong");
    shop.push(&[]).ended(0, &[]);
    let live = shop.live();
    let path = shop.folder.join("rules/homepage.toml");
    let right = fs::read_to_string(&path).unwrap();
    fs::write(&path, right.replace("Der Winter ist da", "Der Sommer ist da")).unwrap();
    shop.push(&[]).ended(
        1,
        &["FAILED  a new visitor from Berlin", "Der Sommer ist da", "nothing was pushed: 1 test failed"],
    );
    fs::write(&path, right.replace("segment = \"everybody\"", "segment = \"nobody\"")).unwrap();
    shop.push(&[]).ended(1, &["error[unknown-segment]", "nothing was pushed"]);
    let json = shop.push(&["--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(
        (json.code, &answer["ok"], &answer["release"]),
        (Some(1), &false.into(), &serde_json::Value::Null)
    );
    assert_eq!(shop.live(), live);
    assert_eq!(fs::read_dir(shop.file("bundles")).unwrap().count(), 1, "not even a bundle");
    shop.at("status", &[]).ended(0, &["`rules` has errors"]);
}

#[test]
fn as_json_a_push_says_what_it_released() {
    let shop = Shop::new("json");
    let answer: serde_json::Value =
        serde_json::from_str(&shop.push(&["--format", "json", "-m", "why"]).text).unwrap();
    assert_eq!((&answer["ok"], &answer["unchanged"]), (&true.into(), &false.into()));
    assert_eq!((&answer["release"]["sequence"], &answer["release"]["why"]), (&1.into(), &"why".into()));
    let answer: serde_json::Value = serde_json::from_str(&shop.push(&["--format", "json"]).text).unwrap();
    assert_eq!((&answer["unchanged"], &answer["release"]["sequence"]), (&true.into(), &1.into()));
    let history = shop.run(&["history", &shop.target, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&history.text).unwrap();
    assert_eq!((&answer["releases"][0]["state"], &answer["more"]), (&"live".into(), &0.into()));
}
