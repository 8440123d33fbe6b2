//! The threads: one reads, several parse, several evaluate.
//!
//! A block's ticket lives until the last of its batches is done, and the reader waits for one before each block: memory stays
//! bounded, and the block that all others wait for always has its ticket already.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::arguments::LogArguments;
use super::batch::{Batch, Entry};
use super::blocks::{Block, Blocks};
use super::detect::{self, LogFormat};
use super::error::{Fault, LogError};
use super::open;
use super::parser::Parser;
use super::progress::Progress;
use super::tally::Tally;
use crate::clock;
use crate::failure::Failure;

/// What takes requests, those of one visitor in their order.
pub(crate) trait Evaluate: Send {
    /// Takes a request.
    fn take(&mut self, entry: &Entry<'_>);
}

/// What the site says of requests.
pub(crate) struct Site {
    /// Scheme and host of URLs that are paths.
    pub(crate) host: String,
    /// Headers that are read, lower case.
    pub(crate) headers: Vec<String>,
}

/// A log that was replayed.
pub(crate) struct Run<E> {
    pub(crate) evaluators: Vec<E>,
    pub(crate) tally: Tally,
    pub(crate) logs: Vec<Log>,
    pub(crate) elapsed: Duration,
}

/// One of the logs.
pub(crate) struct Log {
    pub(crate) name: String,
    pub(crate) format: LogFormat,
    /// Why it ends before its end.
    pub(crate) cut_off: Option<std::io::Error>,
}

/// Room for one block.
pub(super) struct Ticket(Sender<()>);

impl Drop for Ticket {
    fn drop(&mut self) {
        // Nobody waits any more when the reader is done.
        let _ = self.0.send(());
    }
}

/// A block on its way to a parser.
struct Job {
    order: u64,
    block: Block,
    format: LogFormat,
    shift_ms: i64,
    ticket: Arc<Ticket>,
}

/// Replays logs; `make` makes the evaluator with a number.
pub(crate) fn run<E: Evaluate>(
    paths: &[PathBuf],
    arguments: &LogArguments,
    site: &Site,
    make: impl Fn(usize) -> E,
) -> Result<Run<E>, Failure> {
    let began = Instant::now();
    let threads = arguments.threads();
    let (jobs, waiting_jobs) = channel();
    let waiting_jobs = Mutex::new(waiting_jobs);
    let (batch_senders, batch_receivers): (Vec<Sender<Batch>>, Vec<Receiver<Batch>>) =
        (0..threads).map(|_| channel()).unzip();
    let spare_blocks: Mutex<Vec<Block>> = Mutex::default();
    let spare_batches: Mutex<Vec<Batch>> = Mutex::default();
    let (reading, mut tally, evaluators) = std::thread::scope(|scope| {
        let reader = Reader { paths, arguments, jobs, spare: &spare_blocks, room: 4 * threads + 2 };
        let reader = scope.spawn(move || reader.read());
        let parsers: Vec<_> = (0..threads)
            .map(|_| {
                let (senders, jobs) = (batch_senders.clone(), &waiting_jobs);
                let (blocks, batches) = (&spare_blocks, &spare_batches);
                scope.spawn(move || parse(jobs, &senders, blocks, batches, arguments, site))
            })
            .collect();
        drop(batch_senders);
        let headers = site.headers.len();
        let evaluators: Vec<_> = (0..)
            .zip(batch_receivers)
            .map(|(number, receiver)| {
                let (evaluator, spare) = (make(number), &spare_batches);
                scope.spawn(move || evaluate(evaluator, &receiver, spare, headers))
            })
            .collect();
        let mut tally = Tally::default();
        for parser in parsers {
            tally.add(joined(parser.join()));
        }
        let evaluators: Vec<E> = evaluators.into_iter().map(|thread| joined(thread.join())).collect();
        (joined(reader.join()), tally, evaluators)
    });
    let Reading { logs, too_long } = reading?;
    tally.add(too_long);
    if tally.lines == 0 {
        let name = logs.first().map_or_else(String::new, |log| log.name.clone());
        return Err(Failure::Log(LogError::Empty { name }));
    }
    if tally.views == 0 && tally.skipped.iter().sum::<u64>() == 0 {
        let first = tally.bad_lines.first().map(|bad| (bad.line, bad.fault));
        return Err(Failure::Log(LogError::NothingRead { lines: tally.lines, first }));
    }
    Ok(Run { evaluators, tally, logs, elapsed: began.elapsed() })
}

fn joined<T>(result: std::thread::Result<T>) -> T {
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

struct Reading {
    logs: Vec<Log>,
    /// Lines that were left out before they were parsed.
    too_long: Tally,
}

struct Reader<'r> {
    paths: &'r [PathBuf],
    arguments: &'r LogArguments,
    jobs: Sender<Job>,
    spare: &'r Mutex<Vec<Block>>,
    /// How many blocks there may be at once.
    room: usize,
}

impl Reader<'_> {
    fn read(self) -> Result<Reading, Failure> {
        let starting = self.arguments.starting.as_deref().map(|at| clock::now_ms(Some(at))).transpose()?;
        let (tickets, room) = channel();
        (0..self.room).for_each(|_| drop(Ticket(tickets.clone())));
        let progress = Progress::new(open::total_bytes(self.paths));
        let bytes = Arc::new(AtomicU64::new(0));
        let (mut order, mut shift_ms) = (0, None);
        let mut reading = Reading { logs: Vec::new(), too_long: Tally::default() };
        for (number, path) in self.paths.iter().enumerate() {
            let opened = open::open(path, &bytes)?;
            let mut blocks = Blocks::new(opened.reader, number);
            let first = order;
            let (mut format, mut cut_off) = (self.arguments.log_format, None);
            loop {
                if room.recv().is_err() {
                    break;
                }
                let ticket = Arc::new(Ticket(tickets.clone()));
                let mut block = taken(self.spare);
                let (is_there, result) = blocks.next(&mut block);
                cut_off = result.err();
                if !is_there || (block.bytes.is_empty() && cut_off.is_some()) {
                    break;
                }
                if format.is_none() && block.bytes.trim_ascii().is_empty() {
                    give_back(self.spare, block);
                    continue;
                }
                let format = match format {
                    Some(format) => format,
                    None => *format.insert(
                        detect::detect(&block.bytes)
                            .ok_or_else(|| Failure::Log(LogError::NoFormat { name: opened.name.clone() }))?,
                    ),
                };
                let shift_ms = match (starting, shift_ms) {
                    (Some(starting), None) => match detect::first_time(format, &block.bytes) {
                        Some(first) => *shift_ms.insert(starting - first),
                        None => 0,
                    },
                    (_, shift_ms) => shift_ms.unwrap_or(0),
                };
                // The parsers are there as long as this sender is.
                let _ = self.jobs.send(Job { order, block, format, shift_ms, ticket });
                order += 1;
                progress.at(bytes.load(Ordering::Relaxed));
                if cut_off.is_some() {
                    break;
                }
            }
            if order == first
                && let Some(error) = cut_off
            {
                return Err(Failure::Read { path: path.clone(), error });
            }
            for line in &blocks.too_long {
                reading.too_long.bad(number, *line, Fault::TooLong, b"");
            }
            let others = blocks.too_long_count - blocks.too_long.len() as u64;
            reading.too_long.lines += blocks.too_long_count;
            if let Some(count) = reading.too_long.faults.get_mut(Fault::TooLong as usize) {
                *count += others;
            }
            let format = format.unwrap_or(LogFormat::Ndjson);
            reading.logs.push(Log { name: opened.name, format, cut_off });
        }
        Ok(reading)
    }
}

