//! S3-compatible stores. Credentials, region and endpoint come from the environment variables that all tools of that
//! world read (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL, …).
//!
//! Writes carry conditions (`If-None-Match: *`, `If-Match: ETAG`). Amazon, R2, MinIO and others keep them; some stores
//! ignore them without a word and some refuse the headers, so every write looks first, and a push tries them out.

use std::net::IpAddr;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{
    ClientConfigKey, Error, ObjectStore as _, ObjectStoreExt as _, PutMode, PutOptions, PutPayload,
    RetryConfig, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::{Address, Cause, Object, Store, StoreError, Version, Write};
use crate::release::step;

/// Any of these says where credentials come from.
const CREDENTIALS: [&str; 5] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_METADATA_ENDPOINT",
];

pub(crate) struct S3 {
    address: Address,
    prefix: Path,
    store: AmazonS3,
    runtime: Runtime,
}

impl S3 {
    /// A client for a bucket; asks the network nothing yet.
    pub(crate) fn connect(bucket: &str, prefix: &str, address: &Address) -> Result<Self, StoreError> {
        let not_configured = |why: String| StoreError::new(address, "", Cause::NotConfigured(why));
        // A second provider of cryptography in the process is no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let from_environment = AmazonS3Builder::from_env();
        let endpoint = from_environment.get_config_value(&AmazonS3ConfigKey::Endpoint).unwrap_or_default();
        let is_plain = endpoint.starts_with("http://");
        if is_plain && !is_on_this_machine(&endpoint) {
            return Err(not_configured(format!(
                "the endpoint `{endpoint}` is not on this machine and not https"
            )));
        }
        if CREDENTIALS.iter().all(|name| std::env::var_os(name).is_none()) {
            return Err(not_configured("there are no credentials".to_owned()));
        }
        let client = AmazonS3ConfigKey::Client;
        let builder = from_environment
            .with_bucket_name(bucket)
            .with_config(client(ClientConfigKey::AllowHttp), is_plain.to_string())
            .with_config(client(ClientConfigKey::ConnectTimeout), "5 seconds")
            .with_config(client(ClientConfigKey::Timeout), "30 seconds")
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(20),
                ..RetryConfig::default()
            });
        let store = builder.build().map_err(|error| not_configured(root_cause(&error)))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StoreError::new(address, "", Cause::Io(error)))?;
        Ok(Self { address: address.clone(), prefix: Path::from(prefix), store, runtime })
    }

    fn path(&self, key: &str) -> Path {
        key.split('/').filter(|part| !part.is_empty()).fold(self.prefix.clone(), |path, part| path.join(part))
    }

    fn error(&self, key: &str, error: &Error) -> StoreError {
        let text = root_cause(error);
        let cause = match error {
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => Cause::Denied,
            Error::NotFound { .. } => Cause::NoBucket,
            _ if text.contains("NoSuchBucket") => Cause::NoBucket,
            Error::Generic { .. } if is_answer(error) => Cause::Answer(text),
            Error::Generic { .. } => Cause::Unreachable(text),
            _ => Cause::Answer(text),
        };
        StoreError::new(&self.address, key, cause)
    }

    /// Writes with a condition, and without one where the store knows none.
    fn put(&self, key: &str, bytes: &[u8], mode: PutMode) -> Result<Write, StoreError> {
        let path = self.path(key);
        let put = |mode| {
            let payload = PutPayload::from(bytes.to_vec());
            self.runtime.block_on(self.store.put_opts(&path, payload, PutOptions::from(mode)))
        };
        match put(mode) {
            Err(error) if says_not_implemented(&error) => put(PutMode::Overwrite).map(|_| Write::Done),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(Write::Refused),
            other => other.map(|_| Write::Done),
        }
        .map_err(|error| self.error(key, &error))
    }
}

