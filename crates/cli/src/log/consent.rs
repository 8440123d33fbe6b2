//! What visitors are taken to have consented to.

use footlight_core::bundle::Bundle;
use footlight_core::consent::{self, Purpose, Purposes};
use footlight_core::cookie::Cookies;
use footlight_core::request::Request;

/// An assumption about consent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Consent {
    /// What the log's consent cookie says; without one, what holds without a choice.
    Log,
    /// These purposes, everybody.
    Everybody(Purposes),
    /// Everything, this share of visitors in ten-thousandths; the others nothing.
    Share(u64),
}

impl Consent {
    /// Reads `log`, `all`, `none`, `60%` or purposes.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if let Some(percent) = text.strip_suffix('%') {
            let percent: Option<f64> = percent.trim().parse().ok();
            return percent
                .filter(|percent| (0.0..=100.0).contains(percent))
                .map(|percent| Self::Share((percent * 100.0).round() as u64))
                .ok_or_else(|| "a share is from `0%` to `100%`".to_owned());
        }
        let purposes = |name: &str| Purpose::ALL.into_iter().find(|purpose| purpose.name() == name.trim());
        match text {
            "log" => Ok(Self::Log),
            "all" => Ok(Self::Everybody(Purposes::ALL)),
            "none" => Ok(Self::Everybody(Purposes::NECESSARY)),
            _ => text
                .split(',')
                .map(purposes)
                .collect::<Option<Purposes>>()
                .map(|purposes| Self::Everybody(purposes.with(Purpose::Necessary)))
                .ok_or_else(|| {
                    "write `log`, `all`, `none`, a share such as `60%`, or purposes: functional, analytics, personalization, marketing"
                        .to_owned()
                }),
        }
    }

    /// What the visitor of a request has consented to. Global Privacy Control is heeded, whatever is assumed.
    pub(crate) fn granted(&self, bundle: &Bundle, request: &Request<'_>, visitor: &[u8; 16]) -> Purposes {
        let assumed = match self {
            Self::Log => {
                let cookies = Cookies::new(request.cookie);
                return consent::purposes(&bundle.site.consent, &cookies, request.is_gpc());
            }
            Self::Everybody(purposes) => *purposes,
            Self::Share(share) => {
                let number = u128::from_be_bytes(*visitor) % 10_000;
                if number < u128::from(*share) { Purposes::ALL } else { Purposes::NECESSARY }
            }
        };
        if !request.is_gpc() {
            return assumed;
        }
        let refused = Purposes::from(Purpose::Personalization).with(Purpose::Marketing);
        assumed.without(refused).with(Purpose::Necessary)
    }

    /// The assumption in words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Log => "as the log's consent cookie says".to_owned(),
            Self::Everybody(purposes) if *purposes == Purposes::ALL => "everybody to everything".to_owned(),
            Self::Everybody(purposes) if *purposes == Purposes::NECESSARY => "nobody to anything".to_owned(),
            Self::Everybody(purposes) => {
                let names =
                    purposes.iter().filter(|purpose| *purpose != Purpose::Necessary).map(Purpose::name);
                format!("everybody to {}", names.collect::<Vec<_>>().join(" and "))
            }
            Self::Share(share) => {
                format!("{} % of visitors to everything, the others to nothing", *share as f64 / 100.0)
            }
        }
    }
}
