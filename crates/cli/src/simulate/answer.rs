//! What a replay came to, with names: for other programs, and for the text.

use std::collections::BTreeMap;

use footlight_core::bundle::Bundle;
use footlight_core::notes::Notes;
use footlight_core::signal;
use footlight_core::stage::Stage;
use footlight_core::time::write_rfc3339;
use serde::Serialize;

use super::counts::{Counts, RuleCount, RuleStageCount, SegmentCount, StageCount, UnknownCount};
use crate::log::{Consent, Fault, Identity, LogArguments, Run, Skipped};
use crate::subject::Subject;
use crate::table::share;

/// The whole.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    pub(crate) log: LogAnswer,
    pub(crate) visitors: u64,
    pub(crate) visitors_forgotten: u64,
    pub(crate) views_out_of_order: u64,
    pub(crate) left_out: LeftOut,
    pub(crate) stages: Vec<StageAnswer>,
    pub(crate) segments: Vec<SegmentAnswer>,
    pub(crate) rules: Vec<RuleAnswer>,
}

/// What was read.
#[derive(Debug, Serialize)]
pub(crate) struct LogAnswer {
    pub(crate) files: Vec<FileAnswer>,
    pub(crate) lines: u64,
    pub(crate) requests: u64,
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) bad_lines: u64,
    pub(crate) bad_lines_by_reason: BTreeMap<&'static str, u64>,
    pub(crate) first_bad_lines: Vec<BadLineAnswer>,
    /// By what page views' visitors were told apart.
    pub(crate) visitors_by: BTreeMap<&'static str, u64>,
    pub(crate) consent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assumed_country: Option<String>,
    pub(crate) seconds: f64,
    pub(crate) lines_per_second: u64,
}

/// One log.
#[derive(Debug, Serialize)]
pub(crate) struct FileAnswer {
    pub(crate) name: String,
    pub(crate) format: &'static str,
    /// Why it ends before its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cut_off: Option<String>,
}

/// A line that is no request.
#[derive(Debug, Serialize)]
pub(crate) struct BadLineAnswer {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) reason: &'static str,
    pub(crate) begins: String,
}

/// Requests that are no page views of people, or of no stage.
#[derive(Debug, Serialize)]
pub(crate) struct LeftOut {
    pub(crate) no_stage: u64,
    pub(crate) bots: u64,
    pub(crate) prefetches: u64,
    pub(crate) method: u64,
    pub(crate) status: u64,
    pub(crate) content_type: u64,
}

/// One stage.
#[derive(Debug, Serialize)]
pub(crate) struct StageAnswer {
    pub(crate) stage: Stage,
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    pub(crate) consented_views: u64,
    pub(crate) personalized_views: u64,
    pub(crate) personalized_share: Option<f64>,
    pub(crate) personalized_visitors: u64,
    pub(crate) held_out_views: u64,
    pub(crate) held_out_visitors: u64,
    /// Signals that rules here read and that were unknown in some view.
    pub(crate) unknown_signals: Vec<UnknownAnswer>,
}

/// A signal that was unknown.
#[derive(Debug, Serialize)]
pub(crate) struct UnknownAnswer {
    pub(crate) signal: String,
    pub(crate) views: u64,
    pub(crate) share: Option<f64>,
    /// Of those, for want of consent.
    pub(crate) no_consent_views: u64,
}

/// One segment.
#[derive(Debug, Serialize)]
pub(crate) struct SegmentAnswer {
    pub(crate) segment: String,
    pub(crate) kind: &'static str,
    pub(crate) visitors: u64,
    /// Of all visitors.
    pub(crate) share: Option<f64>,
    pub(crate) stages: Vec<SegmentStageAnswer>,
}

/// One segment at one stage.
#[derive(Debug, Serialize)]
pub(crate) struct SegmentStageAnswer {
    pub(crate) stage: Stage,
    pub(crate) views: u64,
    /// Of the stage's views.
    pub(crate) share: Option<f64>,
    pub(crate) visitors: u64,
    pub(crate) unknown_views: u64,
}

/// One rule.
#[derive(Debug, Serialize)]
pub(crate) struct RuleAnswer {
    pub(crate) rule: String,
    pub(crate) slot: String,
    pub(crate) priority: i32,
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    /// Of the visitors of its stages; of all, where it has several.
    pub(crate) share: Option<f64>,
    pub(crate) stages: Vec<RuleStageAnswer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) variants: Vec<VariantAnswer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) lost_to: Vec<LostAnswer>,
}

