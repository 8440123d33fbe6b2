//! What can go wrong with a store.

use std::fmt;
use std::io;

use super::Address;

/// Something that a store did not do.
#[derive(Debug)]
pub(crate) struct StoreError {
    target: String,
    key: String,
    cause: Cause,
}

/// Why not.
#[derive(Debug)]
#[cfg_attr(not(feature = "stores"), expect(dead_code, reason = "much of it is only said by S3"))]
pub(crate) enum Cause {
    /// A file of a directory.
    Io(io::Error),
    /// Somebody else holds a directory's lock for too long.
    Locked,
    /// There is no such bucket.
    NoBucket,
    /// The store does not let us.
    Denied,
    /// No answer.
    Unreachable(String),
    /// An answer that says no, or that is none.
    Answer(String),
    /// Neither endpoint nor region.
    NotConfigured(String),
    /// The command was compiled without the feature `stores`.
    #[cfg_attr(feature = "stores", expect(dead_code, reason = "what the other build says"))]
    NotBuiltIn,
    /// There is no `wrangler` for a Workers KV target.
    NoWrangler,
    /// `wrangler` failed.
    Wrangler { said: String },
}

impl StoreError {
    /// `key` is empty where it is the target as a whole.
    pub(crate) fn new(address: &Address, key: &str, cause: Cause) -> Self {
        Self { target: address.to_string(), key: key.to_owned(), cause }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, key, cause } = self;
        match key.as_str() {
            "" => write!(f, "target `{target}`: ")?,
            key => write!(f, "target `{target}`, `{key}`: ")?,
        }
        match cause {
            Cause::Io(error) => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    write!(f, "there is no room for it ({error}); make room on that disk and try again")
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => write!(
                    f,
                    "{error}; let the user that runs this write there, or name another target"
                ),
                io::ErrorKind::NotADirectory => write!(f, "{error}; a target is a folder, name one"),
                _ => write!(f, "{error}; see that the folder can be reached and try again"),
            },
            Cause::Locked => {
                f.write_str("somebody else has been writing there for 20 seconds; try again when they are done")
            }
            Cause::NoBucket => f.write_str("there is no such bucket; make it first, or correct the name"),
            Cause::Denied => f.write_str(
                "access denied; look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that this key may read, \
                 list and write there",
            ),
            Cause::Unreachable(why) => write!(
                f,
                "no answer ({why}); look at the network and at AWS_ENDPOINT_URL, then try again: what was begun is found"
            ),
            Cause::Answer(why) => write!(f, "the store says: {why}"),
            Cause::NotConfigured(why) => write!(
                f,
                "{why}; set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL for a store \
                 that is not Amazon's"
            ),
            Cause::NotBuiltIn => {
                f.write_str("this `footlight` was built without S3; build it with `--features stores`")
            }
            Cause::NoWrangler => f.write_str(
                "there is no `wrangler` here; run this in the worker's project after `npm install`, where \
                 `node_modules/.bin/wrangler` is",
            ),
            Cause::Wrangler { said } => write!(f, "`wrangler` failed: {said}"),
        }
    }
}
