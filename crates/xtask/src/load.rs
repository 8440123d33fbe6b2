//! Load for the benchmarks: an origin of one page, and clients that cost the machine as little as possible.
//!
//! The benchmark scripts start this program with [`COMMAND`]: what a script in Node would take of two cores is more than
//! what is measured.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail, ensure};

/// First argument with which the benchmark scripts start this program. What follows: the worker's address, the origin's
/// address, the file that the origin serves, the path to ask for, the number of connections, milliseconds, and header
/// lines.
pub(crate) const COMMAND: &str = "load";

/// Prints how many requests a second were answered, and the median time until a response's body began.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let [worker, origin, page, path, connections, milliseconds, headers @ ..] = words.as_slice() else {
        bail!("the benchmark scripts call this");
    };
    serve(origin, std::fs::read(page)?)?;
    let head: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let request = format!("GET {path} HTTP/1.1\r\nhost: shop.example\r\n{head}\r\n");
    let duration = Duration::from_millis(milliseconds.parse()?);
    let start = Instant::now();
    let clients: Vec<_> = (0..connections.parse()?)
        .map(|_| {
            let (worker, request) = (worker.clone(), request.clone());
            thread::spawn(move || client(&worker, &request, start, duration))
        })
        .collect();
    let mut first_bytes = Vec::new();
    for client in clients {
        first_bytes.extend(client.join().map_err(|_| anyhow!("a client panicked"))??);
    }
    let requests_per_second = first_bytes.len() as f64 / start.elapsed().as_secs_f64();
    first_bytes.sort_unstable();
    let median = first_bytes.get(first_bytes.len() / 2).context("no request was answered")?;
    let first_byte_us = median.as_secs_f64() * 1e6;
    println!(r#"{{ "requestsPerSecond": {requests_per_second:.1}, "firstByteUs": {first_byte_us:.1} }}"#);
    Ok(())
}

/// Sends the request again and again over one connection. The times until each response's body began.
fn client(worker: &str, request: &str, start: Instant, duration: Duration) -> Result<Vec<Duration>> {
    let stream = TcpStream::connect(worker).context("the worker")?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(65_536, stream);
    let mut first_bytes = Vec::new();
    while start.elapsed() < duration {
        let sent = Instant::now();
        stream.get_mut().write_all(request.as_bytes())?;
        let length = head(&mut stream)?;
        // Waits for the first bytes of the body without taking them.
        stream.fill_buf()?;
        first_bytes.push(sent.elapsed());
        match length {
            Some(length) => skip(&mut stream, length)?,
            None => skip_chunks(&mut stream)?,
        }
    }
    Ok(first_bytes)
}

/// Reads a response's head, which must say 200. The body's length, if it is not chunked.
fn head(stream: &mut BufReader<TcpStream>) -> Result<Option<u64>> {
    let status = line(stream)?;
    ensure!(status.contains(" 200 "), "the worker answers `{status}`");
    let mut length = None;
    loop {
        let line = line(stream)?.to_ascii_lowercase();
        if line.is_empty() {
            return Ok(length);
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = Some(value.trim().parse()?);
        }
    }
}

fn skip_chunks(stream: &mut BufReader<TcpStream>) -> Result<()> {
    loop {
        let size = u64::from_str_radix(line(stream)?.trim(), 16).context("the size of a chunk")?;
        skip(stream, size)?;
        line(stream)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn skip(stream: &mut BufReader<TcpStream>, length: u64) -> Result<()> {
    let skipped = std::io::copy(&mut stream.take(length), &mut std::io::sink())?;
    ensure!(skipped == length, "the worker closed the connection in a body");
    Ok(())
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    ensure!(stream.read_line(&mut line)? > 0, "the worker closed the connection");
    line.truncate(line.trim_end().len());
    Ok(line)
}

/// Serves one page to everybody who asks, until this program ends.
fn serve(address: &str, html: Vec<u8>) -> Result<()> {
    let listener = TcpListener::bind(address).context("the origin")?;
    let length = html.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {length}\r\n\r\n"
    );
    let response = Arc::new([head.into_bytes(), html].concat());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let response = response.clone();
            thread::spawn(move || answer(stream, &response));
        }
    });
    Ok(())
}

/// Answers each request on a connection, until the other side has enough.
fn answer(mut stream: TcpStream, response: &[u8]) {
    let Ok(reader) = stream.try_clone() else { return };
    let mut reader = BufReader::new(reader);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|length| length > 0) {
        if line.trim_end().is_empty() && stream.write_all(response).is_err() {
            return;
        }
        line.clear();
    }
}
