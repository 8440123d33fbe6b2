//! `content/**/*.html`: what goes into slots, with language variants beside it.

use std::collections::BTreeMap;

use footlight_core::bundle::Content;
use footlight_core::template::Template;

use crate::diagnostic::{At, contents};
use crate::document::{Excerpt, Offsets};
use crate::program::Program;
use crate::sources::{FileId, Sources};
use crate::template;

const FOLDER: &str = "content/";
const SUFFIX: &str = ".html";

/// A content's files: the default and its variants by locale.
#[derive(Debug, Default)]
struct Files {
    default: Option<FileId>,
    variants: Vec<(String, FileId)>,
}

/// The contents by name.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// By name: where it stands, and its template unless it was wrong.
    pub(crate) by_name: BTreeMap<String, (At, Option<Compiled>)>,
}

/// A content's templates: the default, and one for each locale that has a nearer one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compiled {
    pub(crate) default: Template,
    pub(crate) variants: Vec<(u16, Template)>,
}

impl Compiled {
    /// As a bundle has it.
    pub(crate) fn into_content(self) -> Content {
        Content { default: self.default, variants: self.variants }
    }
}

/// Whether the path is a content's.
pub(crate) fn is_content(path: &str) -> bool {
    path.starts_with(FOLDER) && path.ends_with(SUFFIX)
}

/// Reads every content.
pub(crate) fn read(sources: &Sources, program: &mut Program) -> Contents {
    let mut files: BTreeMap<String, Files> = BTreeMap::new();
    for (path, file) in sources.iter().filter(|(path, _)| is_content(path)) {
        let stem = path.strip_prefix(FOLDER).and_then(|path| path.strip_suffix(SUFFIX)).unwrap_or("");
        let folder = stem.rfind('/').map_or(0, |slash| slash + 1);
        let locale = stem.get(folder..).and_then(|name| name.find('.')).map(|dot| folder + dot);
        match locale.and_then(|dot| stem.split_at_checked(dot)) {
            Some((name, locale)) => {
                let locale = locale.trim_start_matches('.').to_owned();
                files.entry(name.to_owned()).or_default().variants.push((locale, file));
            }
            None => files.entry(stem.to_owned()).or_default().default = Some(file),
        }
    }
    let mut contents = Contents::default();
    for (name, files) in files {
        let first = files.default.or(files.variants.first().map(|(_, file)| *file));
        let Some(first) = first else { continue };
        let compiled = compile(&name, &files, sources, program);
        contents.by_name.insert(name, (At::new(first, 0..0), compiled));
    }
    contents
}

fn compile(name: &str, files: &Files, sources: &Sources, program: &mut Program) -> Option<Compiled> {
    let mut variants = Vec::new();
    let mut is_sound = true;
    for (locale, file) in &files.variants {
        if files.default.is_none() {
            let at = At::new(*file, 0..0);
            program.report(contents::variant_without_default(at, &format!("{FOLDER}{name}{SUFFIX}")));
            is_sound = false;
        }
        if !program.scope.locales.iter().any(|known| known == locale) {
            let known: Vec<String> = program.scope.locales.clone();
            let at = At::new(*file, 0..0);
            program.report(contents::unknown_language(at, locale, known.iter().map(String::as_str)));
            is_sound = false;
        }
        match html(*file, sources, program) {
            Some(template) => variants.push((locale.clone(), template)),
            None => is_sound = false,
        }
    }
    let default = html(files.default?, sources, program)?;
    is_sound.then(|| with_nearest(default, &variants, &program.scope.locales))
}

fn html(file: FileId, sources: &Sources, program: &mut Program) -> Option<Template> {
    let text = sources.read(file, &mut program.diagnostics);
    // The line break that editors put at the end of a file is not part of the content.
    let text = text.trim_end_matches(['\n', '\r']);
    let offsets = Offsets::Shift(0);
    let source = Excerpt::new(text, &offsets, At::new(file, 0..text.len()));
    template::html(source, program)
}

/// Each locale's template: its own, else that of the nearest wider language (`de` for `de-CH`), else the default.
pub(crate) fn with_nearest(
    default: Template,
    variants: &[(String, Template)],
    locales: &[String],
) -> Compiled {
    let nearest = |locale: &str| {
        let mut wider = locale;
        loop {
            if let Some((_, template)) = variants.iter().find(|(variant, _)| variant == wider) {
                return Some(template.clone());
            }
            wider = wider.rsplit_once('-')?.0;
        }
    };
    let variants = locales
        .iter()
        .enumerate()
        .filter_map(|(index, locale)| Some((u16::try_from(index).ok()?, nearest(locale)?)))
        .filter(|(_, template)| *template != default)
        .collect();
    Compiled { default, variants }
}
