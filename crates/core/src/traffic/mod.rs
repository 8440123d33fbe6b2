//! Where a visit came from: campaign fields, referrer class, click ids.