impl Store for S3 {
    fn get(&self, key: &str) -> Result<Option<Object>, StoreError> {
        let read = self.runtime.block_on(async {
            let found = self.store.get(&self.path(key)).await?;
            let e_tag = found.meta.e_tag.clone();
            Ok((e_tag, found.bytes().await?))
        });
        match read {
            Ok((e_tag, bytes)) => {
                let bytes = bytes.to_vec();
                let version = e_tag.map_or_else(|| Version::of_bytes(&bytes), Version);
                Ok(Some(Object { bytes, version }))
            }
            Err(error @ Error::NotFound { .. }) if !error.to_string().contains("NoSuchBucket") => Ok(None),
            Err(error) => Err(self.error(key, &error)),
        }
    }

    fn create(&self, key: &str, bytes: &[u8]) -> Result<Write, StoreError> {
        match self.get(key)? {
            Some(_) => Ok(Write::Refused),
            None => {
                step::reached(step::Step::Written(key));
                self.put(key, bytes, PutMode::Create)
            }
        }
    }

    fn replace(&self, key: &str, bytes: &[u8], seen: Option<&Version>) -> Result<Write, StoreError> {
        let now = self.get(key)?.map(|object| object.version);
        if now.as_ref() != seen {
            return Ok(Write::Refused);
        }
        step::reached(step::Step::Written(key));
        let mode = match seen {
            None => PutMode::Create,
            Some(Version(e_tag)) => {
                PutMode::Update(UpdateVersion { e_tag: Some(e_tag.clone()), version: None })
            }
        };
        self.put(key, bytes, mode)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let path = self.path(folder);
        let found: Vec<_> = self
            .runtime
            .block_on(self.store.list(Some(&path)).try_collect())
            .map_err(|error| self.error(folder, &error))?;
        let name = |path: &Path| path.filename().map(|name| format!("{folder}{name}"));
        let mut keys: Vec<String> = found.iter().filter_map(|object| name(&object.location)).collect();
        keys.sort_unstable();
        Ok(keys)
    }

    fn keeps_conditions(&self, key: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let other =
            UpdateVersion { e_tag: Some("\"00000000000000000000000000000000\"".to_owned()), version: None };
        Ok(self.put(key, bytes, PutMode::Create)? == Write::Refused
            && self.put(key, bytes, PutMode::Update(other))? == Write::Refused)
    }
}

/// Whether what is sent to an `http:` endpoint stays on this machine: it is signed, but not encrypted.
fn is_on_this_machine(endpoint: &str) -> bool {
    let rest = endpoint.strip_prefix("http://").unwrap_or(endpoint);
    let authority = rest.split('/').next().unwrap_or(rest);
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or(v6),
        None => authority.split(':').next().unwrap_or(authority),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn says_not_implemented(error: &Error) -> bool {
    matches!(error, Error::NotImplemented { .. } | Error::NotSupported { .. })
        || chain(error).any(|text| text.contains("501") && text.contains("NotImplemented"))
}

/// Whether the server answered, be it with a refusal.
fn is_answer(error: &Error) -> bool {
    chain(error).any(|text| text.contains("Server returned") || text.contains("<Error>"))
}

/// The innermost of what an error says: the outer ones repeat it with names of types.
fn root_cause(error: &Error) -> String {
    chain(error).last().unwrap_or_default()
}

fn chain(error: &Error) -> impl Iterator<Item = String> {
    let mut next: Option<&dyn std::error::Error> = Some(error);
    std::iter::from_fn(move || {
        let here = next?;
        next = here.source();
        Some(here.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for endpoint in
            ["http://localhost:9000", "http://127.0.0.1:9000/", "http://[::1]:9000", "http://127.1.2.3"]
        {
            assert!(is_on_this_machine(endpoint), "{endpoint}");
        }
        for endpoint in ["http://shop.example", "http://localhost.shop.example", "http://10.0.0.1"] {
            assert!(!is_on_this_machine(endpoint), "{endpoint}");
        }
    }
}
