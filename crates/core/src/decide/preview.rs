//! Previews: the same decision as another visitor, never counted and never stored.

use crate::consent::Purposes;
use crate::profile::Profile;

/// What a preview pretends; whatever else it pretends, the request says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Consent, instead of the cookie's.
    pub granted: Option<Purposes>,
    /// The profile, instead of the cookie's.
    pub profile: Option<Profile>,
    /// A rule that wins its slot whatever its conditions say, an index into [`crate::bundle::Bundle::rules`].
    pub rule: Option<u32>,
    /// The variant that experiments show, by [`crate::bundle::Variant::name`]; without one, the first that changes
    /// something.
    pub variant: Option<u16>,
}

impl Preview {
    /// Another visitor, who has consented to everything or to nothing, and was or was not here a week ago.
    #[must_use]
    pub fn of_another(consents: bool, returning: bool, now_minutes: u32) -> Self {
        if !consents {
            return Self { granted: Some(Purposes::NONE), ..Self::default() };
        }
        let mut profile = Profile::new([0; 16], now_minutes);
        if returning {
            const WEEK: u32 = 7 * 1_440;
            profile.visits = 2;
            profile.first_seen_minutes = now_minutes.saturating_sub(WEEK);
            profile.previous_visit_minutes = now_minutes.saturating_sub(WEEK);
        }
        Self { granted: Some(Purposes::ALL), profile: Some(profile), ..Self::default() }
    }
}
