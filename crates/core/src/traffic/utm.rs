//! The five campaign fields of a query.

use alloc::borrow::Cow;

use crate::url::{Query, percent};

/// The campaign fields, decoded, each from its first pair. An empty field is as good as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utm<'a> {
    /// `utm_source`: who sent the visitor, such as `newsletter-2026-11`.
    pub source: Option<Cow<'a, str>>,
    /// `utm_medium`: by what kind of link, such as `email` or `cpc`.
    pub medium: Option<Cow<'a, str>>,
    /// `utm_campaign`: for which campaign.
    pub campaign: Option<Cow<'a, str>>,
    /// `utm_term`: for which search term.
    pub term: Option<Cow<'a, str>>,
    /// `utm_content`: from which of several links.
    pub content: Option<Cow<'a, str>>,
}

impl<'a> Utm<'a> {
    /// The campaign fields of `query`.
    #[must_use]
    pub fn read(query: Query<'a>) -> Self {
        let mut utm = Self::default();
        for (name, value) in query.named() {
            let Some(field) = name.strip_prefix("utm_") else { continue };
            let field = match field {
                "source" => &mut utm.source,
                "medium" => &mut utm.medium,
                "campaign" => &mut utm.campaign,
                "term" => &mut utm.term,
                "content" => &mut utm.content,
                _ => continue,
            };
            if field.is_none() && !value.is_empty() {
                *field = Some(percent::decode_form(value));
            }
        }
        utm
    }

    /// Whether any field is there.
    #[must_use]
    pub fn is_any(&self) -> bool {
        [&self.source, &self.medium, &self.campaign, &self.term, &self.content]
            .into_iter()
            .any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_decoded_from_their_first_pair() {
        let query = Query::new(
            "utm_source=&utm_source=news%20letter&utm_source=x&a=1&utm_medium=e+mail&UTM_TERM=x&utm_id=7&%75tm_campaign=Herbst",
        );
        let utm = Utm::read(query);
        assert_eq!(utm.source.as_deref(), Some("news letter"));
        assert_eq!(utm.medium.as_deref(), Some("e mail"));
        assert_eq!(utm.campaign.as_deref(), Some("Herbst"));
        assert_eq!(utm.term, None);
        assert_eq!(utm.content, None);
        assert!(utm.is_any());
        assert!(!Utm::read(Query::new("a=1&utm_content=&utm")).is_any());
    }

    #[test]
    fn plain_fields_are_borrowed() {
        assert!(matches!(Utm::read(Query::new("utm_term=boots")).term, Some(Cow::Borrowed("boots"))));
    }

    proptest! {
        #[test]
        fn a_field_is_the_querys_first_that_is_not_empty(text in "(utm_(term|source)=[a%+]{0,3}&){0,5}") {
            let query = Query::new(&text);
            let term = query.pairs().filter(|(name, value)| name == "utm_term" && !value.is_empty()).map(|(_, value)| value).next();
            prop_assert_eq!(Utm::read(query).term, term);
        }
    }
}
