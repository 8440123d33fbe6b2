//! Where this project's rewriter and lol_html differ on purpose. Everything else is a bug.

/// A page, a selector whose elements get `<!--A-->` appended, our result, that of lol_html, and the reason.
pub struct Difference {
    pub page: &'static str,
    pub selector: &'static str,
    pub ours: &'static str,
    pub theirs: &'static str,
    pub reason: &'static str,
}

pub const DIFFERENCES: &[Difference] = &[];

/// Whether a page has something that makes lol_html no oracle for it.
pub fn applies_to(page: &[u8]) -> bool {
    missing_value(page)
}

/// `<title x=>`: lol_html forgets that the content is text.
fn missing_value(page: &[u8]) -> bool {
    let mut last = 0;
    page.iter().any(|&byte| {
        let missing = byte == b'>' && last == b'=';
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        missing
    })
}
