//! Node and the npm packages that the lockfile pins.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::root::root;
use crate::step::{command, run, step};

const LEAST_NODE: (u32, u32) = (20, 3);

/// Installs the npm packages when the lockfile is another than the one that was installed from.
pub(crate) fn install() -> Result<()> {
    check_node()?;
    let lock = fs::read(root().join("package-lock.json"))?;
    let stamp = root().join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("npm packages", || run(&mut command("npm", &["ci", "--no-audit", "--no-fund"])))?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// A program that an npm package brings.
pub(crate) fn tool(name: &str, arguments: &[&str]) -> Command {
    let mut tool = command(root().join("node_modules/.bin").join(name), arguments);
    // wrangler asks about usage data and looks for updates otherwise.
    tool.env("WRANGLER_SEND_METRICS", "false").env("NO_UPDATE_NOTIFIER", "1");
    tool
}

fn check_node() -> Result<()> {
    let output =
        command("node", &["--version"]).output().context("Node is needed: install Node 20.3 or newer")?;
    let version = String::from_utf8_lossy(&output.stdout);
    let mut parts = version.trim().trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < LEAST_NODE {
        bail!("Node {}.{} or newer is needed, found {}", LEAST_NODE.0, LEAST_NODE.1, version.trim());
    }
    Ok(())
}
