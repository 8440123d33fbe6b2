//! Text to selector, after the grammar of [Selectors Level 4] and the tokens of [CSS Syntax Level 3].
//!
//! [Selectors Level 4]: https://drafts.csswg.org/selectors-4/#grammar
//! [CSS Syntax Level 3]: https://drafts.csswg.org/css-syntax-3/#consume-name

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use core::ops::Range;

use super::{
    AttributeTest, Case, Combinator, Complex, Compound, Operator, Selector, SelectorError, SelectorErrorKind,
};

/// Attributes whose values HTML compares case-insensitively in selectors.
const CASE_INSENSITIVE: &str = " accept accept-charset align alink axis bgcolor charset checked clear codetype color \
    compact declare defer dir direction disabled enctype face frame hreflang http-equiv lang language link media \
    method multiple nohref noresize noshade nowrap readonly rel rev rules scope scrolling selected shape target \
    text type valign valuetype vlink ";

impl Selector {
    /// Parses a selector list.
    ///
    /// # Errors
    /// When the text is not a selector or uses what a streaming rewriter cannot decide; the error says which bytes.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let mut parser = Parser { text, position: 0 };
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(parser.complex()?);
            if !parser.eat(',') {
                break;
            }
        }
        match parser.peek() {
            None => Ok(Self { alternatives }),
            Some(character) => Err(parser.unexpected(character)),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
}

