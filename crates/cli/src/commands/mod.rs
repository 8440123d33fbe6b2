//! One file a command.

pub(crate) mod audit;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod history;
pub(crate) mod inspect;
pub(crate) mod keygen;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod preview_token;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod reference;
pub(crate) mod rollback;
#[cfg(feature = "serve")]
pub(crate) mod serve;
pub(crate) mod sign;
pub(crate) mod simulate;
pub(crate) mod status;
pub(crate) mod test;
pub(crate) mod verify;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::output::Outcome;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let format = arguments.format;
    match &arguments.command {
        Command::New(new) => new.run(format),
        Command::Check(check) => check.run(format),
        Command::Test(test) => test.run(format),
        Command::Explain(explain) => explain.run(format),
        Command::Simulate(simulate) => simulate.run(format),
        Command::Diff(diff) => diff.run(format),
        Command::Audit(audit) => audit.run(format),
        Command::Build(build) => build.run(format),
        Command::Inspect(inspect) => inspect.run(format),
        Command::Keygen(keygen) => keygen.run(format),
        Command::PreviewToken(token) => token.run(format),
        Command::Reference(reference) => reference.run(format),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(format),
        Command::Sign(sign) => sign.run(format),
        Command::Verify(verify) => verify.run(format),
        Command::Push(push) => push.run(format),
        Command::Status(status) => status.run(format),
        Command::History(history) => history.run(format),
        Command::Rollback(rollback) => rollback.run(format),
        Command::Promote(promote) => promote.run(format),
        Command::Pull(pull) => pull.run(format),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve.run(format),
    }
}
