//! Releases in Workers KV: the namespace on this machine, which `wrangler dev` serves from in the real runtime. Needs the
//! project's `wrangler` (`npm ci`).
#![cfg(unix)]

mod shop;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding as _};
use shop::{Shop, finish};

const CONFIGURATION: &str = r#"
name = "shop"
main = "worker.js"
compatibility_date = "2026-04-01"
kv_namespaces = [{ binding = "FOOTLIGHT" }]
"#;

/// Answers with what is under a key.
const WORKER: &str = "export default {
  async fetch(request, env) {
    const value = await env.FOOTLIGHT.get(new URL(request.url).pathname.slice(1), 'stream');
    return new Response(value, { status: value ? 200 : 404 });
  },
};";

fn packages() -> Option<PathBuf> {
    let packages =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("node_modules"));
    packages.into_iter().find(|packages| packages.join(".bin/wrangler").is_file())
}

/// A worker that serves what is in the namespace.
struct Worker {
    child: Child,
    port: u16,
}

impl Worker {
    fn start(shop: &Shop) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(shop.folder.join("node_modules/.bin/wrangler"))
            .args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string()])
            .current_dir(&shop.folder)
            .envs([("CI", "1"), ("WRANGLER_SEND_METRICS", "false")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let worker = Self { child, port };
        let began = Instant::now();
        while worker.get("nothing").is_none() {
            assert!(began.elapsed() < Duration::from_secs(120), "the worker does not start");
            std::thread::sleep(Duration::from_millis(200));
        }
        worker
    }

    /// Status and body.
    fn get(&self, key: &str) -> Option<(u16, Vec<u8>)> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        connection.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        write!(connection, "GET /{key} HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).ok()?;
        let status = std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()?;
        let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        Some((status, answer.split_off(head + 4)))
    }

    /// The sequence of the release that is live.
    fn sequence(&self) -> Option<u64> {
        let (_, body) = self.get("live.json")?;
        let envelope: serde_json::Value = serde_json::from_slice(&body).ok()?;
        let payload = Base64::decode_vec(envelope["payload"].as_str()?).ok()?;
        serde_json::from_slice::<serde_json::Value>(&payload).ok()?["sequence"].as_u64()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The runtime is a child of it: the whole group that was started here.
        let _ = Command::new("kill").args(["-TERM", "--", &format!("-{}", self.child.id())]).status();
        let _ = self.child.wait();
    }
}

#[test]
fn releases_go_live_in_workers_kv_and_whoever_is_interrupted_or_overtaken_is_told() {
    let Some(packages) = packages() else {
        println!("there is no wrangler: `npm ci` installs it");
        return;
    };
    let mut shop = Shop::new("kv");
    fs::write(shop.folder.join("wrangler.toml"), CONFIGURATION).unwrap();
    fs::write(shop.folder.join("worker.js"), WORKER).unwrap();
    std::os::unix::fs::symlink(packages, shop.folder.join("node_modules")).unwrap();
    shop.target = "kv:FOOTLIGHT".to_owned();
    let worker = Worker::start(&shop);
    assert_eq!(worker.get("live.json").unwrap().0, 404);

    shop.push(&["-m", "first"]).ended(0, &["release 1 of fjell is live"]);
    assert_eq!(worker.sequence(), Some(1), "the worker sees it at once");
    let status = shop.status();
    assert_eq!((&status["bundles"], &status["rules"]), (&1.into(), &"same".into()));
    let bundle = status["release"]["bundle"].as_str().unwrap();
    shop.run(&["pull", &shop.target, "-o", "pulled.footlight"]).ended(0, &[bundle]);
    let pulled = fs::read(shop.folder.join("pulled.footlight")).unwrap();
    assert_eq!(worker.get(&format!("bundles/{bundle}.footlight")).unwrap(), (200, pulled), "byte for byte");

    shop.edit(2);
    let killed = shop.push_command(&[]).env("FOOTLIGHT_DIE_AT", "live.json").output().unwrap();
    assert_eq!((killed.status.code(), worker.sequence()), (None, Some(1)));

    // Held when it has looked and is about to write: nothing but reading back can tell it that another came in between.
    let held = shop.push_held_at("live.json", &["-m", "held"]);
    shop.edit(3);
    let began = Instant::now();
    shop.push(&["-m", "the other"]).ended(0, &["found: release 2 by", "release 4 of fjell is live"]);
    println!("a push to Workers KV took {} ms", began.elapsed().as_millis());
    assert_eq!(worker.sequence(), Some(4));
    finish(held).ended(2, &["somebody else was faster: release 4 by", "(the other)", "yours is not live"]);
    assert_eq!(worker.sequence(), Some(4), "and stays live");

    shop.at("rollback", &["-m", "no"]).ended(0, &["release 5"]);
    assert_eq!(worker.sequence(), Some(5));
    shop.at("verify", &[]).ended(0, &["5 releases and 3 bundles"]);
    shop.run(&["history", &shop.target]).ended(0, &["(live)", "(never live)", "the other"]);
    shop.run(&["status", "kv:NOTHING"]).ended(2, &["`wrangler` failed", "NOTHING", "was not found"]);
}
