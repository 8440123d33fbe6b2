//! The demo shop behind the edge, on this machine.

use anyhow::Result;

use crate::build;
use crate::node::tool;
use crate::step;

pub(crate) fn run() -> Result<()> {
    build::run()?;
    println!("\nthe shop opens on http://localhost:8787 (Ctrl-C stops it)");
    step::run(&mut tool("wrangler", &["dev", "--port", "8787"]))
}
