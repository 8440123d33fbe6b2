//! Why a command could not do its work.

use std::fmt;
use std::io;
use std::path::PathBuf;

use footlight_core::bundle::BundleError;

/// What went wrong besides the rules.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or folder cannot be read.
    Read { path: PathBuf, error: io::Error },
    /// A file cannot be written.
    Write { path: PathBuf, error: io::Error },
    /// A folder without `site.toml`.
    NoRules { path: PathBuf },
    /// A text that is no point in time.
    BadTime { text: String },
    /// A file that is no usable key.
    BadKey { path: PathBuf, problem: KeyProblem },
    /// A file that is no bundle.
    BadBundle { path: PathBuf, error: BundleError },
    /// A compiled bundle that does not encode.
    Encode { error: BundleError },
    /// A value of an argument that cannot be used.
    BadArgument { name: &'static str, value: String, expected: &'static str },
    /// The system gives no randomness.
    NoRandomness,
}

/// What is wrong with a key file.
#[derive(Debug)]
pub(crate) enum KeyProblem {
    /// Not an Ed25519 private key in PKCS#8 PEM.
    NotAKey,
    /// Others can read it.
    OpenToOthers { mode: u32 },
    /// It exists already.
    Exists,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, error } => write!(f, "cannot read `{}`: {error}", path.display()),
            Self::Write { path, error } => write!(f, "cannot write `{}`: {error}", path.display()),
            Self::NoRules { path } => write!(
                f,
                "there are no rules in `{}`: it has no `site.toml`; name the rules directory with `--rules DIR`",
                path.display()
            ),
            Self::BadTime { text } => {
                write!(f, "`{text}` is no point in time; write it as 2026-11-20T10:00:00+01:00")
            }
            Self::BadKey { path, problem } => match problem {
                KeyProblem::NotAKey => write!(
                    f,
                    "`{}` is not an Ed25519 private key; make one with `footlight keygen FILE`",
                    path.display()
                ),
                KeyProblem::OpenToOthers { mode } => write!(
                    f,
                    "others can read the private key `{}` (mode {mode:03o}); run `chmod 600 {}`",
                    path.display(),
                    path.display()
                ),
                KeyProblem::Exists => {
                    write!(f, "`{}` exists already; keys are not overwritten", path.display())
                }
            },
            Self::BadBundle { path, error } => write!(f, "`{}` cannot be used: {error}", path.display()),
            Self::Encode { error } => write!(f, "the bundle cannot be written: {error}"),
            Self::BadArgument { name, value, expected } => {
                write!(f, "`{value}` cannot be used for `{name}`; write {expected}")
            }
            Self::NoRandomness => f.write_str("the system gives no randomness"),
        }
    }
}
