//! What must not go live, and targets that somebody or something broke: an error says what to do, and what is live stays.

mod shop;

use std::fs;

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use ed25519_dalek::{Signer as _, SigningKey};
use shop::{AT, Shop, copy};

/// A shop with three releases.
fn shop(name: &str) -> Shop {
    let shop = Shop::new(name);
    for number in 1..4 {
        shop.edit(number);
        shop.push(&[]).ended(0, &[]);
    }
    shop.edit(4);
    shop
}

fn history(sequence: u32) -> String {
    format!("history/{sequence:010}.json")
}

/// The live release with a text replaced by another, signed again: what another `footlight` could have written.
fn resign(shop: &Shop, from: &str, to: &str) {
    let path = shop.file("live.json");
    let envelope: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let payload = Base64::decode_vec(envelope["payload"].as_str().unwrap()).unwrap();
    let payload = String::from_utf8(payload).unwrap();
    assert!(payload.contains(from), "{payload}");
    let payload = payload.replacen(from, to, 1);
    let payload_type = envelope["payloadType"].as_str().unwrap();
    let message = format!("DSSEv1 {} {payload_type} {} {payload}", payload_type.len(), payload.len());
    let pem = fs::read_to_string(shop.folder.join("key.pem")).unwrap();
    let signature = SigningKey::from_pkcs8_pem(&pem).unwrap().sign(message.as_bytes()).to_bytes();
    let signed = serde_json::json!({
        "payload": Base64::encode_string(payload.as_bytes()),
        "payloadType": payload_type,
        "signatures": [{ "sig": Base64::encode_string(&signature) }],
    });
    fs::write(path, signed.to_string()).unwrap();
}

#[test]
fn a_wrong_key_changes_nothing_and_a_new_one_takes_over_with_the_old_ones_trust() {
    let shop = shop("wrong-key");
    let live = shop.live();
    shop.run(&["keygen", "new.pem"]).ended(0, &[]);
    let push =
        |more: &[&str]| shop.run(&[&["push", &shop.target, "--at", AT, "--key", "new.pem"], more].concat());
    push(&[])
        .ended(2, &["`live.json` is not accepted: no key that you trust signed it", "--trust PUBLIC_KEY"]);
    assert_eq!(shop.live(), live);
    push(&["--trust", "abc"]).ended(2, &["`abc` cannot be used for `--trust`"]);
    push(&["--trust", &shop.public_key("key.pem")]).ended(0, &["release 4"]);
    shop.at("status", &[]).ended(2, &["no key that you trust"]);
    shop.at("verify", &[])
        .ended(1, &["`live.json` is not accepted", "`history/0000000004.json` is not accepted"]);
    shop.at("verify", &["--trust", &shop.public_key("new.pem")]).ended(0, &["4 releases"]);
}

#[test]
fn a_pointer_that_was_put_back_is_noticed_and_made_official() {
    let shop = shop("put-back");
    fs::copy(shop.file(&history(1)), shop.file("live.json")).unwrap();
    let said = "`live.json` of";
    shop.push(&[]).ended(2, &[said, "is release 1, but release 2 was live after it", "footlight rollback"]);
    shop.at("rollback", &[]).ended(2, &[said]);
    shop.at("promote", &[]).ended(2, &[said]);
    shop.at("status", &[]).ended(0, &["notice", said]);
    shop.at("verify", &[]).ended(1, &[said]);
    shop.at("rollback", &["3"]).ended(0, &["release 4"]);
    shop.live();
    fs::remove_file(shop.file("live.json")).unwrap();
    shop.push(&[]).ended(2, &["is gone, but release", "footlight rollback"]);
    shop.at("rollback", &["3"]).ended(0, &["release 5"]);
    shop.push(&[]).ended(0, &["release 6"]);
}

