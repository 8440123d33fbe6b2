//! Where a visit came from: campaign fields, click ids, referrer class.
//!
//! - `utm`: the five campaign fields of a query.
//! - `click_id`: the click ids that networks add to a link.
//! - `referrer`: the class of what led here, and in which order its signs count.
//! - `medium`: what a campaign medium tells.
//! - `sites`: the search engines, social networks and mailboxes that are known.

mod click_id;
mod medium;
mod referrer;
mod sites;
mod utm;

pub use click_id::ClickId;
pub use referrer::ReferrerClass;
pub use utm::Utm;
