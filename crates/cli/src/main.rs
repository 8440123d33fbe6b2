//! The `footlight` command.
//!
//! Exit codes: 0 all is well; 1 something is wrong with the rules, or a test of theirs fails; 2 the command could not
//! do its work: wrong arguments, a file that cannot be read or written.

mod arguments;
mod audit;
mod clock;
mod commands;
mod diff;
mod failure;
mod log;
mod output;
mod page;
mod page_diff;
mod reference;
mod release;
mod render;
mod rules_directory;
#[cfg(feature = "serve")]
mod serve;
mod signing;
mod simulate;
mod starter;
mod store;
mod subject;
mod table;
mod trace;
mod traffic;
mod watch;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    output::leave_quietly_when_nobody_reads();
    let arguments = arguments::Arguments::parse();
    if arguments.plain {
        output::speak_plainly();
    }
    match commands::run(&arguments) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            anstream::eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}
