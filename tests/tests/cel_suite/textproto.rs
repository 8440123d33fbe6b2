//! As much of the text format of protocol buffers as the CEL conformance tests need.

/// A message: fields in order, repeated ones several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message(Vec<(String, Field)>);

/// A field's value.
#[derive(Clone, Debug)]
pub(crate) enum Field {
    Message(Message),
    /// A quoted string's bytes.
    Bytes(Vec<u8>),
    /// A number, `true`, an enum's name.
    Word(String),
}

impl Message {
    pub(crate) fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Field> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, field)| field)
    }

    pub(crate) fn messages<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Self> {
        self.all(name).filter_map(|field| match field {
            Field::Message(message) => Some(message),
            _ => None,
        })
    }

    pub(crate) fn message(&self, name: &str) -> Option<&Self> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, field)| match field {
            Field::Message(message) => Some(message),
            _ => None,
        })
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.all(name).next().map(|field| match field {
            Field::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Field::Word(word) => word.clone(),
            Field::Message(_) => String::new(),
        })
    }

    pub(crate) fn first(&self) -> Option<(&str, &Field)> {
        self.0.first().map(|(name, field)| (name.as_str(), field))
    }
}

pub(crate) fn parse(text: &str) -> Message {
    let mut reader = Reader { bytes: text.as_bytes(), position: 0 };
    reader.message()
}

struct Reader<'t> {
    bytes: &'t [u8],
    position: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.position) {
            if byte == b'#' {
                while self.bytes.get(self.position).is_some_and(|byte| *byte != b'\n') {
                    self.position += 1;
                }
            } else if byte.is_ascii_whitespace() || byte == b',' || byte == b';' {
                self.position += 1;
            } else {
                return Some(byte);
            }
        }
        None
    }

    fn message(&mut self) -> Message {
        let mut fields = Vec::new();
        while let Some(byte) = self.peek() {
            if byte == b'}' || byte == b'>' {
                self.position += 1;
                break;
            }
            let name = self.word();
            if self.peek() == Some(b':') {
                self.position += 1;
            }
            let field = match self.peek() {
                Some(b'{' | b'<') => {
                    self.position += 1;
                    Field::Message(self.message())
                }
                Some(b'"' | b'\'') => Field::Bytes(self.strings()),
                _ => Field::Word(self.word()),
            };
            fields.push((name, field));
        }
        Message(fields)
    }

    fn word(&mut self) -> String {
        let start = self.position;
        let end = |byte: &u8| byte.is_ascii_whitespace() || b":{}<>,;#\"'".contains(byte);
        if self.bytes[start] == b'[' {
            // `[type.googleapis.com/…]` names a message type.
            while self.bytes[self.position] != b']' {
                self.position += 1;
            }
            self.position += 1;
        }
        while self.bytes.get(self.position).is_some_and(|byte| !end(byte)) {
            self.position += 1;
        }
        assert!(self.position > start, "a word at byte {start}");
        String::from_utf8_lossy(&self.bytes[start..self.position]).into_owned()
    }

    /// Strings beside each other are one.
    fn strings(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        while let Some(quote @ (b'"' | b'\'')) = self.peek() {
            self.position += 1;
            while self.bytes[self.position] != quote {
                if self.bytes[self.position] == b'\\' {
                    self.escape(&mut all);
                } else {
                    all.push(self.bytes[self.position]);
                    self.position += 1;
                }
            }
            self.position += 1;
        }
        all
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let kind = self.bytes[self.position + 1];
        self.position += 2;
        let simple = match kind {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'a' => Some(7),
            b'b' => Some(8),
            b'f' => Some(12),
            b'v' => Some(11),
            b'\\' | b'\'' | b'"' | b'?' => Some(kind),
            _ => None,
        };
        if let Some(byte) = simple {
            out.push(byte);
            return;
        }
        let (radix, most, start) = match kind {
            b'x' | b'X' => (16, 2, self.position),
            b'u' => (16, 4, self.position),
            b'U' => (16, 8, self.position),
            _ => (8, 3, self.position - 1),
        };
        let mut end = start;
        while end < start + most && self.bytes.get(end).is_some_and(|byte| (*byte as char).is_digit(radix)) {
            end += 1;
        }
        let digits = std::str::from_utf8(&self.bytes[start..end]).unwrap();
        let number = u32::from_str_radix(digits, radix).unwrap();
        self.position = end;
        if most >= 4 {
            let mut buffer = [0; 4];
            out.extend(char::from_u32(number).unwrap().encode_utf8(&mut buffer).bytes());
        } else {
            out.push(u8::try_from(number).unwrap());
        }
    }
}
