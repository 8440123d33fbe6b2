//! An S3-compatible server on this machine: `s3s`, which speaks the protocol and checks signatures, over a folder.
//!
//! `footlight-s3-server FOLDER PORT [no-conditions]`; a bucket is a folder in FOLDER. Port 0 takes a free one, and the first
//! line of the output says which. With `no-conditions` it ignores the conditions of writes, as some stores do; they are a
//! part of what clients sign, so that it knows nobody's key then.

use std::io::{Error, Write as _};
use std::sync::Arc;

use http::{Method, Request};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

/// What clients sign with.
const ACCESS_KEY: &str = "tester";
const SECRET_KEY: &str = "tester-secret";

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or_else(|| Error::other("which folder?"))?;
    let port = arguments.next().and_then(|port| port.parse().ok()).unwrap_or(0_u16);
    let has_conditions = arguments.next().is_none_or(|argument| argument != "no-conditions");

    let files = FileSystem::new(folder).map_err(|error| Error::other(format!("{error:?}")))?;
    let mut builder = S3ServiceBuilder::new(files);
    if has_conditions {
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    }
    let store = builder.build();
    // One write at a time, so that nothing comes between a condition and its write, as in stores that keep them.
    let turn = Arc::new(Mutex::new(()));

    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    loop {
        let (socket, _) = listener.accept().await?;
        let (store, turn) = (store.clone(), Arc::clone(&turn));
        tokio::spawn(async move {
            let answer = service_fn(|mut request: Request<Incoming>| {
                let (store, turn) = (store.clone(), Arc::clone(&turn));
                async move {
                    if *request.method() != Method::PUT {
                        return store.call(request.map(Body::from)).await;
                    }
                    if !has_conditions {
                        request.headers_mut().remove(http::header::IF_MATCH);
                        request.headers_mut().remove(http::header::IF_NONE_MATCH);
                    }
                    let _turn = turn.lock().await;
                    store.call(request.map(Body::from)).await
                }
            });
            let connections = Builder::new(TokioExecutor::new());
            // A client that goes away is no failure of the server.
            let _ = connections.serve_connection(TokioIo::new(socket), answer).await;
        });
    }
}