/// One rule at one stage. The numbers are views.
#[derive(Debug, Serialize)]
pub(crate) struct RuleStageAnswer {
    pub(crate) stage: Stage,
    pub(crate) won: u64,
    /// Of the stage's views.
    pub(crate) share: Option<f64>,
    pub(crate) visitors: u64,
    pub(crate) applied: u64,
    pub(crate) lost: u64,
    pub(crate) conflicts: u64,
    pub(crate) over_budget: u64,
    pub(crate) kind_forbidden: u64,
    pub(crate) not_in_experiment: u64,
    pub(crate) no_content: u64,
    pub(crate) capped: u64,
    pub(crate) no_profile: u64,
    pub(crate) too_early: u64,
    pub(crate) too_late: u64,
    pub(crate) review_overdue: u64,
    pub(crate) unknown: u64,
    /// Absent where a stage has too many rules to look at each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) near_misses: Option<u64>,
}

/// One variant of an experiment.
#[derive(Debug, Serialize)]
pub(crate) struct VariantAnswer {
    pub(crate) variant: String,
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    pub(crate) share: Option<f64>,
}

/// A rule that had the slot.
#[derive(Debug, Serialize)]
pub(crate) struct LostAnswer {
    pub(crate) rule: String,
    pub(crate) views: u64,
    pub(crate) same_priority: bool,
}

impl Answer {
    pub(crate) fn new<E>(counts: &Counts, run: &Run<E>, arguments: &LogArguments, subject: &Subject) -> Self {
        let names = Names { bundle: subject.engine.bundle(), notes: &subject.notes };
        let skipped = |kind: Skipped| run.tally.skipped.get(kind as usize).copied().unwrap_or(0);
        Self {
            log: LogAnswer::new(run, arguments),
            visitors: counts.visitors,
            visitors_forgotten: counts.forgotten,
            views_out_of_order: counts.out_of_order,
            left_out: LeftOut {
                no_stage: counts.no_stage,
                bots: counts.bots,
                prefetches: counts.prefetches,
                method: skipped(Skipped::Method),
                status: skipped(Skipped::Status),
                content_type: skipped(Skipped::ContentType),
            },
            stages: stages(counts, subject, &names),
            segments: (0..)
                .zip(&counts.segments)
                .filter_map(|(n, count)| names.segment(n, count, counts))
                .collect(),
            rules: (0..).zip(&counts.rules).filter_map(|(n, count)| names.rule(n, count, counts)).collect(),
        }
    }
}

impl LogAnswer {
    fn new<E>(run: &Run<E>, arguments: &LogArguments) -> Self {
        let tally = &run.tally;
        let file = |log: usize| run.logs.get(log).map_or("", |log| &log.name).to_owned();
        let seconds = run.elapsed.as_secs_f64();
        let moment = |at_ms: i64| {
            let mut text = String::new();
            write_rfc3339(at_ms, &mut text);
            text
        };
        Self {
            files: run
                .logs
                .iter()
                .map(|log| FileAnswer {
                    name: log.name.clone(),
                    format: log.format.name(),
                    cut_off: log.cut_off.as_ref().map(ToString::to_string),
                })
                .collect(),
            lines: tally.lines,
            requests: tally.views,
            from: tally.period_ms.map(|(first, _)| moment(first)),
            until: tally.period_ms.map(|(_, last)| moment(last)),
            bad_lines: tally.bad_count(),
            bad_lines_by_reason: counted(Fault::ALL.map(Fault::name), &tally.faults),
            first_bad_lines: tally
                .bad_lines
                .iter()
                .map(|bad| BadLineAnswer {
                    file: file(bad.log),
                    line: bad.line,
                    reason: bad.fault.name(),
                    begins: bad.begins.clone(),
                })
                .collect(),
            visitors_by: counted(Identity::ALL.map(Identity::name), &tally.identities),
            consent: Consent::words(&arguments.consent),
            assumed_country: arguments.country.clone(),
            seconds: (seconds * 1_000.0).round() / 1_000.0,
            lines_per_second: if seconds > 0.0 { (tally.lines as f64 / seconds) as u64 } else { 0 },
        }
    }
}

