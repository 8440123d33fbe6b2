//! Zero-party answers go into the profile.

use alloc::string::String;

use super::{Context, visitor};
use crate::bundle::Bundle;
use crate::consent::Purpose;
use crate::hash::fnv1a;
use crate::profile;
use crate::request::Request;

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The site asks no such question.
    UnknownQuestion,
    /// The question has no such answer.
    UnknownAnswer,
    /// The visitor has not consented to being remembered.
    NoConsent,
    /// No key for profile cookies is configured.
    NoKey,
}

impl AnswerError {
    /// A short name for responses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownQuestion => "unknown-question",
            Self::UnknownAnswer => "unknown-answer",
            Self::NoConsent => "no-consent",
            Self::NoKey => "no-key",
        }
    }
}

/// The profile cookie's new value after the visitor answered `question` with `answer`.
///
/// # Errors
/// See [`AnswerError`].
pub fn answer(
    bundle: &Bundle,
    request: &Request<'_>,
    context: &Context<'_>,
    question: &str,
    answer: &str,
) -> Result<String, AnswerError> {
    let texts = &bundle.texts;
    let asked = bundle.site.questions.iter().find(|asked| texts.get(asked.name) == question);
    let asked = asked.ok_or(AnswerError::UnknownQuestion)?;
    if !asked.answers.iter().any(|&offered| texts.get(offered) == answer) {
        return Err(AnswerError::UnknownAnswer);
    }
    let granted = visitor::granted(bundle, request, context);
    if !granted.contains(Purpose::Personalization) {
        return Err(AnswerError::NoConsent);
    }
    let mut profile = visitor::arrive(bundle, request, context, granted).ok_or(AnswerError::NoKey)?.profile;
    profile.answer(fnv1a(question), fnv1a(answer));
    visitor::forget(&mut profile, bundle);
    profile::encode(&profile, context.keys).ok_or(AnswerError::NoKey)
}