#[test]
fn swapped_and_altered_files_are_named() {
    let shop = shop("swapped");
    let right = fs::read(shop.file("live.json")).unwrap();
    let text = String::from_utf8(right.clone()).unwrap();
    for (wrong, said) in [
        (text.replacen("eyJ2", "eyJ3", 1), "it was altered after the key"),
        (text[..200].to_owned(), "it is no signed release"),
        (String::new(), "it is no signed release"),
    ] {
        fs::write(shop.file("live.json"), wrong).unwrap();
        shop.push(&[]).ended(2, &["`live.json` is not accepted", said, "newest file of `history/`"]);
        shop.at("verify", &[]).ended(1, &[said]);
    }
    fs::write(shop.file("live.json"), right).unwrap();
    fs::copy(shop.file(&history(3)), shop.file(&history(2))).unwrap();
    shop.at("verify", &[]).ended(1, &["`history/0000000002.json` is release 3", "swapped files"]);
    shop.at("rollback", &[]).ended(2, &["is release 3", "put back the right one"]);
    fs::remove_file(shop.file(&history(3))).unwrap();
    shop.push(&[]).ended(0, &["found: the history did not have release 3, which is live: written again"]);
}

#[test]
fn releases_of_a_later_version_and_of_another_site_are_not_overwritten() {
    let shop = shop("later");
    resign(&shop, "\"version\":1", "\"version\":2");
    shop.push(&[]).ended(2, &["it is of version 2", "use the newer `footlight`"]);

    let other = Shop::new("other-site");
    let site = other.folder.join("rules/site.toml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, text.replace("\"fjell\"", "\"alm\"")).unwrap();
    other.push(&[]).ended(0, &["release 1 of alm is live"]);
    let live = other.live();
    fs::write(&site, &text).unwrap();
    other.push(&[]).ended(2, &["is for the site `alm`", "name the target of this site"]);
    assert_eq!(other.live(), live);
    // A bundle for another site that somebody put there.
    let foreign = shop
        .file("bundles")
        .join(fs::read_dir(shop.file("bundles")).unwrap().next().unwrap().unwrap().file_name());
    let name = foreign.file_name().unwrap().to_str().unwrap().to_owned();
    fs::copy(&foreign, other.file("bundles").join(&name)).unwrap();
    fs::copy(shop.folder.join("key.pem"), other.folder.join("key2.pem")).unwrap();
    let trust = other.public_key("key2.pem");
    other.at("rollback", &[&name[..12], "--trust", &trust]).ended(2, &["is for the site `alm`"]);
    assert_eq!(other.status()["release"]["sequence"], 1);
}

#[test]
fn a_clock_that_goes_backwards_is_noticed() {
    let shop = shop("clock");
    let at = shop.status()["release"]["at"].as_str().unwrap().to_owned();
    resign(&shop, &at, "2099-01-01T00:00:00Z");
    shop.push(&[])
        .ended(2, &["this computer's clock says 20", "was made at 2099-01-01T00:00:00Z", "set the clock"]);
    shop.at("rollback", &[]).ended(2, &["this computer's clock"]);
    shop.at("status", &[]).ended(0, &["notice", "this computer's clock", "2099-01-01T00:00:00Z, in 2"]);
    shop.push(&["--ignore-clock"]).ended(0, &["release 4"]);
    shop.live();
}

#[test]
fn broken_and_missing_bundles_are_named_and_there_is_a_way_on() {
    let shop = shop("bundles");
    let (_, live) = shop.live();
    let path = shop.file(&format!("bundles/{live}.footlight"));
    let whole = fs::read(&path).unwrap();
    for (bytes, said) in [(&whole[..2000], "the bundle is cut short"), (&[], "cut short")] {
        fs::write(&path, bytes).unwrap();
        shop.push(&[]).ended(2, &[&live[..12], said, "footlight rollback"]);
        shop.run(&["pull", &shop.target]).ended(2, &[said]);
        shop.at("verify", &[]).ended(1, &[said]);
        shop.at("status", &[]).ended(0, &["release 3", "notice", said]);
    }
    // A pointer that is newer than the bundle: a store that is not consistent at once, or a lost file.
    fs::remove_file(&path).unwrap();
    shop.push(&[]).ended(2, &["is not there", "may need a minute", "footlight rollback", "--previous"]);
    shop.at("rollback", &[]).ended(0, &["release 4"]);
    shop.push(&[]).ended(0, &["release 5"]);
    shop.at("rollback", &["3"]).ended(2, &["is not there"]);
    shop.at("verify", &[]).ended(1, &["is not there"]);
    fs::write(&path, &whole).unwrap();
    shop.at("verify", &[]).ended(0, &[]);
}

