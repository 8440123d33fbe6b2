//! What the rules were: read with the `git` program, which knows every kind of repository.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use footlight_compiler::Sources;

use crate::failure::Failure;

/// Why something cannot be read from git.
#[derive(Debug)]
pub(crate) enum GitError {
    /// There is no such program.
    NotInstalled,
    /// Not within a repository.
    NoRepository { folder: PathBuf },
    /// No such revision.
    NoRevision { revision: String },
    /// No rules at a revision.
    NoRules { revision: String, path: PathBuf },
    /// The program failed.
    Failed { said: String },
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => {
                f.write_str("revisions are read with the `git` program, and there is none; install git")
            }
            Self::NoRepository { folder } => {
                write!(f, "`{}` is in no git repository, so there are no revisions", folder.display())
            }
            Self::NoRevision { revision } => {
                write!(f, "git knows no revision `{revision}`; `git log --oneline` lists them")
            }
            Self::NoRules { revision, path } => write!(
                f,
                "there are no rules in `{}` at `{revision}`: it has no `site.toml` there; say where with `git:{revision}:PATH`",
                path.display()
            ),
            Self::Failed { said } => write!(f, "git failed: {said}"),
        }
    }
}

/// A repository, from a folder in it.
pub(crate) struct Git {
    folder: PathBuf,
}

impl Git {
    /// The repository of the current folder.
    pub(crate) fn here() -> Result<Self, Failure> {
        Self::of(Path::new("."))
    }

    /// The repository that a folder is in.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let git = Self { folder: folder.to_owned() };
        match git.run(&["rev-parse", "--is-inside-work-tree"], b"") {
            Ok(_) => Ok(git),
            Err(GitError::NotInstalled) => Err(Failure::Git(GitError::NotInstalled)),
            Err(_) => Err(Failure::Git(GitError::NoRepository { folder: folder.to_owned() })),
        }
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<String, Failure> {
        let unknown = || Failure::Git(GitError::NoRevision { revision: revision.to_owned() });
        // What begins with a dash would be an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Err(unknown());
        }
        let commit = format!("{revision}^{{commit}}");
        let out = self.run(&["rev-parse", "--verify", "--quiet", &commit], b"").map_err(|_| unknown())?;
        Ok(String::from_utf8_lossy(&out).trim().to_owned())
    }

    /// The rules in a folder at a revision.
    pub(crate) fn rules(&self, revision: &str, path: &Path) -> Result<Sources, Failure> {
        let commit = self.commit(revision)?;
        let none =
            || Failure::Git(GitError::NoRules { revision: revision.to_owned(), path: path.to_owned() });
        let written = path.to_string_lossy().replace('\\', "/");
        let relative =
            if path.is_absolute() || written.starts_with("./") { written } else { format!("./{written}") };
        let tree = format!("{commit}:{}", relative.trim_end_matches('/'));
        let listed = self.run(&["ls-tree", "-r", "-z", &tree], b"").map_err(|_| none())?;
        let mut files = Vec::new();
        for entry in listed.split(|byte| *byte == 0) {
            // `MODE TYPE HASH\tPATH`
            let entry = String::from_utf8_lossy(entry);
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let is_source = path.ends_with(".toml") || path.ends_with(".html");
            let is_hidden = path.split('/').any(|part| part.starts_with('.'));
            if let (true, false, Some(hash)) = (is_source, is_hidden, head.split(' ').nth(2)) {
                files.push((path.to_owned(), hash.to_owned()));
            }
        }
        let wanted: String = files.iter().map(|(_, hash)| format!("{hash}\n")).collect();
        let blobs = self.run(&["cat-file", "--batch"], wanted.as_bytes()).map_err(Failure::Git)?;
        let mut rest = blobs.as_slice();
        let mut sources = Sources::new();
        for (path, _) in files {
            // `HASH blob BYTES\n…\n`
            let cut = || Failure::Git(GitError::Failed { said: format!("`{path}` is not complete") });
            let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(cut)?;
            let head = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
            let bytes: usize =
                head.rsplit(' ').next().and_then(|bytes| bytes.parse().ok()).ok_or_else(cut)?;
            let content = rest.get(end + 1..end + 1 + bytes).ok_or_else(cut)?;
            sources.add(path.as_str(), content);
            rest = rest.get(end + 2 + bytes..).unwrap_or_default();
        }
        if sources.find("site.toml").is_none() {
            return Err(none());
        }
        Ok(sources)
    }

    /// When each rule below a folder was first written, in seconds since 1970, by its id.
    pub(crate) fn first_written(&self) -> Result<BTreeMap<String, i64>, Failure> {
        let arguments = [
            "log",
            "--reverse",
            "--no-color",
            "--no-ext-diff",
            "--format=%x00%at",
            "-p",
            "-U0",
            "--",
            "*.toml",
        ];
        let log = self.run(&arguments, b"").map_err(Failure::Git)?;
        let (mut at, mut first) = (0, BTreeMap::new());
        for line in log.split(|byte| *byte == b'\n') {
            if let Some(time) = line.strip_prefix(b"\0") {
                at = String::from_utf8_lossy(time).trim().parse().unwrap_or(at);
            } else if let Some(added) = line.strip_prefix(b"+")
                && let Some(id) = id_of(&String::from_utf8_lossy(added))
            {
                first.entry(id).or_insert(at);
            }
        }
        Ok(first)
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => GitError::NotInstalled,
            _ => GitError::Failed { said: error.to_string() },
        })?;
        let stdin = child.stdin.take();
        let Output { status, stdout, stderr } = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        })
        .map_err(|error| GitError::Failed { said: error.to_string() })?;
        if status.success() {
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(&stderr).lines().next().unwrap_or("it says nothing").to_owned();
        Err(GitError::Failed { said })
    }
}

/// The id in a line `id = "home-hero"`.
fn id_of(line: &str) -> Option<String> {
    let value = line.trim().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let end = value.get(1..)?.find(quote)?;
    value.get(1..=end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn an_id_is_found_however_it_is_quoted() {
        for (line, expected) in [
            ("id = \"home-hero\"", Some("home-hero")),
            ("  id='a' # the first", Some("a")),
            ("identity = \"x\"", None),
            ("id = 7", None),
            ("id = \"cut", None),
        ] {
            assert_eq!(id_of(line).as_deref(), expected, "{line}");
        }
    }
}
