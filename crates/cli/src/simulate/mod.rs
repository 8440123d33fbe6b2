//! Replays a log through a bundle and counts: who is in which segment, which rules win, and what stands in their way.

mod answer;
mod counts;
mod evaluator;
mod text;

pub(crate) use answer::Answer;
pub(crate) use counts::Counts;
pub(crate) use evaluator::{Replayer, site};
pub(crate) use text::print;

use std::path::PathBuf;

use crate::failure::Failure;
use crate::log::{self, LogArguments, Run};
use crate::subject::Subject;

/// Replays logs through a subject's bundle.
pub(crate) fn replay(
    paths: &[PathBuf],
    arguments: &LogArguments,
    subject: &Subject,
) -> Result<(Counts, Run<()>), Failure> {
    let site = site([subject.engine.bundle()]);
    let room = (arguments.remember as usize).div_ceil(arguments.threads());
    let make = |_| Replayer::new(subject, &arguments.consent, &site.headers, room);
    let Run { evaluators, tally, logs, elapsed } = log::run(paths, arguments, &site, make)?;
    let mut all = Counts::new(subject.engine.bundle());
    evaluators.into_iter().for_each(|evaluator| all.add(evaluator.into_counts()));
    Ok((all, Run { evaluators: Vec::new(), tally, logs, elapsed }))
}
