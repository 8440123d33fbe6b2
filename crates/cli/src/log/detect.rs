//! Which format a log is in, by its first lines.

use clap::ValueEnum;

use super::error::Fault;
use super::fields::Line;
use super::{combined, logpush, ndjson};

/// Lines that are looked at.
const LINES: usize = 200;

/// A log's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A JSON object a line, with our own fields.
    Ndjson,
    /// Apache's and nginx's combined log format.
    Combined,
    /// Cloudflare Logpush, HTTP requests as JSON.
    Logpush,
}

impl LogFormat {
    /// A stable name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Combined => "combined",
            Self::Logpush => "logpush",
        }
    }

    /// Reads a line.
    pub(super) fn parse(self, text: &str) -> Result<Line<'_>, Fault> {
        match self {
            Self::Ndjson => ndjson::parse(text),
            Self::Combined => combined::parse(text),
            Self::Logpush => logpush::parse(text),
        }
    }
}

/// The format that most of the first lines are in; none when they are in no known one.
pub(super) fn detect(bytes: &[u8]) -> Option<LogFormat> {
    let lines = bytes.split(|byte| *byte == b'\n').take(LINES);
    let texts: Vec<&str> = lines.filter_map(|line| std::str::from_utf8(line).ok()).map(str::trim).collect();
    let read = |format: LogFormat| texts.iter().filter(|text| format.parse(text).is_ok()).count();
    let all = [LogFormat::Ndjson, LogFormat::Combined, LogFormat::Logpush];
    let best = all.into_iter().map(|format| (read(format), format)).max_by_key(|(count, _)| *count);
    if let Some((1.., format)) = best {
        return Some(format);
    }
    // Objects that lack something: each line says what.
    let mut objects = texts.iter().filter(|text| text.starts_with('{')).peekable();
    objects.peek()?;
    let is_logpush =
        objects.any(|text| text.contains("\"ClientRequest") || text.contains("\"EdgeStartTimestamp"));
    Some(if is_logpush { LogFormat::Logpush } else { LogFormat::Ndjson })
}

/// The time of the first line that is a request.
pub(super) fn first_time(format: LogFormat, bytes: &[u8]) -> Option<i64> {
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.filter_map(|text| format.parse(text.trim()).ok()).map(|line| line.at_ms).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_what_most_lines_are() {
        const OURS: &str = r#"{"at":1,"url":"/"}"#;
        const COMBINED: &str = r#"192.0.2.7 - - [20/Nov/2026:11:00:00 +0100] "GET / HTTP/1.1" 200 0 "-" "-""#;
        const LOGPUSH: &str = r#"{"EdgeStartTimestamp":1,"ClientRequestURI":"/"}"#;
        for (log, expected) in [
            (format!("broken\n{OURS}\n{{\"at\":\n"), Some(LogFormat::Ndjson)),
            (format!("{OURS}\n{COMBINED}\n{COMBINED}"), Some(LogFormat::Combined)),
            (format!("{LOGPUSH}\r\n{LOGPUSH}\r\n"), Some(LogFormat::Logpush)),
            ("{\"ClientRequestHost\":\"a\"}".to_owned(), Some(LogFormat::Logpush)),
            ("{\"path\":\"/\"}".to_owned(), Some(LogFormat::Ndjson)),
            ("<html>\n".to_owned(), None),
            ("\n\n".to_owned(), None),
        ] {
            assert_eq!(detect(log.as_bytes()), expected, "{log}");
        }
    }
}
