//! Listens, and stops when asked to.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::origin::Origin;
use super::panel::Explanations;
use super::rules::{self, State};
use super::shop::Shop;
use super::{Settings, body};
use crate::arguments::Format;
use crate::clock;
use crate::failure::Failure;
use crate::output::Outcome;

/// How long a client may take to say what it wants.
const HEADER_TIME: Duration = Duration::from_secs(30);

pub(super) async fn run(settings: Settings<'_>) -> Result<Outcome, Failure> {
    let origin = Origin::open(settings.origin)?;
    let at_ms = settings.rules.at.as_deref().map(|at| clock::now_ms(Some(at))).transpose()?;
    let (live, findings) = rules::compile(&settings.rules)?;
    let mut first = State::default();
    first.take(live, findings);
    let (sender, state) = watch::channel(first);
    rules::watch(settings.rules.clone(), origin.folder(), sender)?;

    let address = SocketAddr::new(settings.listen, settings.port);
    let listener = TcpListener::bind(address).await.map_err(|error| Failure::Listen { address, error })?;
    let address = listener.local_addr().map_err(|error| Failure::Listen { address, error })?;
    // `localhost` may mean either; that the second is not to be had is no reason to do without the first.
    let second = match settings.listen {
        IpAddr::V4(Ipv4Addr::LOCALHOST) => {
            TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())).await.ok()
        }
        _ => None,
    };
    say_what_to_try(&settings, &origin.name(), address);
    let shop = Arc::new(Shop {
        origin,
        place: settings.place,
        keys: settings.keys,
        at_ms,
        format: settings.format,
        is_local: settings.listen.is_loopback(),
        state,
        explanations: Explanations::default(),
        started: u64::try_from(clock::now_ms(None)?).unwrap_or(0),
        has_warned: AtomicBool::new(false),
    });
    let mut stop = Stop::new()?;
    loop {
        let connection = tokio::select! {
            connection = listener.accept() => connection,
            connection = accept(second.as_ref()) => connection,
            () = stop.wait() => break,
        };
        match connection {
            Ok((stream, _)) => drop(tokio::spawn(connected(shop.clone(), stream))),
            // Out of files, for example: those that are open will end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    if settings.format == Format::Text {
        anstream::println!("Stopped.");
    }
    Ok(Outcome::Fine)
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

async fn connected(shop: Arc<Shop>, stream: TcpStream) {
    stream.set_nodelay(true).ok();
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let shop = shop.clone();
        async move { Ok::<_, Infallible>(shop.respond(request.map(body::of)).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    // Whoever breaks off has nobody to tell it to.
    server.serve_connection(TokioIo::new(stream), service).with_upgrades().await.ok();
}

/// Ctrl-C, or the system's polite way to end a program.
struct Stop {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    #[cfg(unix)]
    fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|error| Failure::Serve { error });
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    #[cfg(unix)]
    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    fn new() -> Result<Self, Failure> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn wait(&mut self) {
        tokio::signal::ctrl_c().await.ok();
    }
}

#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
    origin: &'a str,
}

fn say_what_to_try(settings: &Settings<'_>, origin: &str, address: SocketAddr) {
    // Browsers keep the profile's cookie, which asks for a safe place, on `localhost`.
    let host = if address.ip().is_loopback() { "localhost".to_owned() } else { address.ip().to_string() };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let url = format!("http://{host}:{}", address.port());
    if settings.format == Format::Json {
        if let Ok(line) = serde_json::to_string(&Listening { url: &url, origin }) {
            anstream::println!("{line}");
        }
        return;
    }
    let rules = settings.rules.rules.display();
    anstream::println!(
        "
{origin} opens on {url}, personalized by {rules} (Ctrl-C stops it). To try:

  {url}/                            look around; the button at the lower left says who won which slot, and why
  {url}/?footlight-as=country:CH,device:phone   the page as somebody else sees it; the button does that, too
  {url}/?footlight=explain          what this request gets and why, as JSON
  save a file in {rules}: the page in the browser follows; a mistake is shown there, and the last good rules stay
"
    );
}
