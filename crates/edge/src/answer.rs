//! Why an answer is not taken, for the person who gave it.

use footlight_core::decide::AnswerError;

pub(crate) fn message(error: AnswerError) -> &'static str {
    match error {
        AnswerError::UnknownQuestion => "the shop does not ask this question",
        AnswerError::UnknownAnswer => "the question has no such answer",
        AnswerError::NoConsent => "without consent to personalization nothing is remembered",
        AnswerError::NoKey => "the shop remembers no answers at present",
    }
}
