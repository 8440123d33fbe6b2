//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

#[cfg(feature = "serve")]
use crate::commands::serve;
use crate::commands::{
    audit, build, check, completions, diff, explain, history, inspect, keygen, man, new, preview_token, pull,
    push, reference, rollback, sign, simulate, status, test, verify,
};

/// Check, try, build and push the rules that personalize a shop at the edge.
#[derive(Debug, Parser)]
#[command(name = "footlight", version, about, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// How results are written.
    #[arg(long, value_enum, global = true, default_value = "text")]
    pub(crate) format: Format,
    /// Text for screen readers: no drawing, no colours, no progress bars, one sentence a line.
    #[arg(long, global = true)]
    pub(crate) plain: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes:
  0  all is well
  1  something is wrong with the rules, one of their tests fails, or `verify` found something
  2  the command could not do its work: wrong arguments, unreadable or unwritable files, a release that is refused

Warnings do not change the exit code.";

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For other programs.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(new::New),
    Check(check::Check),
    Test(test::Test),
    Explain(Box<explain::Explain>),
    Simulate(Box<simulate::Simulate>),
    Diff(Box<diff::Diff>),
    Audit(Box<audit::Audit>),
    Build(build::Build),
    Inspect(inspect::Inspect),
    Keygen(keygen::Keygen),
    PreviewToken(preview_token::PreviewToken),
    Sign(sign::Sign),
    Verify(verify::Verify),
    Push(push::Push),
    Status(status::Status),
    History(history::History),
    Rollback(rollback::Rollback),
    Promote(rollback::Promote),
    Pull(pull::Pull),
    Reference(reference::Reference),
    Completions(completions::Completions),
    Man(man::Man),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
}

/// Where the rules are, and when it is.
#[derive(Clone, Debug, Args)]
pub(crate) struct Rules {
    /// The rules directory, which has `site.toml` in it.
    #[arg(long, short = 'r', value_name = "DIR", default_value = "rules")]
    pub(crate) rules: PathBuf,
    /// The time that schedules and reviews are compared with, such as 2026-11-20T10:00:00+01:00; now when left out.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// The bundle that visitors have now: of running experiments as few of them as possible see another variant
    /// tomorrow, and a change that moves more is warned of.
    #[arg(long, value_name = "BUNDLE")]
    pub(crate) previous: Option<PathBuf>,
}
