//! How a log is replayed, as the command line says it.

use clap::Args;

use super::consent::Consent;
use super::detect::LogFormat;
use super::visitor::VisitorBy;

/// How a log is replayed.
#[derive(Clone, Debug, Args)]
pub(crate) struct LogArguments {
    /// The log's format; found out by its first lines when left out.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
    /// How visitors are told apart: `id` (the log's own; where it has none, address and browser), `client` (address and
    /// browser) or `cookie:NAME`.
    #[arg(long, value_name = "HOW", default_value = "id", value_parser = VisitorBy::parse)]
    pub(crate) visitor: VisitorBy,
    /// What visitors have consented to: `log` (what its consent cookie says), `all`, `none`, a share of visitors such as
    /// `60%`, or purposes separated by commas.
    #[arg(long, value_name = "WHAT", default_value = "log", value_parser = Consent::parse)]
    pub(crate) consent: Consent,
    /// The country of visitors of whom the log says none, such as DE.
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Moves all times so that the log begins then: to try rules of next month with last month's visitors.
    #[arg(long, value_name = "TIME")]
    pub(crate) starting: Option<String>,
    /// How many visitors are remembered at once; who was not seen for longest is forgotten first.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) remember: u32,
    /// Threads; as many as there are cores when left out.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
}

impl LogArguments {
    pub(crate) fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.threads.map_or_else(cores, usize::from)
    }
}
