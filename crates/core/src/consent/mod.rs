//! Consent: purposes, the site's consent cookie, IAB TCF strings.
