//! Writes `traffic.toml`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use footlight_compiler::traffic::{FILE, fingerprint};

use crate::failure::Failure;
use crate::simulate::Answer;
use crate::subject::Subject;

/// Saves a replay's shares beside the rules; complete or not at all.
pub(crate) fn save(rules: &Path, answer: &Answer, subject: &Subject) -> Result<PathBuf, Failure> {
    let path = rules.join(FILE);
    let failed = |error| Failure::Write { path: path.clone(), error };
    let part = rules.join(format!(".{FILE}.part"));
    fs::write(&part, text(answer, subject)).map_err(failed)?;
    fs::rename(&part, &path).map_err(failed)?;
    Ok(path)
}

fn text(answer: &Answer, subject: &Subject) -> String {
    let mut out = String::from(
        "# Shares of traffic, as `footlight simulate --save` found them. `footlight check` and `footlight audit` read this; it\n\
         # is no rule and goes into no bundle. Replay a newer log rather than change it.\n\n",
    );
    let log = &answer.log;
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Memory takes everything that is written to it.
        let _ = writeln!(out, "{text}");
    };
    line(format_args!("[log]"));
    if let (Some(from), Some(until)) = (&log.from, &log.until) {
        line(format_args!("from = {from}\nuntil = {until}"));
    }
    let views: u64 = answer.stages.iter().map(|stage| stage.views).sum();
    line(format_args!("views = {views}\nvisitors = {}\nconsent = {:?}", answer.visitors, log.consent));
    for stage in answer.stages.iter().filter(|stage| stage.views > 0) {
        line(format_args!(
            "\n[stage.{}]\nviews = {}\nvisitors = {}\npersonalized = {:.4}\nheld_out = {:.4}",
            stage.stage.name(),
            stage.views,
            stage.visitors,
            stage.personalized_share.unwrap_or(0.0),
            stage.held_out_views as f64 / stage.views as f64,
        ));
    }
    let bundle = subject.engine.bundle();
    for (segment, compiled) in answer.segments.iter().zip(&bundle.segments) {
        line(format_args!(
            "\n[segment.{}]\ncondition = \"{:08x}\"\nvisitors = {:.4}",
            segment.segment,
            fingerprint(bundle, &subject.notes, compiled.condition),
            segment.share.unwrap_or(0.0),
        ));
        let stages = segment.stages.iter().filter(|stage| stage.views > 0);
        let stages: Vec<String> = stages
            .map(|stage| format!("{} = {:.4}", stage.stage.name(), stage.share.unwrap_or(0.0)))
            .collect();
        if !stages.is_empty() {
            line(format_args!("views = {{ {} }}", stages.join(", ")));
        }
    }
    for rule in &answer.rules {
        line(format_args!(
            "\n[rule.{}]\nvisitors = {:.4}\nviews = {}",
            rule.rule,
            rule.share.unwrap_or(0.0),
            rule.views
        ));
    }
    out
}
