//! Diagnostics for people, with the source lines they speak of.

use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use footlight_compiler::{At, Diagnostic, Severity, Sources};

/// Writes all diagnostics and a line that counts them. Colours vanish when nobody sees them.
pub(crate) fn diagnostics(all: &[Diagnostic], sources: &Sources, root: &Path) {
    for diagnostic in all {
        anstream::eprintln!("{}\n", text(diagnostic, sources, root));
    }
}

fn text(diagnostic: &Diagnostic, sources: &Sources, root: &Path) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name);
    let mut group = Group::with_title(title);
    let own: Vec<_> = diagnostic.labels.iter().filter(|label| label.at.file == diagnostic.at.file).collect();
    let mut primary = AnnotationKind::Primary.span(visible(diagnostic.at, sources));
    if let Some(label) = &diagnostic.label {
        primary = primary.label(label.as_str());
    }
    let mut snippet = snippet(diagnostic.at, sources, root).annotation(primary);
    for label in own {
        let context = AnnotationKind::Context.span(visible(label.at, sources)).label(label.message.as_str());
        snippet = snippet.annotation(context);
    }
    group = group.element(snippet);
    for label in diagnostic.labels.iter().filter(|label| label.at.file != diagnostic.at.file) {
        let context = AnnotationKind::Context.span(visible(label.at, sources)).label(label.message.as_str());
        group = group.element(self::snippet(label.at, sources, root).annotation(context));
    }
    group = group.element(Level::NOTE.message(diagnostic.code.why));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group])
}

fn snippet<'s>(at: At, sources: &'s Sources, root: &Path) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
    let path = root.join(sources.path(at.file));
    Snippet::source(sources.text(at.file)).path(path.to_string_lossy().into_owned())
}

/// The span within the text; one of nothing stands for the character that follows.
fn visible(at: At, sources: &Sources) -> std::ops::Range<usize> {
    let text = sources.text(at.file);
    let span = at.span();
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    start..end.max(start)
}
