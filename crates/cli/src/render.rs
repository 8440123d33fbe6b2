//! Diagnostics for people, with the source lines they speak of.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use footlight_compiler::diagnostic::Place;
use footlight_compiler::{At, Diagnostic, FileId, Severity, Sources};

use crate::output;

/// Writes all diagnostics. Colours vanish when nobody sees them.
pub(crate) fn diagnostics(all: &[Diagnostic], sources: &Sources, root: &Path) {
    for diagnostic in all {
        let text = if output::is_plain() {
            spoken(diagnostic, sources, root)
        } else {
            text(diagnostic, sources, root)
        };
        anstream::eprintln!("{text}\n");
    }
}

/// A diagnostic with its source lines, in colours.
pub(crate) fn text(diagnostic: &Diagnostic, sources: &Sources, root: &Path) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name);
    let mut group = Group::with_title(title);
    let (own, others): (Vec<_>, Vec<_>) =
        diagnostic.labels.iter().partition(|label| label.at.file == diagnostic.at.file);
    let all = own.iter().map(|label| label.at).chain([diagnostic.at]);
    let window = Window::around(all, sources);
    let mut primary = AnnotationKind::Primary.span(window.visible(diagnostic.at));
    if let Some(label) = &diagnostic.label {
        primary = primary.label(label.as_str());
    }
    let mut snippet = window.snippet(root).annotation(primary);
    for label in own {
        let context = AnnotationKind::Context.span(window.visible(label.at)).label(label.message.as_str());
        snippet = snippet.annotation(context);
    }
    group = group.element(snippet);
    for label in others {
        let window = Window::around([label.at], sources);
        let context = AnnotationKind::Context.span(window.visible(label.at)).label(label.message.as_str());
        group = group.element(window.snippet(root).annotation(context));
    }
    group = group.element(Level::NOTE.message(diagnostic.code.why));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group])
}

/// The lines of a file that a diagnostic speaks of. The renderer reads all that it gets, so it gets no more.
struct Window<'s> {
    sources: &'s Sources,
    file: FileId,
    start: usize,
    text: &'s str,
}

impl<'s> Window<'s> {
    /// The lines around places of one file.
    fn around(places: impl IntoIterator<Item = At>, sources: &'s Sources) -> Self {
        let mut places = places.into_iter();
        let Some(first) = places.next() else {
            return Self { sources, file: At::nowhere().file, start: 0, text: "" };
        };
        let (from, to) =
            places.fold((first.start, first.end), |(from, to), at| (from.min(at.start), to.max(at.end)));
        let whole = sources.text(first.file);
        let (from, to) = ((from as usize).min(whole.len()), (to as usize).min(whole.len()));
        let start = whole.get(..from).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let end = whole
            .get(to..)
            .and_then(|behind| behind.find('\n'))
            .map_or(whole.len(), |newline| to + newline + 1);
        Self { sources, file: first.file, start, text: whole.get(start..end).unwrap_or("") }
    }

    fn snippet(&self, root: &Path) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let path = root.join(self.sources.path(self.file));
        let line = self.sources.place(At::new(self.file, self.start..self.start)).start.line;
        Snippet::source(self.text).line_start(line).path(path.to_string_lossy().into_owned())
    }

    /// The span within the window; one of nothing stands for the character that follows.
    fn visible(&self, at: At) -> Range<usize> {
        let span = at.span();
        let within = |offset: usize| offset.saturating_sub(self.start).min(self.text.len());
        let (start, end) = (within(span.start), within(span.end));
        start..end.max(start)
    }
}

/// A diagnostic for who hears it: one sentence a line.
fn spoken(diagnostic: &Diagnostic, sources: &Sources, root: &Path) -> String {
    let where_ = |place: &Place| format!("{}, line {}", root.join(&place.file).display(), place.start.line);
    let report = diagnostic.report(sources);
    let mut lines = vec![
        format!("{} {} in {}.", capital(report.severity), report.code, where_(&report.place)),
        sentence(&report.message),
    ];
    lines.extend(report.label.iter().map(|label| sentence(label)));
    lines.push(format!("Why: {}", sentence(report.why)));
    let labels = report.labels.iter();
    lines.extend(labels.map(|label| format!("See {}: {}", where_(&label.place), sentence(&label.message))));
    lines.extend(report.help.iter().map(|help| format!("Help: {}", sentence(help))));
    lines.join("\n")
}

fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{}{end}", capital(text))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
