//! Instants, civil dates, time zones and date formatting.
