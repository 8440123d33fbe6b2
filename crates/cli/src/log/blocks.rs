//! Cuts a log into blocks of whole lines.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

/// Bytes of a block; a line that is longer than a quarter of one is no request.
const BLOCK_BYTES: usize = 1 << 19;

/// The longest line that is read.
pub(super) const MOST_LINE_BYTES: usize = 1 << 17;

/// Whole lines of one log, in its order.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The log, from 0.
    pub(super) log: usize,
    /// The number of the block's first line, from 1.
    pub(super) first_line: u64,
    pub(super) bytes: Vec<u8>,
}

/// A log that is being cut.
pub(super) struct Blocks<R> {
    reader: R,
    log: usize,
    line: u64,
    /// The beginning of a line whose end was not read yet.
    rest: Vec<u8>,
    is_over: bool,
    /// Lines that were too long, by their numbers: the first few, and how many in all.
    pub(super) too_long: Vec<u64>,
    pub(super) too_long_count: u64,
}

/// How many numbers of overlong lines are kept.
const MOST_TOO_LONG: usize = 16;

impl<R: Read> Blocks<R> {
    pub(super) fn new(reader: R, log: usize) -> Self {
        let (rest, too_long) = (Vec::new(), Vec::new());
        Self { reader, log, line: 1, rest, is_over: false, too_long, too_long_count: 0 }
    }

    /// Fills `block` with the next lines; false when there are none. An error ends the log after the whole lines before it.
    pub(super) fn next(&mut self, block: &mut Block) -> (bool, io::Result<()>) {
        let mut result = Ok(());
        block.log = self.log;
        block.bytes.clear();
        block.bytes.append(&mut self.rest);
        while !self.is_over {
            let read = fill(&mut self.reader, &mut block.bytes);
            self.is_over = !matches!(read, Ok(more) if more);
            result = read.map(|_| ());
            if memrchr(b'\n', &block.bytes).is_some() || self.is_over {
                break;
            }
            if block.bytes.len() > MOST_LINE_BYTES {
                result = self.skip_line(block);
            }
        }
        block.first_line = self.line;
        let end = memrchr(b'\n', &block.bytes).map_or(0, |end| end + 1);
        if result.is_err() {
            // The line that the error cut off is none.
            block.bytes.truncate(end);
        } else if !self.is_over {
            self.rest.extend(block.bytes.drain(end..));
        }
        self.line += memchr_iter(b'\n', &block.bytes).count() as u64;
        (!block.bytes.is_empty() || !self.is_over, result)
    }

    /// Leaves out a line that fills a block without an end.
    fn skip_line(&mut self, block: &mut Block) -> io::Result<()> {
        self.too_long_count += 1;
        if self.too_long.len() < MOST_TOO_LONG {
            self.too_long.push(self.line);
        }
        loop {
            if let Some(end) = memchr(b'\n', &block.bytes) {
                block.bytes.drain(..=end);
                self.line += 1;
                return Ok(());
            }
            block.bytes.clear();
            if self.is_over {
                return Ok(());
            }
            let read = fill(&mut self.reader, &mut block.bytes);
            self.is_over = !matches!(read, Ok(true));
            read?;
        }
    }
}

/// Reads until the block is full; false at the end.
fn fill(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut filled = bytes.len();
    let wanted = BLOCK_BYTES.max(filled + MOST_LINE_BYTES);
    bytes.resize(wanted, 0);
    let mut result = Ok(true);
    while let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => {
                result = Ok(false);
                break;
            }
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                result = Err(error);
                break;
            }
        }
    }
    bytes.truncate(filled);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives bytes in pieces of one size.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(length);
            buffer[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    fn lines(log: &[u8], piece: usize) -> (Vec<(u64, Vec<u8>)>, Vec<u64>) {
        let mut blocks = Blocks::new(Pieces(log, piece), 0);
        let (mut lines, mut block) = (Vec::new(), Block::default());
        while blocks.next(&mut block).0 {
            for (number, line) in (block.first_line..).zip(block.bytes.split_inclusive(|byte| *byte == b'\n'))
            {
                lines.push((number, line.to_vec()));
            }
        }
        (lines, blocks.too_long)
    }

    #[test]
    fn every_line_comes_once_whole_and_with_its_number() {
        let mut log = Vec::new();
        for number in 1..=60_000_u32 {
            log.extend(format!("{number} {}\n", "x".repeat(number as usize % 97)).bytes());
        }
        log.extend(b"60001 without an end");
        for piece in [1 << 20, 4_096, 9_973] {
            let (lines, too_long) = lines(&log, piece);
            assert_eq!((lines.len(), too_long.len()), (60_001, 0));
            for (number, line) in lines {
                assert!(line.starts_with(format!("{number} ").as_bytes()));
            }
        }
    }

    #[test]
    fn a_line_of_a_megabyte_is_left_out_and_the_next_keeps_its_number() {
        let mut log = b"1\n".to_vec();
        log.extend(vec![b'y'; 3 << 20]);
        log.extend(b"\n3\n");
        let (lines, too_long) = lines(&log, 65_536);
        assert_eq!(lines, [(1, b"1\n".to_vec()), (3, b"3\n".to_vec())]);
        assert_eq!(too_long, [2]);
    }
}
