//! Where the shop's pages come from.

mod address;
mod directory;
mod failure;
mod hop;
mod remote;
mod tunnel;

use std::path::PathBuf;

use hyper::{Request, Response};

pub(super) use address::Address;
pub(super) use failure::OriginFailure;

use super::body::Body;
use crate::failure::Failure;
use directory::Directory;
use remote::Remote;

/// A running shop, or a folder of pages.
pub(super) enum Origin {
    Remote(Box<Remote>),
    Directory(Directory),
}

impl Origin {
    /// The origin that the command line names.
    pub(super) fn open(written: &str) -> Result<Self, Failure> {
        if written.starts_with("http://") || written.starts_with("https://") {
            return Ok(Self::Remote(Box::new(Remote::new(Address::parse(written)?)?)));
        }
        Ok(Self::Directory(Directory::open(PathBuf::from(written))?))
    }

    /// The answer to a request as a browser sent it; `here` is where it was sent to, such as `http://localhost:8790`.
    pub(super) async fn fetch(
        &self,
        request: Request<Body>,
        here: &str,
    ) -> Result<Response<Body>, OriginFailure> {
        match self {
            Self::Remote(remote) => remote.fetch(request, here).await,
            Self::Directory(directory) => Ok(directory.fetch(request).await),
        }
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Remote(remote) => remote.address().base().to_owned(),
            Self::Directory(directory) => directory.root().display().to_string(),
        }
    }

    /// The shop's address, if it has one.
    pub(super) fn address(&self) -> Option<&Address> {
        match self {
            Self::Remote(remote) => Some(remote.address()),
            Self::Directory(_) => None,
        }
    }

    /// The folder, if it is one.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Remote(_) => None,
            Self::Directory(directory) => Some(directory.root().to_owned()),
        }
    }
}
