//! The profile: what the shop knows of a visitor, held in the visitor's own first-party cookie.

mod affinity;
mod codec;
mod record;

pub use affinity::Affinity;
pub use codec::{COOKIE_NAME, Keys, MAX_COOKIE_BYTES, ProfileError, decode, encode, largest_cookie};
pub use record::{Exposed, Profile, Seen};
