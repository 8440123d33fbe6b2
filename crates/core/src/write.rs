//! Writing numbers and finding text without `core::fmt` and `core::str::pattern`, which are large in a wasm module.

use alloc::string::String;

/// Appends a whole number.
pub(crate) fn int(number: i64, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    unsigned(number.unsigned_abs(), 1, out);
}

/// Appends a number with at least `width` digits.
pub(crate) fn unsigned(mut number: u64, width: usize, out: &mut String) {
    let (mut digits, mut length) = ([b'0'; 20], 0);
    for digit in &mut digits {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        length += 1;
        if number == 0 && length >= width {
            break;
        }
    }
    for digit in digits.iter().take(length).rev() {
        out.push(char::from(*digit));
    }
}

/// Appends bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
        }
    }
}

/// Whether `part` stands in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn numbers_are_written_as_fmt_writes_them() {
        for number in [0, 1, -1, 9, 10, 99, 100, -1_234_567, i64::MAX, i64::MIN] {
            let mut out = String::new();
            int(number, &mut out);
            assert_eq!(out, format!("{number}"));
        }
        let mut out = String::new();
        unsigned(42, 6, &mut out);
        unsigned(1_234_567, 3, &mut out);
        hex(&[0, 171], &mut out);
        assert_eq!(out, "000042123456700ab");
    }

    #[test]
    fn text_is_found_as_str_finds_it() {
        for (text, part) in
            [("", ""), ("", "a"), ("abc", "bc"), ("abc", "bd"), ("aab", "ab"), ("é", "\u{e9}")]
        {
            assert_eq!(contains(text, part), text.contains(part), "{text} {part}");
        }
    }
}
