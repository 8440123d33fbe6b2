//! Where releases are kept: a directory, an S3-compatible store, Workers KV. All have the same keys.
//!
//! What a push needs of a store is little: to write a file that nobody has written yet, and to replace one only if it is
//! still what was read before. A directory and most S3 stores promise both. Workers KV promises neither: there every write
//! looks first, and a push looks again when it is done (see [`Store::keeps_conditions`]).

mod address;
mod directory;
mod error;
#[cfg(feature = "stores")]
mod s3;
mod workers_kv;
mod wrangler;

use hmac_sha256::Hash;

pub(crate) use address::Address;
pub(crate) use error::{Cause, StoreError};

use directory::Directory;
use workers_kv::WorkersKv;

/// Bytes that were read, and which state of their key they are.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) bytes: Vec<u8>,
    pub(crate) version: Version,
}

/// A state of a key: an ETag, or the hash of the bytes where a store has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version(String);

impl Version {
    fn of_bytes(bytes: &[u8]) -> Self {
        Self(crate::signing::hexadecimal(&Hash::hash(bytes)))
    }
}

/// What became of a write with a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    Done,
    /// The key is not as the writer had seen it; nothing was written.
    Refused,
}

/// What every kind of store can do. Keys are paths with slashes.
pub(crate) trait Store {
    /// What is under `key`, or none.
    fn get(&self, key: &str) -> Result<Option<Object>, StoreError>;

    /// The texts under several keys, in their order.
    fn get_texts(&self, keys: &[String]) -> Result<Vec<Option<Object>>, StoreError> {
        keys.iter().map(|key| self.get(key)).collect()
    }

    /// Writes a key that is not there yet: complete or not at all.
    fn create(&self, key: &str, bytes: &[u8]) -> Result<Write, StoreError>;

    /// Replaces what is under `key` if it still is as it was `seen`; none for a key that was not there.
    fn replace(&self, key: &str, bytes: &[u8], seen: Option<&Version>) -> Result<Write, StoreError>;

    /// All keys below `folder`, which ends with a slash, sorted.
    fn list(&self, folder: &str) -> Result<Vec<String>, StoreError>;

    /// Whether the conditions of writes hold, so that of two writers one is refused. It is tried out on a key that has
    /// these bytes, and has them afterwards.
    fn keeps_conditions(&self, key: &str, bytes: &[u8]) -> Result<bool, StoreError>;

    /// Takes away what writers left behind that were killed, and says how many files that were.
    fn sweep(&self) -> Result<usize, StoreError> {
        Ok(0)
    }
}

/// Opens the store at an address.
pub(crate) fn open(address: &Address) -> Result<Box<dyn Store>, StoreError> {
    Ok(match address {
        Address::Directory(path) => Box::new(Directory::new(path.clone())),
        #[cfg(feature = "stores")]
        Address::S3 { bucket, prefix } => Box::new(s3::S3::connect(bucket, prefix, address)?),
        #[cfg(not(feature = "stores"))]
        Address::S3 { .. } => return Err(StoreError::new(address, "", Cause::NotBuiltIn)),
        Address::WorkersKv { binding, remote } => Box::new(WorkersKv::find(binding, *remote, address)?),
    })
}
