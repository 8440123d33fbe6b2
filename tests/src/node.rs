//! The Node on this machine, as an independent implementation to compare with.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running Node that answers lines with lines.
#[derive(Debug)]
pub struct Node {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Reads requests line by line and answers each with one line.
const LOOP: &str = r#"
const answer = module.exports;
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(answer(line) + "\n");
});
"#;

impl Node {
    /// Starts Node with a CommonJS `script` whose `module.exports` is a function from one line to one line. `None`,
    /// after printing that the test is skipped, where there is no Node.
    ///
    /// # Panics
    /// When Node is missing and `CI` is `true`.
    #[must_use]
    pub fn start(script: &str) -> Option<Self> {
        let script = format!("{script}\n{LOOP}");
        let mut command = Command::new("node");
        command.args(["-e", &script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let started = command.spawn().ok().and_then(|mut child| {
            let (input, output) = (child.stdin.take()?, child.stdout.take()?);
            Some(Self { child, input: Some(input), output: BufReader::new(output) })
        });
        if started.is_none() {
            let in_ci = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!in_ci, "node is missing");
            println!("skipped: no node on this machine");
        }
        started
    }

    /// Node's answer to `request`, which is one line.
    ///
    /// # Panics
    /// When Node has stopped.
    #[must_use]
    pub fn ask(&mut self, request: &str) -> String {
        debug_assert!(!request.contains('\n'), "one line");
        let sent = self.input.as_mut().map(|input| input.write_all(format!("{request}\n").as_bytes()));
        assert!(matches!(sent, Some(Ok(()))), "node has stopped");
        let mut answer = String::new();
        let length = self.output.read_line(&mut answer).unwrap_or(0);
        assert!(length > 0, "node has stopped at: {request}");
        answer.truncate(answer.trim_end_matches('\n').len());
        answer
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // End of input ends Node.
        self.input = None;
        let _status = self.child.wait();
    }
}
