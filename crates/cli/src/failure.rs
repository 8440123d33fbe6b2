//! Why a command could not do its work.

use std::fmt;
use std::io;
use std::path::PathBuf;

use footlight_core::bundle::BundleError;

use crate::log::LogError;
use crate::page_diff::PageProblem;
use crate::release::ReleaseError;
use crate::starter::UrlListProblem;
use crate::store::StoreError;
use crate::subject::GitError;

/// What went wrong besides the rules.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or folder cannot be read.
    Read { path: PathBuf, error: io::Error },
    /// A file cannot be written.
    Write { path: PathBuf, error: io::Error },
    /// A folder without `site.toml`.
    NoRules { path: PathBuf },
    /// A folder in which something is already.
    NotEmpty { path: PathBuf },
    /// A link that leads back to a folder that it is in.
    Loop { path: PathBuf, to: PathBuf },
    /// A link to nothing.
    DeadLink { path: PathBuf },
    /// Something else with the name of a source file.
    NotAFile { path: PathBuf, what: &'static str },
    /// A list of addresses that cannot be used.
    BadUrlList { path: PathBuf, problem: UrlListProblem },
    /// A shop's page that cannot be personalized.
    BadPage { name: String, problem: PageProblem },
    /// A page of the reference that does not exist.
    NoSuchPage { name: String, similar: Option<String> },
    /// Changes of files cannot be noticed.
    Watch { path: PathBuf, error: notify::Error },
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
    /// Something cannot be read from git.
    Git(GitError),
    /// A log that cannot be replayed.
    Log(LogError),
    /// The system gives no randomness.
    NoRandomness,
    /// Something is to be signed, and no key is named.
    NoKey,
    /// Something is to be verified, and nobody is trusted.
    NobodyTrusted,
    /// A store did not do what it was asked for.
    Store(StoreError),
    /// A release is refused.
    Release(Box<ReleaseError>),
    /// Nothing can be served at an address.
    #[cfg(feature = "serve")]
    Listen { address: std::net::SocketAddr, error: io::Error },
    /// Nothing can be served at all.
    #[cfg(feature = "serve")]
    Serve { error: io::Error },
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
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
            Self::Read { path, error } => {
                write!(f, "cannot read `{}`: {error}", path.display())?;
                match error.kind() {
                    io::ErrorKind::PermissionDenied => {
                        f.write_str("; ask its owner for the right to read it")
                    }
                    _ => Ok(()),
                }
            }
            Self::Write { path, error } => write!(f, "cannot write `{}`: {error}", path.display()),
            Self::NoRules { path } => write!(
                f,
                "there are no rules in `{}`: it has no `site.toml`; name the rules directory with `--rules DIR`",
                path.display()
            ),
            Self::NotEmpty { path } => write!(
                f,
                "`{}` is there already and not an empty folder; nothing is written over, so name a new one",
                path.display()
            ),
            Self::Loop { path, to } => write!(
                f,
                "the link `{}` leads back to `{}`, which it is in; remove the link",
                path.display(),
                to.display()
            ),
            Self::DeadLink { path } => {
                write!(
                    f,
                    "the link `{}` leads to nothing; remove it, or let it lead to a file",
                    path.display()
                )
            }
            Self::NotAFile { path, what } => write!(
                f,
                "`{}` is {what} and has the name of a rule source; give it another name, without `.toml` or `.html`",
                path.display()
            ),
            Self::BadUrlList { path, problem } => {
                write!(f, "`{}` gives no addresses: {problem}", path.display())
            }
            Self::BadPage { name, problem } => write!(f, "`{name}` gives no page: {problem}"),
            Self::NoSuchPage { name, similar } => {
                write!(f, "the reference has no page `{name}`; ")?;
                match similar {
                    Some(similar) => write!(f, "did you mean `{similar}`?"),
                    None => f.write_str("`footlight reference` lists them"),
                }
            }
            Self::Watch { path, error } => write!(
                f,
                "changes in `{}` cannot be noticed: {error}; run `footlight check` by hand after each change",
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
            Self::Git(error) => write!(f, "{error}"),
            Self::Log(error) => write!(f, "{error}"),
            Self::NoRandomness => f.write_str("the system gives no randomness"),
            Self::NoKey => f.write_str(
                "there is no key to sign with; name one with `--key FILE` or put it into the environment variable \
                 FOOTLIGHT_KEY. `footlight keygen FILE` makes one",
            ),
            Self::NobodyTrusted => f.write_str(
                "there is no key to verify with; name a public key with `--trust PUBLIC_KEY` or in the environment \
                 variable FOOTLIGHT_PUBLIC_KEYS, as the worker has it",
            ),
            Self::Store(error) => error.fmt(f),
            Self::Release(error) => error.fmt(f),
            #[cfg(feature = "serve")]
            Self::Listen { address, error } if error.kind() == io::ErrorKind::AddrInUse => {
                write!(f, "something listens on {address} already; choose another port with `--port NUMBER`")
            }
            #[cfg(feature = "serve")]
            Self::Listen { address, error } => write!(f, "cannot listen on {address}: {error}"),
            #[cfg(feature = "serve")]
            Self::Serve { error } => write!(f, "cannot serve: {error}"),
        }
    }
}
