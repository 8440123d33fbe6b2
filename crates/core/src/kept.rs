//! Texts that are made while a request is decided and needed until that is done, so that values can borrow them.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, OnceCell};

/// Texts that stay where they are. Takes no memory before the first.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    texts: Vec<OnceCell<String>>,
    used: Cell<usize>,
    /// Twice as much room.
    more: OnceCell<Box<Self>>,
}

impl Kept {
    /// Keeps a text.
    #[inline(never)]
    pub(crate) fn keep(&self, text: String) -> &str {
        let mut kept = self;
        loop {
            let used = kept.used.get();
            if let Some(place) = kept.texts.get(used) {
                kept.used.set(used + 1);
                return place.get_or_init(|| text);
            }
            kept = kept.more.get_or_init(|| {
                let mut texts = Vec::new();
                texts.resize_with(2 * kept.texts.len() + 4, OnceCell::new);
                Box::new(Self { texts, ..Self::default() })
            });
        }
    }

    /// Keeps a text unless it is kept elsewhere.
    pub(crate) fn borrow<'a>(&'a self, text: Cow<'a, str>) -> &'a str {
        match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => self.keep(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::vec::Vec;

    use super::Kept;

    #[test]
    fn texts_stay_while_more_are_kept() {
        let kept = Kept::default();
        let all: Vec<&str> = (0..100).map(|number| kept.keep(format!("{number}"))).collect();
        for (number, text) in all.iter().enumerate() {
            assert_eq!(*text, format!("{number}"));
        }
    }
}
