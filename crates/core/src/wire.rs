//! Reads postcard's wire format (<https://postcard.jamesmunns.com/wire-format>) into our own types.
//!
//! Bundles and profiles are written with postcard and can be read with it; tests hold both readers to the same answer.
//! This one exists for the size of the edge module, where serde's visitors for the same types take 70 KB: it never
//! returns an error but remembers it, so that no type needs code to pass errors on. After a failure every read gives
//! the type's zero and [`Reader::finish`] says no.

use alloc::string::String;
use alloc::vec::Vec;

/// Bytes being read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    failed: bool,
    references: References,
}

/// By table: one more than the highest place in it that something that was read refers to.
pub(crate) type References = [u32; Table::CustomSignals as usize + 1];

/// What a number in a bundle can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Texts,
    Nodes,
    Segments,
    Slots,
    Targets,
    Contents,
    Rules,
    Zones,
    Headers,
    PageAttributes,
    Questions,
    CustomSignals,
}

/// A type that can be read off the wire.
pub(crate) trait Wire: Sized {
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Reads a value that takes all of `bytes`.
pub(crate) fn read<T: Wire>(bytes: &[u8]) -> Option<(T, References)> {
    let mut reader = Reader { rest: bytes, failed: false, references: References::default() };
    let value = T::read(&mut reader);
    (!reader.failed && reader.rest.is_empty()).then_some((value, reader.references))
}

impl<'a> Reader<'a> {
    pub(crate) fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    #[inline(never)]
    fn take(&mut self, length: usize) -> &'a [u8] {
        if let Some((taken, rest)) = self.rest.split_at_checked(length) {
            self.rest = rest;
            return taken;
        }
        self.fail();
        &[]
    }

    #[inline(never)]
    fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&byte, rest)) => {
                self.rest = rest;
                byte
            }
            None => {
                self.fail();
                0
            }
        }
    }

    /// An unsigned LEB128 number of at most `bits` bits.
    #[inline(never)]
    fn varint(&mut self, bits: u32) -> u64 {
        // Most numbers are small.
        if let [byte, rest @ ..] = self.rest
            && *byte < 0x80
        {
            self.rest = rest;
            return u64::from(*byte);
        }
        let (mut number, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            let left = bits.saturating_sub(shift);
            if left == 0 || (left < 7 && part >> left != 0) {
                self.fail();
                return 0;
            }
            number |= part << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn zigzag(&mut self, bits: u32) -> i64 {
        let number = self.varint(bits);
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    /// A length that the bytes can hold: every element takes at least one.
    #[inline(never)]
    fn length(&mut self) -> usize {
        let length = self.varint(32) as usize;
        if length > self.rest.len() {
            self.fail();
            return 0;
        }
        length
    }

    /// The number of an enum's variant, below `variants`; 0 after a failure.
    pub(crate) fn variant(&mut self, variants: u8) -> u8 {
        let variant = self.varint(32);
        if variant >= u64::from(variants) {
            self.fail();
            return 0;
        }
        variant as u8
    }
}

/// A number, or several, that refer to places in a table.
pub(crate) trait Refer {
    fn note(&self, table: Table, reader: &mut Reader<'_>);
}

impl Refer for u32 {
    #[inline(never)]
    fn note(&self, table: Table, reader: &mut Reader<'_>) {
        if let Some(highest) = reader.references.get_mut(table as usize) {
            *highest = self.saturating_add(1).max(*highest);
        }
    }
}

impl Refer for u16 {
    fn note(&self, table: Table, reader: &mut Reader<'_>) {
        u32::from(*self).note(table, reader);
    }
}

impl<T: Refer> Refer for Vec<T> {
    fn note(&self, table: Table, reader: &mut Reader<'_>) {
        self.iter().for_each(|number| number.note(table, reader));
    }
}

/// Appends an unsigned number.
#[inline(never)]
pub fn write_varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a text with its length.
#[inline(never)]
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    write_varint(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

impl Wire for bool {
    fn read(reader: &mut Reader<'_>) -> Self {
        let byte = reader.byte();
        if byte > 1 {
            reader.fail();
        }
        byte == 1
    }
}

impl Wire for u8 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.byte()
    }
}

impl Wire for u16 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.varint(16) as Self
    }
}

impl Wire for u32 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.varint(32) as Self
    }
}

impl Wire for i32 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.zigzag(32) as Self
    }
}

impl Wire for i64 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.zigzag(64)
    }
}

impl Wire for f64 {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.take(8).try_into().map_or(0.0, Self::from_le_bytes)
    }
}

impl Wire for char {
    fn read(reader: &mut Reader<'_>) -> Self {
        let text = String::read(reader);
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => character,
            _ => {
                reader.fail();
                '\0'
            }
        }
    }
}

impl Wire for String {
    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let length = reader.length();
        match core::str::from_utf8(reader.take(length)) {
            Ok(text) => text.into(),
            Err(_) => {
                reader.fail();
                Self::new()
            }
        }
    }
}

impl<const N: usize> Wire for [u8; N] {
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.take(N).try_into().unwrap_or([0; N])
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Self {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Wire> Wire for Vec<T> {
    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        // A length that lies costs no more than this many elements.
        const MOST_AT_ONCE: usize = 1 << 12;
        let length = reader.length();
        let mut all = Self::with_capacity(length.min(MOST_AT_ONCE));
        for _ in 0..length {
            if reader.failed {
                break;
            }
            all.push(T::read(reader));
        }
        all
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn read(reader: &mut Reader<'_>) -> Self {
        (A::read(reader), B::read(reader))
    }
}

/// Structs by their fields, in the order of the source; a field that refers to a table is followed by `=>` and the
/// [`Table`].
macro_rules! structs {
    ($($name:ident { $($field:tt $(=> $table:ident)?),* $(,)? })*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(reader: &mut $crate::wire::Reader<'_>) -> Self {
                Self { $($field: $crate::wire::field!(reader $(, $table)?)),* }
            }
        }
    )*};
}

/// Enums by the number of variants and the variants with their fields, in the order of the source; the first stands in
/// after a failure.
macro_rules! enums {
    ($($name:ident: $count:literal {
        0 => $first:ident { $($first_field:tt $(=> $first_table:ident)?),* },
        $($index:literal => $variant:ident { $($field:tt $(=> $table:ident)?),* }),* $(,)?
    })*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(reader: &mut $crate::wire::Reader<'_>) -> Self {
                match reader.variant($count) {
                    $($index => Self::$variant { $($field: $crate::wire::field!(reader $(, $table)?)),* },)*
                    _ => Self::$first { $($first_field: $crate::wire::field!(reader $(, $first_table)?)),* },
                }
            }
        }
    )*};
}

/// One field, and what it refers to.
macro_rules! field {
    ($reader:ident) => {
        $crate::wire::Wire::read($reader)
    };
    ($reader:ident, $table:ident) => {{
        let value = $crate::wire::Wire::read($reader);
        $crate::wire::Refer::note(&value, $crate::wire::Table::$table, $reader);
        value
    }};
}

/// Types that are read as another and checked.
macro_rules! checked {
    ($($name:ident: $from:ty, $or:expr;)*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(reader: &mut $crate::wire::Reader<'_>) -> Self {
                <$name>::try_from(<$from as $crate::wire::Wire>::read(reader)).unwrap_or_else(|_| {
                    reader.fail();
                    $or
                })
            }
        }
    )*};
}

pub(crate) use {checked, enums, field, structs};
