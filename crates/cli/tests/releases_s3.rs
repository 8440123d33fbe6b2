//! Releases in an S3-compatible store: a real server over a folder, in a process of its own.
#![cfg(feature = "stores")]

mod shop;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use shop::{AT, Said, Shop, finish};

/// The server's program, built when it is needed first: it lies beside the command.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let build = ["build", "--quiet", "--package", "footlight-s3-server"];
        let built = Command::new(env!("CARGO")).args(build).current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(built.unwrap().success());
        Path::new(env!("CARGO_BIN_EXE_footlight")).with_file_name("footlight-s3-server")
    })
}

struct Server {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Server {
    fn start(folder: &Path, port: u16, more: &[&str]) -> Self {
        fs::create_dir_all(folder.join("shop")).unwrap();
        let mut child = Command::new(program())
            .arg(folder)
            .arg(port.to_string())
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, folder: folder.to_owned(), port: line.trim().parse().unwrap() }
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A shop whose target is a bucket, and its server.
fn shop(name: &str, more: &[&str]) -> (Shop, Server) {
    let mut shop = Shop::new(name);
    let server = Server::start(&shop.folder.join("buckets"), 0, more);
    shop.target = "s3://shop/releases/live".to_owned();
    shop.reach(server.port);
    if !more.is_empty() {
        shop.variables.push(("AWS_SKIP_SIGNATURE", "true".to_owned()));
    }
    (shop, server)
}

#[test]
fn releases_go_live_in_a_bucket_and_are_taken_back() {
    let (shop, server) = shop("s3", &[]);
    shop.at("status", &[]).ended(2, &["nothing is live at `s3://shop/releases/live`"]);
    shop.push(&["-m", "first"]).ended(0, &["release 1"]);
    let first = shop.live();
    shop.push(&[]).ended(0, &["nothing to push"]);
    shop.edit(2);
    shop.push(&["--canary", "5%"]).ended(0, &["release 2"]);
    shop.at("promote", &[]).ended(0, &["release 3"]);
    shop.at("rollback", &["-m", "no"]).ended(0, &["release 4"]);
    assert_eq!(shop.live(), (4, first.1.clone()));
    shop.at("status", &[]).ended(0, &["why         no", "2 bundles"]);
    shop.run(&["history", &shop.target]).ended(0, &["(live)", "first"]);
    shop.run(&["pull", &shop.target]).ended(0, &[&first.1]);
    let place = server.folder.join("shop/releases/live");
    assert!(place.join("live.json").is_file() && place.join("history/0000000004.json").is_file());
}

#[test]
fn killed_at_any_step_the_old_or_the_new_bundle_is_live_in_a_bucket() {
    let (shop, _server) = shop("s3-killed", &[]);
    shop.push(&[]).ended(0, &[]);
    for (number, step) in
        ["read", "built", "bundles", "uploaded", "history", "recorded", "live.json", "moved"]
            .into_iter()
            .enumerate()
    {
        let before = shop.live();
        shop.edit(u32::try_from(number).unwrap() + 2);
        let killed = shop.push_command(&[]).env("FOOTLIGHT_DIE_AT", step).output().unwrap();
        assert_eq!(killed.status.code(), None, "{step}: it died");
        assert_eq!(shop.live() != before, step == "moved", "{step}");
        shop.push(&[]).ended(0, &[if step == "moved" { "nothing to push" } else { "is live" }]);
        assert!(shop.live().0 > before.0);
    }
}

#[test]
fn of_two_pushes_at_once_into_a_bucket_one_wins_and_the_other_is_told() {
    // The second server ignores the conditions of writes: then looking first and reading back have to do.
    for (name, more, fewest) in [("s3-two", [].as_slice(), 1), ("s3-no-conditions", &["no-conditions"], 0)] {
        let (shop, _server) = shop(name, more);
        shop.push(&[]).ended(0, &[]);
        let mut nobody = 0;
        for round in 0..10 {
            let held = ["one", "two"].map(|name| {
                shop.edit(100 * round + u32::try_from(name.len() + name.as_bytes()[0] as usize).unwrap());
                shop.push_held_at("built", &["-m", name])
            });
            let [mut one, mut two] = held;
            drop((one.stdin.take(), two.stdin.take()));
            let said = [finish(one), finish(two)];
            let won = said.iter().filter(|said| said.code == Some(0)).count();
            assert!((fewest..=1).contains(&won), "{won} were told that they won: {said:?}");
            for lost in said.iter().filter(|said| said.code != Some(0)) {
                lost.ended(2, &["somebody else", "yours is not live", "footlight status"]);
            }
            nobody += usize::from(won == 0);
            // Of two that took one number at once, the later one's copy may be in the history; a push puts that right.
            shop.edit(7_000 + round);
            shop.push(&[]).ended(0, &["is live"]);
            shop.live();
        }
        println!("{name}: in {nobody} of 10 rounds neither was told that it won");
    }
}

#[test]
fn who_was_overtaken_in_a_bucket_is_told_by_the_stores_own_conditions() {
    for step in ["history", "live.json"] {
        let (shop, _server) = shop(&format!("s3-overtaken-{}", &step[..4]), &[]);
        shop.push(&[]).ended(0, &[]);
        shop.edit(2);
        // Held when it has looked and is about to write: only the condition of the write itself can refuse it now.
        let held = shop.push_held_at(step, &[]);
        shop.edit(3);
        shop.push(&["-m", "the other"]).ended(0, &["is live"]);
        let live = shop.live();
        finish(held).ended(2, &["somebody else was faster", "(the other)"]);
        assert_eq!(shop.live(), live, "{step}");
    }
}

#[test]
fn who_overtook_in_a_store_without_conditions_stays_live() {
    let (shop, _server) = shop("s3-silent", &["no-conditions"]);
    shop.push(&[]).ended(0, &[]);
    shop.edit(2);
    let held = shop.push_held_at("live.json", &[]);
    shop.edit(3);
    shop.push(&["-m", "the other"]).ended(0, &["release 3"]);
    let live = shop.live();
    finish(held).ended(2, &["somebody else was faster: release 3 by", "(the other)"]);
    assert_eq!(shop.live(), live);
}

#[test]
fn what_is_wrong_with_the_way_to_a_store_is_said() {
    let (shop, mut server) = shop("s3-way", &[]);
    shop.push(&[]).ended(0, &[]);
    let live = shop.live();
    shop.edit(2);
    let push = |target: &str, variables: &[(&str, &str)]| {
        let mut command = shop.command(&["push", target, "--at", AT, "--key", "key.pem"]);
        command.envs(variables.iter().copied());
        Said::of(&command.output().unwrap())
    };
    push("s3://nowhere", &[]).ended(2, &["there is no such bucket"]);
    push(&shop.target, &[("AWS_SECRET_ACCESS_KEY", "wrong")])
        .ended(2, &["access denied", "AWS_SECRET_ACCESS_KEY"]);
    push(&shop.target, &[("AWS_ENDPOINT_URL", "http://shop.example:9000")])
        .ended(2, &["not on this machine and not https"]);
    let mut without = shop.push_command(&[]);
    without.env_remove("AWS_ACCESS_KEY_ID");
    Said::of(&without.output().unwrap()).ended(2, &["there are no credentials", "AWS_ACCESS_KEY_ID"]);
    server.stop();
    shop.push(&[]).ended(2, &["no answer", "AWS_ENDPOINT_URL", "try again"]);
    let again = Server::start(&server.folder, server.port, &[]);
    assert_eq!(shop.live(), live);
    shop.push(&[]).ended(0, &["release 2"]);
    drop(again);
}

#[test]
fn a_server_that_dies_at_any_step_leaves_the_old_or_the_new_bundle_live() {
    let (shop, mut server) = shop("s3-dies", &[]);
    shop.push(&[]).ended(0, &[]);
    for (number, step) in ["built", "uploaded", "recorded", "live.json", "moved"].into_iter().enumerate() {
        let before = shop.live();
        shop.edit(u32::try_from(number).unwrap() + 2);
        let held = shop.push_held_at(step, &[]);
        server.stop();
        let said = finish(held);
        match step {
            // It cannot be asked any more whether another came in between.
            "live.json" => said.ended(2, &["it is not known whether release", "footlight status"]),
            "moved" => said.ended(0, &["is live"]),
            _ => said.ended(2, &["no answer", "is live as before"]),
        };
        server = Server::start(&server.folder.clone(), server.port, &[]);
        assert_eq!(shop.live() != before, step == "moved", "{step}");
        shop.push(&[]).ended(0, &[]);
        shop.live();
    }
}

/// Passes bytes on to a server, and cuts every connection when so many went through.
fn cutting_proxy(to: u16, budget: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let left = Arc::new(AtomicUsize::new(budget));
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = TcpStream::connect(("127.0.0.1", to)) else { return };
            for (mut from, mut into) in
                [(client.try_clone().unwrap(), server.try_clone().unwrap()), (server, client)]
            {
                let left = Arc::clone(&left);
                std::thread::spawn(move || {
                    let mut bytes = [0; 256];
                    while let Ok(count @ 1..) = from.read(&mut bytes) {
                        let rest = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                            Some(left.saturating_sub(count))
                        });
                        let count = count.min(rest.unwrap_or(0));
                        if count == 0 || into.write_all(&bytes[..count]).is_err() {
                            break;
                        }
                    }
                    let _ =
                        (from.shutdown(std::net::Shutdown::Both), into.shutdown(std::net::Shutdown::Both));
                });
            }
        }
    });
    port
}

#[test]
fn a_network_that_is_lost_after_any_number_of_bytes_leaves_the_old_or_the_new_bundle_live() {
    let (mut shop, server) = shop("s3-cut", &[]);
    shop.push(&[]).ended(0, &[]);
    let mut went_live = 0;
    for round in 0..10 {
        let before = shop.live();
        shop.edit(round + 2);
        shop.reach(cutting_proxy(server.port, 4_000 + 2_500 * round as usize));
        let said = shop.push(&[]);
        shop.reach(server.port);
        let now = shop.live();
        match said.code {
            Some(0) => assert!(now.0 > before.0),
            _ => _ = said.ended(2, &["try again"]),
        }
        went_live += u32::from(now.0 > before.0);
        shop.push(&[]).ended(0, &[]);
        assert!(shop.live().0 > before.0);
    }
    println!("{went_live} of 10 pushes went live before the network was lost");
}
