//! How targets are written on the command line.

use std::fmt;
use std::path::PathBuf;

use crate::failure::Failure;

/// Where a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Directory(PathBuf),
    S3 {
        bucket: String,
        /// Without slashes at its ends; may be empty.
        prefix: String,
    },
    WorkersKv {
        binding: String,
        /// The namespace at Cloudflare, and not the one on this machine that `wrangler dev` serves from.
        remote: bool,
    },
}

const EXPECTED: &str = "a directory, `s3://BUCKET/PREFIX`, `kv:BINDING` or `kv:BINDING:remote`";

impl Address {
    /// Reads `releases/`, `s3://bucket/prefix`, `kv:BINDING` or `kv:BINDING:remote`.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let unusable = || Failure::BadArgument { name: "TARGET", value: text.to_owned(), expected: EXPECTED };
        if let Some(rest) = text.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_matches('/');
            if bucket.is_empty() || prefix.split('/').any(|part| part == "." || part == "..") {
                return Err(unusable());
            }
            return Ok(Self::S3 { bucket: bucket.to_owned(), prefix: prefix.to_owned() });
        }
        if let Some(rest) = text.strip_prefix("kv:") {
            let (binding, remote) = match rest.split_once(':') {
                None => (rest, false),
                Some((binding, "remote")) => (binding, true),
                Some(_) => return Err(unusable()),
            };
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if binding.is_empty() || !binding.bytes().all(is_name) {
                return Err(unusable());
            }
            return Ok(Self::WorkersKv { binding: binding.to_owned(), remote });
        }
        if text.is_empty() || text.contains("://") {
            return Err(unusable());
        }
        Ok(Self::Directory(PathBuf::from(text)))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => write!(f, "{}", path.display()),
            Self::S3 { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::S3 { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
            Self::WorkersKv { binding, remote: false } => write!(f, "kv:{binding}"),
            Self::WorkersKv { binding, remote: true } => write!(f, "kv:{binding}:remote"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_alike() {
        for text in [
            "releases",
            "../a b/c",
            "C:\\shop",
            "s3://shop",
            "s3://shop/a/b",
            "kv:FOOTLIGHT",
            "kv:F_1:remote",
        ] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Address::parse("s3://shop/a/").unwrap().to_string(), "s3://shop/a");
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_there_is() {
        for text in
            ["", "https://shop.example/a", "s3://", "s3:///a", "s3://a/../b", "kv:", "kv:a/b", "kv:A:away"]
        {
            let said = Address::parse(text).unwrap_err().to_string();
            assert!(said.contains(EXPECTED), "{said}");
        }
    }
}
