//! Zero-party answers go into the profile.

use super::{Context, visitor};
use crate::bundle::Bundle;
use crate::consent::Purpose;
use crate::hash::fnv1a;
use crate::profile::Profile;
use crate::request::Request;

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The site asks no such question, or the question has no such answer.
    Unknown,
    /// The visitor has not consented to being remembered.
    NoConsent,
    /// No key for profile cookies is configured.
    NoKey,
}

/// The visitor's profile after the visitor answered a question of [`crate::bundle::Site::questions`] with one of
/// its answers, both by their numbers.
///
/// # Errors
/// See [`AnswerError`].
pub fn answer(
    bundle: &Bundle,
    request: &Request<'_>,
    context: &Context<'_>,
    question: usize,
    answer: usize,
) -> Result<Profile, AnswerError> {
    let asked = bundle.site.questions.get(question).ok_or(AnswerError::Unknown)?;
    let given = *asked.answers.get(answer).ok_or(AnswerError::Unknown)?;
    let granted = visitor::granted(bundle, request, context);
    if !granted.contains(Purpose::Personalization) {
        return Err(AnswerError::NoConsent);
    }
    let mut profile = visitor::arrive(bundle, request, context, granted).ok_or(AnswerError::NoKey)?.profile;
    profile.answer(asked.key, fnv1a(bundle.texts.get(given)));
    visitor::forget(&mut profile, bundle);
    Ok(profile)
}
