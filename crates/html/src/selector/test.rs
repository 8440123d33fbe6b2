//! Does an attribute's value pass a test?

use super::set::Test;
use super::{AttributeTest, Case, Operator};
use crate::bytes::next_word;
use crate::name::Name;

impl AttributeTest {
    pub(crate) fn as_test(&self) -> Test<'_> {
        Test {
            name: Name::new(self.name.as_bytes()),
            operator: self.operator,
            case: self.case,
            value: self.value.as_bytes(),
        }
    }
}

impl Test<'_> {
    /// `value` is the decoded value of the attribute that this test names, on an HTML element or a foreign one.
    pub(crate) fn accepts(&self, value: &[u8], in_html: bool) -> bool {
        let insensitive = match self.case {
            Case::Sensitive => false,
            Case::Insensitive => true,
            Case::InsensitiveInHtml => in_html,
        };
        let wanted = self.value;
        let equal =
            |found: &[u8]| if insensitive { found.eq_ignore_ascii_case(wanted) } else { found == wanted };
        match self.operator {
            Operator::Exists => true,
            Operator::Equals => equal(value),
            Operator::Word => {
                let mut rest = value;
                while let Some(word) = next_word(&mut rest) {
                    if equal(word) {
                        return true;
                    }
                }
                false
            }
            Operator::Dash => {
                equal(value)
                    || value.get(wanted.len()) == Some(&b'-') && value.get(..wanted.len()).is_some_and(equal)
            }
            // An empty value selects nothing: Selectors Level 4, section 6.2.
            Operator::Prefix | Operator::Suffix | Operator::Substring if wanted.is_empty() => false,
            Operator::Prefix => value.get(..wanted.len()).is_some_and(equal),
            Operator::Suffix => {
                value.len().checked_sub(wanted.len()).and_then(|start| value.get(start..)).is_some_and(equal)
            }
            Operator::Substring => value.windows(wanted.len()).any(equal),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Selector;

    #[test]
    fn operators_do_what_selectors_level_4_says() {
        let cases = [
            ("[a]", "", true),
            ("[a=b]", "b", true),
            ("[a=b]", "B", false),
            ("[a=b i]", "B", true),
            ("[a=b s]", "B", false),
            ("[type=b]", "B", true),
            ("[type=b s]", "B", false),
            ("[a~=b]", "a b\tc", true),
            ("[a~=b]", "ab c", false),
            ("[a~='']", "", false),
            ("[a~='b c']", "b c", false),
            ("[a|=en]", "en", true),
            ("[a|=en]", "en-US", true),
            ("[a|=en]", "english", false),
            ("[a^=ab]", "abc", true),
            ("[a^='']", "abc", false),
            ("[a$=bc]", "abc", true),
            ("[a$=abcd]", "abc", false),
            ("[a*=b]", "abc", true),
            ("[a*=BC i]", "abc", true),
            ("[a*=x]", "abc", false),
        ];
        for (selector, value, expected) in cases {
            let parsed = Selector::parse(selector).unwrap();
            let test = parsed.alternatives[0].subject.tests[0].as_test();
            assert_eq!(test.accepts(value.as_bytes(), true), expected, "{selector} on {value:?}");
        }
        let parsed = Selector::parse("[type=b]").unwrap();
        let test = parsed.alternatives[0].subject.tests[0].as_test();
        assert!(!test.accepts(b"B", false), "foreign elements are exact");
    }
}