#[test]
fn a_truncated_upload_is_written_again() {
    let shop = shop("truncated");
    let mut twin = Shop::new("truncated-twin");
    twin.edit(4);
    fs::copy(shop.folder.join("key.pem"), twin.folder.join("key.pem")).unwrap();
    twin.target = twin.folder.join("copy").to_str().unwrap().to_owned();
    copy(shop.file("").as_path(), twin.file("").as_path());
    twin.push(&[]).ended(0, &[]);
    let (_, name) = twin.live();
    let place = format!("bundles/{name}.footlight");
    let whole = fs::read(twin.file(&place)).unwrap();
    fs::write(shop.file(&place), &whole[..1500]).unwrap();
    shop.push(&[]).ended(0, &["found: the bundle", "was there, but broken: written again"]);
    assert_eq!(shop.live(), (4, name));
}

#[cfg(unix)]
#[test]
fn no_permission_and_no_folder_are_said() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let shop = shop("permission");
    let live = shop.live();
    let pem = fs::read_to_string(shop.folder.join("key.pem")).unwrap();
    fs::set_permissions(&shop.folder, fs::Permissions::from_mode(0o755)).unwrap();
    for folder in ["", "bundles", "history"] {
        fs::set_permissions(shop.file(folder), fs::Permissions::from_mode(0o555)).unwrap();
    }
    let mut push = shop.command(&["push", &shop.target, "--at", AT]);
    push.env("FOOTLIGHT_KEY", &pem);
    if fs::metadata(&shop.folder).unwrap().uid() == 0 {
        // Permissions are nothing to root.
        push.uid(65_534).gid(65_534);
    }
    let said = shop::Said::of(&push.output().unwrap());
    for folder in ["", "bundles", "history"] {
        fs::set_permissions(shop.file(folder), fs::Permissions::from_mode(0o755)).unwrap();
    }
    said.ended(
        2,
        &["ermission denied", "let the user that runs this write there", "release 3 is live as before"],
    );
    assert_eq!(shop.live(), live);

    fs::write(shop.folder.join("file"), "").unwrap();
    shop.run(&["push", "file", "--at", AT, "--key", "key.pem"]).ended(2, &["a target is a folder"]);
    shop.run(&["status", "nowhere"]).ended(2, &["nothing is live at `nowhere`"]);
    shop.run(&["push", "http://shop.example/", "--key", "key.pem"])
        .ended(2, &["cannot be used for `TARGET`", "`s3://BUCKET/PREFIX`"]);
    shop.run(&["push", "kv:FOOTLIGHT", "--key", "key.pem"])
        .ended(2, &["there is no `wrangler` here", "npm install"]);
}

/// A child whose files may not grow: what a quota does.
#[cfg(unix)]
#[test]
fn a_file_that_does_not_fit_changes_nothing() {
    let shop = shop("limit");
    let live = shop.live();
    let mut push = std::process::Command::new("sh");
    push.current_dir(&shop.folder).args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"]);
    push.args([env!("CARGO_BIN_EXE_footlight"), "push", &shop.target, "--at", AT, "--key", "key.pem"]);
    let said = shop::Said::of(&push.output().unwrap());
    said.ended(2, &["there is no room for it", "make room", "release 3 is live as before"]);
    assert_eq!(shop.live(), live);
    shop.push(&[]).ended(0, &["release 4"]);
}

/// A disk of its own, full to the last byte. It needs user namespaces; where there are none, the test above has to do.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing() {
    let shop = shop("full");
    let script = r#"
        mkdir disk && mount -t tmpfs -o size=256k none disk || exit 77
        push() { "$FOOTLIGHT" push disk --at 2026-11-20T00:00:00Z --key key.pem; echo "push: $?"; }
        push
        sed -i 's/Winter 4/Winter 5/' rules/homepage.toml
        cat /dev/zero > disk/filler 2> /dev/null
        push
        "$FOOTLIGHT" verify disk --key key.pem; echo "verify: $?"
        "$FOOTLIGHT" history disk
        rm disk/filler
        push
    "#;
    let mut inside = std::process::Command::new("unshare");
    inside.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
    inside.current_dir(&shop.folder).env("FOOTLIGHT", env!("CARGO_BIN_EXE_footlight"));
    match inside.output() {
        Ok(output) if output.status.success() => {
            let said = shop::Said::of(&output);
            said.ended(
                0,
                &["release 1 of fjell is live", "there is no room for it", "release 1 is live as before"],
            );
            said.ended(0, &["push: 2", "verify: 0", "release 2 of fjell is live"]);
        }
        _ => println!("no disk can be made here"),
    }
}