fn counted<const N: usize>(names: [&'static str; N], counts: &[u64]) -> BTreeMap<&'static str, u64> {
    names.into_iter().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}

fn stages(counts: &Counts, subject: &Subject, names: &Names<'_>) -> Vec<StageAnswer> {
    let replay = footlight_core::decide::Replay::new(&subject.engine);
    let answer = |(stage, count): (Stage, &StageCount)| StageAnswer {
        stage,
        views: count.views,
        visitors: count.visitors,
        consented_views: count.consented,
        personalized_views: count.personalized,
        personalized_share: share(count.personalized, count.views),
        personalized_visitors: count.personalized_visitors,
        held_out_views: count.held_out,
        held_out_visitors: count.held_out_visitors,
        unknown_signals: count
            .unknown
            .iter()
            .zip(replay.signals(stage))
            .filter(|(unknown, _)| unknown.views > 0)
            .map(|(&UnknownCount { views, no_consent }, &signal)| UnknownAnswer {
                signal: names.signal(signal),
                views,
                share: share(views, count.views),
                no_consent_views: no_consent,
            })
            .collect(),
    };
    Stage::ALL.into_iter().zip(&counts.stages).map(answer).collect()
}

struct Names<'s> {
    bundle: &'s Bundle,
    notes: &'s Notes,
}

impl Names<'_> {
    fn signal(&self, signal: signal::Signal) -> String {
        let mut name = String::new();
        signal::write_name(self.bundle, self.notes, signal, &mut name);
        name
    }

    fn segment(&self, number: usize, count: &SegmentCount, counts: &Counts) -> Option<SegmentAnswer> {
        let note = self.notes.segments.get(number)?;
        let stages = Stage::ALL.into_iter().zip(&count.stages).zip(&counts.stages);
        Some(SegmentAnswer {
            segment: note.id.clone(),
            kind: note.kind.name(),
            visitors: count.visitors,
            share: share(count.visitors, counts.visitors),
            stages: stages
                .filter(|(_, stage)| stage.views > 0)
                .map(|((stage, count), all)| SegmentStageAnswer {
                    stage,
                    views: count.views,
                    share: share(count.views, all.views),
                    visitors: count.visitors,
                    unknown_views: count.unknown,
                })
                .collect(),
        })
    }

    fn rule(&self, number: u32, count: &RuleCount, counts: &Counts) -> Option<RuleAnswer> {
        let rule = self.bundle.rules.get(number as usize)?;
        let name = |number: u32| self.notes.rules.get(number as usize).cloned().unwrap_or_default();
        let stages = Stage::ALL.into_iter().zip(&count.stages).zip(&counts.stages);
        let stages = stages.filter(|((stage, _), _)| rule.stages.contains(*stage));
        let of: Vec<u64> = stages.clone().map(|(_, all)| all.visitors).collect();
        let won = count.won();
        let variants = rule.variants.iter().zip(&count.variants).filter(|_| rule.experiment.is_some());
        let lost = counts.lost.range((number, 0)..=(number, u32::MAX));
        let mut lost_to: Vec<LostAnswer> = lost
            .map(|(&(_, by), &views)| LostAnswer {
                rule: name(by),
                views,
                same_priority: self
                    .bundle
                    .rules
                    .get(by as usize)
                    .is_some_and(|by| by.priority == rule.priority),
            })
            .collect();
        lost_to.sort_by(|a, b| b.views.cmp(&a.views).then_with(|| a.rule.cmp(&b.rule)));
        Some(RuleAnswer {
            rule: name(number),
            slot: self.notes.slots.get(usize::from(rule.slot)).cloned().unwrap_or_default(),
            priority: rule.priority,
            views: won,
            visitors: count.visitors,
            share: match of.as_slice() {
                [one] => share(count.visitors, *one),
                _ => share(count.visitors, counts.visitors),
            },
            stages: stages.map(|((stage, count), all)| rule_stage(self.bundle, stage, *count, all)).collect(),
            variants: variants
                .map(|(variant, count)| VariantAnswer {
                    variant: self.notes.variants.get(usize::from(variant.name)).cloned().unwrap_or_default(),
                    views: count.views,
                    visitors: count.visitors,
                    share: share(count.views, won),
                })
                .collect(),
            lost_to,
        })
    }
}

fn rule_stage(bundle: &Bundle, stage: Stage, count: RuleStageCount, all: &StageCount) -> RuleStageAnswer {
    let plan = bundle.stages.get(stage as usize);
    let looks_at_all = plan.is_some_and(footlight_core::decide::Replay::looks_at_all);
    RuleStageAnswer {
        stage,
        won: count.won,
        share: share(count.won, all.views),
        visitors: count.visitors,
        applied: count.applied,
        lost: count.lost,
        conflicts: count.conflicts,
        over_budget: count.over_budget,
        kind_forbidden: count.forbidden,
        not_in_experiment: count.not_in_experiment,
        no_content: count.no_content,
        capped: count.capped,
        no_profile: count.no_profile,
        too_early: count.too_early,
        too_late: count.too_late,
        review_overdue: count.overdue,
        unknown: count.unknown,
        near_misses: looks_at_all.then_some(count.near_misses),
    }
}
