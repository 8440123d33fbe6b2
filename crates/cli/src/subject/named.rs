//! Subjects as the command line names them: a rules directory, a bundle's file, `live:TARGET`, `git:REV[:PATH]`, or a
//! revision by itself.

use std::path::{Path, PathBuf};

use footlight_compiler::{Options, compile};

use super::{Git, Subject};
use crate::commands::check::Compiled;
use crate::failure::Failure;
use crate::release::keys::Trust;
use crate::release::target::Target;
use crate::rules_directory;
use crate::store::Address;

/// Reads what a name names; of git, the rules at `rules` when it does not say where. None when the rules are wrong, which
/// has been said then.
pub(crate) fn named(name: &str, rules: &Path, now_ms: i64) -> Result<Option<Subject>, Failure> {
    if let Some(target) = name.strip_prefix("live:") {
        return live(target).map(Some);
    }
    if let Some(revision) = name.strip_prefix("git:") {
        let (revision, path) = match revision.split_once(':') {
            Some((revision, path)) => (revision, PathBuf::from(path)),
            None => (revision, rules.to_owned()),
        };
        return at_revision(&Git::here()?, revision, &path, now_ms);
    }
    let path = Path::new(name);
    if path.is_file() {
        return Subject::of_file(path).map(Some);
    }
    if path.exists() {
        let sources = rules_directory::read(path)?;
        let compilation = compile(&sources, Options { now_ms });
        return Ok(Subject::of_compiled(Compiled { sources, now_ms, compilation }, path));
    }
    match Git::here() {
        Ok(git) if git.commit(name).is_ok() => at_revision(&git, name, rules, now_ms),
        _ => Err(Failure::BadArgument {
            name: "A or B",
            value: name.to_owned(),
            expected: "a rules directory or a bundle's file that exists, `live:TARGET`, or a git revision",
        }),
    }
}

/// What is live at a target.
fn live(target: &str) -> Result<Subject, Failure> {
    let target = Target::open(Address::parse(target)?, Trust::of_environment()?)?;
    let release = target.live_or_say()?.release;
    let (bytes, _) = target.bundle(&release.bundle)?;
    Subject::of_bytes(format!("live:{}", target.name), &bytes)
}

fn at_revision(git: &Git, revision: &str, path: &Path, now_ms: i64) -> Result<Option<Subject>, Failure> {
    let sources = git.rules(revision, path)?;
    let compilation = compile(&sources, Options { now_ms });
    let root = PathBuf::from(format!("{revision}:{}", path.display()));
    Ok(Subject::of_compiled(Compiled { sources, now_ms, compilation }, &root))
}