fn parse(
    jobs: &Mutex<Receiver<Job>>,
    senders: &[Sender<Batch>],
    spare_blocks: &Mutex<Vec<Block>>,
    spare_batches: &Mutex<Vec<Batch>>,
    arguments: &LogArguments,
    site: &Site,
) -> Tally {
    let mut parser = Parser {
        by: &arguments.visitor,
        host: &site.host,
        headers: &site.headers,
        country: arguments.country.as_deref(),
        tally: Tally::default(),
    };
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { order, block, format, shift_ms, ticket }) = job else { return parser.tally };
        let mut batches: Vec<Batch> = senders.iter().map(|_| taken(spare_batches)).collect();
        for batch in &mut batches {
            batch.clear();
            batch.order = order;
            batch.ticket = Some(Arc::clone(&ticket));
        }
        drop(ticket);
        parser.parse(&block, format, shift_ms, &mut batches);
        give_back(spare_blocks, block);
        for (sender, batch) in senders.iter().zip(batches) {
            // An evaluator is there as long as this sender is.
            let _ = sender.send(batch);
        }
    }
}

fn evaluate<E: Evaluate>(
    mut evaluator: E,
    batches: &Receiver<Batch>,
    spare: &Mutex<Vec<Batch>>,
    headers: usize,
) -> E {
    // Parsers finish in any order.
    let mut early: BTreeMap<u64, Batch> = BTreeMap::new();
    let mut next = 0;
    for batch in batches {
        early.insert(batch.order, batch);
        while let Some(mut batch) = early.remove(&next) {
            next += 1;
            for entry in batch.entries(headers) {
                evaluator.take(&entry);
            }
            batch.clear();
            give_back(spare, batch);
        }
    }
    evaluator
}

fn taken<T: Default>(spare: &Mutex<Vec<T>>) -> T {
    spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
}

fn give_back<T>(spare: &Mutex<Vec<T>>, used: T) {
    spare.lock().unwrap_or_else(PoisonError::into_inner).push(used);
}
