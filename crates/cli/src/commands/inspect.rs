//! `footlight inspect`: what is inside of a bundle.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use footlight_compiler::file;
use footlight_core::bundle::{Bundle, CacheClass, Loaded, load, signature};
use footlight_core::notes::Notes;
use footlight_core::signal;
use footlight_core::stage::Stage;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::release::live_bundle;
use crate::signing::hexadecimal;

/// Show what is inside of a bundle: its name, its rules by stage, and how far responses are shared.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The bundle; `live:TARGET` for the one that is live there.
    file: PathBuf,
}

#[derive(Serialize)]
struct Answer {
    id: String,
    site: String,
    created_s: u64,
    bytes: usize,
    signed_by: Option<String>,
    rules: usize,
    segments: usize,
    contents: usize,
    conditions: usize,
    texts: usize,
    markets: Vec<String>,
    stages: Vec<StageAnswer>,
}

#[derive(Serialize)]
struct StageAnswer {
    stage: &'static str,
    cache: String,
    max_interventions: u8,
    rules: Vec<RuleAnswer>,
}

#[derive(Serialize)]
struct RuleAnswer {
    id: String,
    slot: String,
    kind: &'static str,
    priority: i32,
}

impl Inspect {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let bytes = match self.file.to_str().and_then(|text| text.strip_prefix("live:")) {
            Some(target) => live_bundle(target)?,
            None => fs::read(&self.file).map_err(|error| Failure::Read { path: self.file.clone(), error })?,
        };
        let unusable = |error| Failure::BadBundle { path: self.file.clone(), error };
        let (_, signed) = signature(&bytes).map_err(unusable)?;
        let loaded = load(&bytes, "").map_err(unusable)?;
        let notes = file::notes(&bytes).map_err(unusable)?;
        let answer =
            Answer::of(&loaded, notes, bytes.len(), signed.map(|signed| hexadecimal(&signed.key_id)));
        match format {
            Format::Json => output::json(&answer),
            Format::Text => answer.print(),
        }
        Ok(Outcome::Fine)
    }
}

impl Answer {
    fn of(loaded: &Loaded, notes: Notes, bytes: usize, signed_by: Option<String>) -> Self {
        let bundle = &loaded.bundle;
        Self {
            id: loaded.id.to_string(),
            site: loaded.header.site.clone(),
            created_s: loaded.header.created_s,
            bytes,
            signed_by,
            rules: bundle.rules.len(),
            segments: bundle.segments.len(),
            contents: bundle.contents.len(),
            conditions: bundle.nodes.len(),
            texts: bundle.texts.len(),
            stages: Stage::ALL
                .into_iter()
                .filter_map(|stage| StageAnswer::of(bundle, &notes, stage))
                .collect(),
            markets: notes.markets,
        }
    }

    fn print(&self) {
        anstream::println!("bundle      {}", self.id);
        anstream::println!("site        {}", self.site);
        anstream::println!("size        {} bytes", self.bytes);
        anstream::println!("signed by   {}", self.signed_by.as_deref().unwrap_or("nobody"));
        anstream::println!("markets     {}", self.markets.join(", "));
        anstream::println!(
            "holds       {} rules, {} segments, {} contents, {} conditions, {} texts",
            self.rules,
            self.segments,
            self.contents,
            self.conditions,
            self.texts
        );
        anstream::println!(
            "\nRules stand in their order: priority, then id. The first that applies has its slot."
        );
        for stage in &self.stages {
            anstream::println!(
                "\n{}  ({}; at most {} interventions)",
                stage.stage,
                stage.cache,
                stage.max_interventions
            );
            for rule in &stage.rules {
                anstream::println!(
                    "  {:>6}  {:<12}  {:<10}  {}",
                    rule.priority,
                    rule.slot,
                    rule.kind,
                    rule.id
                );
            }
        }
    }
}

impl StageAnswer {
    fn of(bundle: &Bundle, notes: &Notes, stage: Stage) -> Option<Self> {
        let plan = bundle.stages.get(stage as usize)?;
        let rules = plan
            .rules
            .iter()
            .filter_map(|&index| Some((notes.rules.get(index as usize)?, bundle.rules.get(index as usize)?)));
        Some(Self {
            stage: stage.name(),
            cache: cache(bundle, notes, &plan.cache),
            max_interventions: plan.max_interventions,
            rules: rules
                .map(|(id, rule)| RuleAnswer {
                    id: id.clone(),
                    slot: notes.slots.get(usize::from(rule.slot)).cloned().unwrap_or_default(),
                    kind: rule.kind.name(),
                    priority: rule.priority,
                })
                .collect(),
        })
    }
}

fn cache(bundle: &Bundle, notes: &Notes, class: &CacheClass) -> String {
    match class {
        CacheClass::Static => "static".to_owned(),
        CacheClass::Private => "private".to_owned(),
        CacheClass::Shared { key, variants } => {
            let names: Vec<String> = key
                .iter()
                .map(|&signal| {
                    let mut name = String::new();
                    signal::write_name(bundle, notes, signal, &mut name);
                    name
                })
                .collect();
            format!("shared by {}: at most {variants} variants", names.join(", "))
        }
    }
}