impl Parser<'_> {
    fn complex(&mut self) -> Result<Complex, SelectorError> {
        self.skip_whitespace();
        let mut ancestors = Vec::new();
        let mut subject = self.compound()?;
        loop {
            let combinator = match (self.skip_whitespace(), self.peek()) {
                (_, None | Some(',')) => return Ok(Complex { ancestors, subject }),
                (_, Some('>')) => {
                    self.bump();
                    self.skip_whitespace();
                    Combinator::Child
                }
                (_, Some('+' | '~')) => return Err(self.error(SelectorErrorKind::SiblingCombinator, 1)),
                (true, Some(_)) => Combinator::Descendant,
                (false, Some(character)) => return Err(self.unexpected(character)),
            };
            let next = self.compound()?;
            ancestors.push((mem::replace(&mut subject, next), combinator));
        }
    }

    fn compound(&mut self) -> Result<Compound, SelectorError> {
        let start = self.position;
        let mut compound = Compound::default();
        match self.peek() {
            Some('*') => self.bump(),
            Some(character) if starts_name(character) => {
                compound.type_name = Some(lower_case(self.name()?));
            }
            _ => {}
        }
        if self.peek() == Some('|') {
            return Err(self.error(SelectorErrorKind::Namespace, 1));
        }
        loop {
            let test = match self.peek() {
                Some('#') => {
                    self.bump();
                    AttributeTest {
                        name: "id".into(),
                        operator: Operator::Equals,
                        value: self.name()?.into(),
                        case: Case::Sensitive,
                    }
                }
                Some('.') => {
                    self.bump();
                    AttributeTest {
                        name: "class".into(),
                        operator: Operator::Word,
                        value: self.name()?.into(),
                        case: Case::Sensitive,
                    }
                }
                Some('[') => self.attribute()?,
                Some(':') if self.rest().starts_with("::") => {
                    return Err(self.error(SelectorErrorKind::PseudoElement, 2));
                }
                Some(':') => return Err(self.error(SelectorErrorKind::PseudoClass, 1)),
                Some(character) if self.position == start && !matches!(character, ',' | '>') => {
                    return Err(self.unexpected(character));
                }
                _ if self.position == start => return Err(self.error(SelectorErrorKind::Empty, 0)),
                _ => return Ok(compound),
            };
            compound.tests.push(test);
        }
    }

    /// `[name]`, `[name=value]`, `[name^="value" i]`.
    fn attribute(&mut self) -> Result<AttributeTest, SelectorError> {
        self.bump();
        self.skip_whitespace();
        if self.rest().starts_with("*|") || self.peek() == Some('|') {
            return Err(self.error(SelectorErrorKind::Namespace, 1));
        }
        let name = lower_case(self.name()?);
        self.skip_whitespace();
        let operator = match self.peek() {
            Some(']') => {
                self.bump();
                let value = Box::default();
                return Ok(AttributeTest { name, operator: Operator::Exists, value, case: Case::Sensitive });
            }
            Some('=') => Operator::Equals,
            Some('~') => Operator::Word,
            Some('|') if self.rest().starts_with("|=") => Operator::Dash,
            Some('|') => return Err(self.error(SelectorErrorKind::Namespace, 1)),
            Some('^') => Operator::Prefix,
            Some('$') => Operator::Suffix,
            Some('*') => Operator::Substring,
            found => return Err(self.unexpected_or_end(found)),
        };
        self.bump();
        if operator != Operator::Equals && !self.eat('=') {
            return Err(self.unexpected_or_end(self.peek()));
        }
        self.skip_whitespace();
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => self.string(quote)?,
            _ => self.name()?,
        };
        let case = self.flag(&name)?;
        if !self.eat(']') {
            return Err(self.unexpected_or_end(self.peek()));
        }
        Ok(AttributeTest { name, operator, value: value.into(), case })
    }

    fn flag(&mut self, name: &str) -> Result<Case, SelectorError> {
        self.skip_whitespace();
        let start = self.position;
        let case = match self.peek() {
            Some('i' | 'I') => Case::Insensitive,
            Some('s' | 'S') => Case::Sensitive,
            Some(character) if starts_name(character) => {
                self.name()?;
                return Err(self.error_at(SelectorErrorKind::UnknownFlag, start..self.position));
            }
            _ => {
                // A space on both sides keeps a name from matching inside a longer one.
                let listed = CASE_INSENSITIVE.split(' ').any(|listed| listed == name);
                return Ok(if listed { Case::InsensitiveInHtml } else { Case::Sensitive });
            }
        };
        self.bump();
        if self.peek().is_some_and(continues_name) {
            self.name()?;
            return Err(self.error_at(SelectorErrorKind::UnknownFlag, start..self.position));
        }
        self.skip_whitespace();
        Ok(case)
    }

    /// A CSS identifier (after `#` also one that starts with a digit is refused, as browsers do).
    #[inline(never)]
    fn name(&mut self) -> Result<String, SelectorError> {
        let mut name = String::new();
        let begins = match (self.peek(), self.rest().chars().nth(1)) {
            (Some('-'), Some(second)) => starts_name(second) || second == '-',
            (Some(first), _) => starts_name(first),
            (None, _) => false,
        };
        if !begins {
            return Err(self.unexpected_or_end(self.peek()));
        }
        while let Some(character) = self.peek() {
            if character == '\\' {
                self.bump();
                name.push(self.escape()?);
            } else if continues_name(character) {
                self.bump();
                name.push(character);
            } else {
                break;
            }
        }
        Ok(name)
    }

    fn string(&mut self, quote: char) -> Result<String, SelectorError> {
        self.bump();
        let mut string = String::new();
        loop {
            match self.peek() {
                None => return Err(self.error(SelectorErrorKind::UnexpectedEnd, 0)),
                Some('\n') => return Err(self.unexpected('\n')),
                Some('\\') => {
                    self.bump();
                    if !self.eat('\n') {
                        string.push(self.escape()?);
                    }
                }
                Some(character) => {
                    self.bump();
                    if character == quote {
                        return Ok(string);
                    }
                    string.push(character);
                }
            }
        }
    }

    /// What follows a backslash: up to six hexadecimal digits and one white space, or the character itself.
    #[inline(never)]
    fn escape(&mut self) -> Result<char, SelectorError> {
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(digit) = self.peek().and_then(|character| character.to_digit(16)) {
            if digits == 6 {
                break;
            }
            self.bump();
            code = code * 16 + digit;
            digits += 1;
        }
        if digits == 0 {
            return match self.peek() {
                None | Some('\n') => Err(self.unexpected_or_end(self.peek())),
                Some(character) => {
                    self.bump();
                    Ok(character)
                }
            };
        }
        if self.peek().is_some_and(is_whitespace) {
            self.bump();
        }
        Ok(char::from_u32(code).filter(|&character| character != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    #[inline(never)]
    fn skip_whitespace(&mut self) -> bool {
        let start = self.position;
        while self.peek().is_some_and(is_whitespace) {
            self.bump();
        }
        self.position > start
    }

    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    #[inline(never)]
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    #[inline(never)]
    fn bump(&mut self) {
        self.position += self.peek().map_or(0, char::len_utf8);
    }

    #[inline(never)]
    fn eat(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        if found {
            self.bump();
        }
        found
    }

    fn unexpected(&self, character: char) -> SelectorError {
        self.error(SelectorErrorKind::UnexpectedCharacter(character), character.len_utf8())
    }

    fn unexpected_or_end(&self, found: Option<char>) -> SelectorError {
        found.map_or_else(|| self.error(SelectorErrorKind::UnexpectedEnd, 0), |found| self.unexpected(found))
    }

    #[inline(never)]
    fn error(&self, kind: SelectorErrorKind, length: usize) -> SelectorError {
        self.error_at(kind, self.position..self.position + length)
    }

    fn error_at(&self, kind: SelectorErrorKind, span: Range<usize>) -> SelectorError {
        SelectorError { kind, span }
    }
}

fn lower_case(mut name: String) -> Box<str> {
    name.make_ascii_lowercase();
    name.into()
}

fn starts_name(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '_' | '\\' | '-') || !character.is_ascii()
}

fn continues_name(character: char) -> bool {
    starts_name(character) || character.is_ascii_digit()
}

fn is_whitespace(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_supported_parses() {
        for text in [
            "*",
            "h1",
            "my-element",
            "#hero",
            ".price",
            "a.b.c#d[e]",
            "[data-footlight-slot=\"hero\"]",
            "[data-footlight-slot=\"hero\"] [data-footlight-part=\"image\"]",
            "link[rel=\"preload\"][as=\"image\"]",
            "#hero > h1",
            "#hero>h1,.x",
            "a , b",
            "[a = 'b' i]",
            "[a=b s]",
            "[a=bI]",
            "[a=\"b\"I]",
            "[ a |= \"b\" ]",
            "[a~=b][a^=b][a$=b][a*=b]",
            ".\\31 0",
            "#\\66 oo",
            "--x",
            ".preis-€",
        ] {
            assert!(Selector::parse(text).is_ok(), "{text}: {:?}", Selector::parse(text));
        }
    }

    #[test]
    fn what_is_not_supported_is_named_and_underlined() {
        use SelectorErrorKind::*;
        let cases: &[(&str, SelectorErrorKind, &str)] = &[
            ("", Empty, ""),
            ("a,", Empty, ""),
            ("a >", Empty, ""),
            ("> a", Empty, ""),
            ("a:hover", PseudoClass, ":"),
            ("a::before", PseudoElement, "::"),
            ("a + b", SiblingCombinator, "+"),
            ("a ~ b", SiblingCombinator, "~"),
            ("svg|a", Namespace, "|"),
            ("[a|b]", Namespace, "|"),
            ("[*|b]", Namespace, "*"),
            ("[a=b x]", UnknownFlag, "x"),
            ("[a=\"b\" is]", UnknownFlag, "is"),
            ("[a", UnexpectedEnd, ""),
            ("[a=", UnexpectedEnd, ""),
            ("[a=\"b", UnexpectedEnd, ""),
            ("a)", UnexpectedCharacter(')'), ")"),
            (".1a", UnexpectedCharacter('1'), "1"),
            ("#", UnexpectedEnd, ""),
            ("a{}", UnexpectedCharacter('{'), "{"),
        ];
        for (text, kind, underlined) in cases {
            let error = Selector::parse(text).unwrap_err();
            assert_eq!((&error.kind, &text[error.span.clone()]), (kind, *underlined), "{text}");
        }
    }

    #[test]
    fn escapes_are_resolved() {
        let selector = Selector::parse(r##"#a\:b[c="d\"e\41 f"]"##).unwrap();
        let tests = &selector.alternatives[0].subject.tests;
        assert_eq!((&*tests[0].value, &*tests[1].value), ("a:b", "d\"eAf"));
    }
}
