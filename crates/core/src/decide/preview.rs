//! Previews: the same decision as another visitor, never counted and never stored.

use alloc::string::String;

use crate::ascii::{cut, pieces};
use crate::bundle::{Bundle, GeoFact};
use crate::consent::Purposes;
use crate::profile::Profile;
use crate::request::Request;
use crate::time;

/// What a preview pretends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Consent, instead of the cookie's.
    pub granted: Option<Purposes>,
    /// The profile, instead of the cookie's.
    pub profile: Option<Profile>,
    /// A rule that wins its slot whatever its conditions say, an index into [`Bundle::rules`].
    pub rule: Option<u32>,
    /// The variant by name that experiments show; without one, the first that changes something.
    pub variant: Option<String>,
}

/// What is wrong with a preview's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewError {
    /// There is no such thing to pretend.
    UnknownKey(String),
    /// The value is none that the key takes.
    BadValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
}

impl Preview {
    /// Reads `country:CH,device:phone,returning:true,at:2026-12-01T10:00:00Z,rule:ID` and applies what concerns the
    /// request to it. The visitor of a preview has consented to everything.
    ///
    /// # Errors
    /// What is wrong with the first part that cannot be read.
    pub fn read<'a>(
        description: &'a str,
        bundle: &Bundle,
        request: &mut Request<'a>,
    ) -> Result<Self, PreviewError> {
        let mut preview = Self { granted: Some(Purposes::ALL), ..Self::default() };
        let mut returning = false;
        for part in pieces(description, b',').filter(|part| !part.is_empty()) {
            let (key, value) = cut(part, b':').unwrap_or((part, ""));
            let bad = || PreviewError::BadValue { key: key.into(), value: value.into() };
            match key {
                "country" => set_geo(request, GeoFact::Country, value),
                "region" => set_geo(request, GeoFact::Region, value),
                "city" => set_geo(request, GeoFact::City, value),
                "postal" => set_geo(request, GeoFact::PostalCode, value),
                "zone" => set_geo(request, GeoFact::TimeZone, value),
                "language" => request.accept_language = value,
                "device" => {
                    request.user_agent = crate::device::example_user_agent(value).ok_or_else(bad)?;
                    (request.brands, request.mobile, request.platform) = ("", "", "");
                }
                "returning" => returning = parse_bool(value).ok_or_else(bad)?,
                "at" => request.now_ms = time::parse_rfc3339(value).ok_or_else(bad)?,
                "consent" if !parse_bool(value).ok_or_else(bad)? => preview.granted = Some(Purposes::NONE),
                "consent" => {}
                "rule" => {
                    let texts = &bundle.texts;
                    let found =
                        bundle.rules.iter().position(|rule| texts.get(rule.id) == value).ok_or_else(bad)?;
                    preview.rule = u32::try_from(found).ok();
                }
                "variant" => preview.variant = Some(value.into()),
                _ => return Err(PreviewError::UnknownKey(key.into())),
            }
        }
        let now = request.now_minutes();
        let mut profile = Profile::new([0; 16], now);
        if returning {
            const WEEK: u32 = 7 * 1_440;
            profile.visits = 2;
            profile.first_seen_minutes = now.saturating_sub(WEEK);
            profile.previous_visit_minutes = now.saturating_sub(WEEK);
        }
        let remembers = preview.granted == Some(Purposes::ALL);
        preview.profile = remembers.then_some(profile);
        Ok(preview)
    }
}

fn set_geo<'a>(request: &mut Request<'a>, fact: GeoFact, value: &'a str) {
    if let Some(place) = request.geo.get_mut(fact as usize) {
        *place = value;
    }
}

fn parse_bool(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
