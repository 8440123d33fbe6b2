//! A log that is larger than what may be held in memory.
#![cfg(target_os = "linux")]

mod support;

use std::io::{BufWriter, Write as _};
use std::process::{Command, Stdio};

use support::{Random, shop};

/// Lines of the log: about 110 MB.
const LINES: u64 = 600_000;

/// Memory that no log may take, in kilobytes, besides what visitors are remembered in.
const MOST_KB: u64 = 80_000;

/// The most memory that a process had so far, in kilobytes.
fn peak_kb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_log_of_a_hundred_megabytes_with_broken_lines_takes_little_memory() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_footlight"))
        .args(["simulate", "-", "--rules", &shop(), "--format", "json", "--remember", "20000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut random, mut broken, mut bytes) = (Random(11), 0_u64, 0_u64);
    let mut log = BufWriter::with_capacity(1 << 16, child.stdin.take().unwrap());
    for line in 0..LINES {
        let text = match random.below(1_000) {
            0..10 => "{\"at\":1795132800,\"url\":".to_owned(),
            10 => "y".repeat(150_000),
            _ => {
                let (visitor, category) = (random.below(100_000), random.of(&["boots", "tents"]));
                format!(
                    "{{\"at\":{},\"url\":\"/c/{category}?page={}\",\"visitor\":\"v{visitor}\",\"country\":\"DE\",\"cookies\":\"consent=all\",\"language\":\"de-DE,de;q=0.9,en;q=0.8\"}}",
                    1_795_132_800 + line,
                    line % 9
                )
            }
        };
        broken += u64::from(!text.ends_with('}'));
        bytes += text.len() as u64 + 1;
        writeln!(log, "{text}").unwrap();
    }
    log.flush().unwrap();
    let peak = peak_kb(child.id()).unwrap();
    drop(log);
    let output = child.wait_with_output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    println!("{bytes} bytes, peak {peak} KB");
    assert!(bytes > 100_000_000, "{bytes}");
    assert_eq!((&answer["log"]["lines"], &answer["log"]["bad_lines"]), (&LINES.into(), &broken.into()));
    assert!(answer["visitors_forgotten"].as_u64() > Some(10_000));
    assert!(peak < MOST_KB, "{peak} KB");
}
