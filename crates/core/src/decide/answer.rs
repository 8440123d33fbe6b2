//! Who makes a request, outside of a decision; and zero-party answers, which go into the profile.

use super::{Context, visitor};
use crate::bundle::Bundle;
use crate::consent::Purpose;
use crate::hash::fnv1a;
use crate::profile::Profile;
use crate::request::Request;

/// Why a visitor is not recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// The visitor has not consented to being remembered.
    NoConsent,
    /// No key for profile cookies is configured.
    NoKey,
}

/// The profile of the visitor who makes a request; a new one, with the request's entropy as its id, if there is none. A
/// decision on the same request would begin with the same.
///
/// # Errors
/// See [`Stranger`].
pub fn recognize(bundle: &Bundle, request: &Request<'_>, context: &Context<'_>) -> Result<Profile, Stranger> {
    let granted = visitor::granted(bundle, request, context);
    if !granted.contains(Purpose::Personalization) {
        return Err(Stranger::NoConsent);
    }
    let visitor = visitor::arrive(bundle, request, context, granted).ok_or(Stranger::NoKey)?;
    Ok(visitor.profile)
}

/// Notes in a profile that the visitor answered a question of [`crate::bundle::Site::questions`] with one of its answers,
/// both by their numbers. Returns whether there are such ones.
pub fn answer(bundle: &Bundle, profile: &mut Profile, question: usize, answer: usize) -> bool {
    let Some(asked) = bundle.site.questions.get(question) else { return false };
    let Some(&given) = asked.answers.get(answer) else { return false };
    profile.answer(asked.key, fnv1a(bundle.texts.get(given)));
    visitor::forget(profile, bundle);
    true
}
