//! Why a shop gives no answer.

use std::error::Error;
use std::fmt;
use std::io;

use hyper::StatusCode;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum OriginFailure {
    /// Nobody listens there.
    Refused,
    /// The name means nothing.
    UnknownHost,
    /// It does not answer in time.
    Late,
    /// Something else, in the words of what failed.
    Other(String),
}

impl OriginFailure {
    /// What an error of the client's means.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Self {
        let mut words = Vec::new();
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(io) = error.downcast_ref::<io::Error>() {
                match io.kind() {
                    io::ErrorKind::ConnectionRefused => return Self::Refused,
                    io::ErrorKind::TimedOut => return Self::Late,
                    _ => {}
                }
            }
            let text = error.to_string();
            if text.contains("dns error") {
                return Self::UnknownHost;
            }
            if words.last() != Some(&text) {
                words.push(text);
            }
            next = error.source();
        }
        Self::Other(words.join(": "))
    }

    /// What a proxy answers then.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Late => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        }
    }
}

impl fmt::Display for OriginFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("nobody listens there. Is the shop running?"),
            Self::UnknownHost => {
                f.write_str("no such host is known. Is the address right, and is there a network?")
            }
            Self::Late => f.write_str("it does not answer in time."),
            Self::Other(words) => f.write_str(words),
        }
    }
}
