//! Workers KV through the project's `wrangler`: the namespace of a binding, on this machine (the one that `wrangler dev`
//! serves from) or at Cloudflare.
//!
//! KV has no conditions for writes, so every write looks first, and a push reads back what it wrote.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;
use std::{fs, io};

use serde::Deserialize;

use super::wrangler::{Wrangler, complaint, said};
use super::{Address, Cause, Object, Store, StoreError, Version, Write};
use crate::release::step;

/// What `wrangler` writes for a key that is not there.
const NOT_FOUND: &str = "Value not found";
/// So many keys may be asked for at once.
const MOST_AT_ONCE: usize = 100;
const NOT_FOUND_REMOTELY: [&str; 2] = ["key not found", "code: 10009"];

pub(crate) struct WorkersKv {
    address: Address,
    wrangler: Wrangler,
    binding: String,
    place: &'static str,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
}

/// Values by their keys; none for a key that is not there.
type Values = BTreeMap<String, Option<Value>>;

/// As `wrangler` writes a value: from Cloudflare, or from this machine.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Wrapped { value: Option<String> },
}

impl WorkersKv {
    /// The namespace that the project's configuration binds to a name.
    pub(crate) fn find(binding: &str, remote: bool, address: &Address) -> Result<Self, StoreError> {
        let wrangler = Wrangler::find()
            .map_err(|error| StoreError::new(address, "", Cause::Io(error)))?
            .ok_or_else(|| StoreError::new(address, "", Cause::NoWrangler))?;
        let place = if remote { "--remote" } else { "--local" };
        Ok(Self { address: address.clone(), wrangler, binding: binding.to_owned(), place })
    }

    fn failed(&self, key: &str, error: io::Error) -> StoreError {
        StoreError::new(&self.address, key, Cause::Io(error))
    }

    fn run(&self, key: &str, arguments: &[&str]) -> Result<Output, StoreError> {
        let all = [&["kv", "key"], arguments, &["--binding", &self.binding, self.place]].concat();
        self.wrangler.run(&all).map_err(|error| self.failed(key, error))
    }

    fn refused(&self, key: &str, output: &Output) -> StoreError {
        StoreError::new(&self.address, key, Cause::Wrangler { said: complaint(output) })
    }

    fn get_at_once(&self, keys: &[String]) -> Result<Vec<Option<Object>>, StoreError> {
        let name = keys.first().map_or("", String::as_str);
        let names = serde_json::to_vec(keys).unwrap_or_default();
        let file = Aside::new(&names).map_err(|error| self.failed(name, error))?;
        let path = file.0.to_string_lossy();
        let arguments = ["kv", "bulk", "get", &path, "--binding", &self.binding, self.place];
        let output = self.wrangler.run(&arguments).map_err(|error| self.failed(name, error))?;
        // A word of success follows the JSON.
        let values = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Values>().next();
        let Some(Ok(mut values)) = values.filter(|_| output.status.success()) else {
            return Err(self.refused(name, &output));
        };
        let text = |value| match value {
            Value::Text(text) | Value::Wrapped { value: Some(text) } => Some(text),
            Value::Wrapped { value: None } => None,
        };
        let object = |text: String| {
            let bytes = text.into_bytes();
            Object { version: Version::of_bytes(&bytes), bytes }
        };
        Ok(keys.iter().map(|key| values.remove(key).flatten().and_then(text).map(object)).collect())
    }

    fn put(&self, key: &str, bytes: &[u8]) -> Result<Write, StoreError> {
        let file = Aside::new(bytes).map_err(|error| self.failed(key, error))?;
        step::reached(step::Step::Written(key));
        let output = self.run(key, &["put", key, "--path", &file.0.to_string_lossy()])?;
        if output.status.success() { Ok(Write::Done) } else { Err(self.refused(key, &output)) }
    }
}

impl Store for WorkersKv {
    fn get(&self, key: &str) -> Result<Option<Object>, StoreError> {
        let output = self.run(key, &["get", key])?;
        let is_missing = if output.status.success() {
            output.stdout.starts_with(NOT_FOUND.as_bytes())
        } else {
            let said = said(&output);
            if !NOT_FOUND_REMOTELY.iter().any(|words| said.contains(words)) {
                return Err(self.refused(key, &output));
            }
            true
        };
        let bytes = output.stdout;
        Ok((!is_missing).then(|| Object { version: Version::of_bytes(&bytes), bytes }))
    }

    /// One run of `wrangler` for all of them: each takes a second. What it makes of bytes that are no text is not theirs, so
    /// that this is for texts.
    fn get_texts(&self, keys: &[String]) -> Result<Vec<Option<Object>>, StoreError> {
        let mut objects = Vec::new();
        for keys in keys.chunks(MOST_AT_ONCE) {
            match keys {
                [key] => objects.push(self.get(key)?),
                keys => objects.extend(self.get_at_once(keys)?),
            }
        }
        Ok(objects)
    }

    fn create(&self, key: &str, bytes: &[u8]) -> Result<Write, StoreError> {
        self.replace(key, bytes, None)
    }

    fn replace(&self, key: &str, bytes: &[u8], seen: Option<&Version>) -> Result<Write, StoreError> {
        let now = self.get(key)?.map(|object| object.version);
        if now.as_ref() == seen { self.put(key, bytes) } else { Ok(Write::Refused) }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let output = self.run(folder, &["list", "--prefix", folder])?;
        if !output.status.success() {
            return Err(self.refused(folder, &output));
        }
        let listed: Vec<Listed> =
            serde_json::from_slice(&output.stdout).map_err(|_| self.refused(folder, &output))?;
        let mut keys: Vec<String> = listed.into_iter().map(|key| key.name).collect();
        keys.sort_unstable();
        Ok(keys)
    }

    fn keeps_conditions(&self, _: &str, _: &[u8]) -> Result<bool, StoreError> {
        Ok(false)
    }
}

/// A file for `wrangler` to read a value from, gone when that is done.
struct Aside(PathBuf);

impl Aside {
    fn new(bytes: &[u8]) -> io::Result<Self> {
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(io::Error::other)?;
        let path = std::env::temp_dir().join(format!("footlight-{}", crate::signing::hexadecimal(&name)));
        fs::write(&path, bytes)?;
        Ok(Self(path))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
