//! For people at a terminal: the source with the place underlined, the other places, the ways out, the mended line.

use super::texts::{Text, Texts};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Padding, Patch, Renderer, Snippet};
use scopewright_model::{Diagnostic, Label, Level, Span};
use std::rc::Rc;

/// Whether text is coloured with terminal escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// For a terminal.
    On,
}

/// Renders findings, with an empty line after each.
pub fn human(diagnostics: &[Diagnostic], texts: &Texts<'_>, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Off => Renderer::plain(),
        Colour::On => Renderer::styled(),
    };
    diagnostics.iter().map(|diagnostic| render(diagnostic, texts, &renderer) + "\n\n").collect()
}

fn render(diagnostic: &Diagnostic, texts: &Texts<'_>, renderer: &Renderer) -> String {
    let places = Places::of(diagnostic, texts);
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut main = level.primary_title(&diagnostic.message).id(diagnostic.code.name()).elements([Padding; 0]);
    for place in &places.0 {
        main = match &place.text {
            Some(text) => main.element(place.snippet(text)),
            None => main.element(place.origin()),
        };
    }
    let suggestion = diagnostic.suggestion.as_ref().and_then(|suggestion| {
        let text = texts.get(&suggestion.span.file)?;
        Some((suggestion, text))
    });
    // The first way out is the one a suggestion carries out.
    let mut ways_out = diagnostic.help.iter();
    let mended = suggestion.as_ref().map(|(suggestion, text)| {
        let title = ways_out.next().map_or("change it", String::as_str);
        let window = Window::around([&suggestion.span], text);
        Group::with_title(Title::HELP.secondary_title(title)).element(
            Snippet::source(window.text.to_owned())
                .path(&*suggestion.span.file)
                .line_start(window.first_line)
                .patch(Patch::new(window.range(&suggestion.span, text), &suggestion.replacement)),
        )
    });
    let mut report = vec![main.elements(ways_out.map(|help| Title::HELP.message(help)))];
    report.extend(mended);
    renderer.render(&report)
}

/// The places of a finding by file, the primary one's first.
struct Places<'d>(Vec<Place<'d>>);

struct Place<'d> {
    file: &'d str,
    labels: Vec<(AnnotationKind, &'d Label)>,
    text: Option<Rc<Text>>,
}

impl<'d> Places<'d> {
    fn of(diagnostic: &'d Diagnostic, texts: &Texts<'_>) -> Self {
        let mut places: Vec<Place<'d>> = Vec::new();
        let primary = std::iter::once((AnnotationKind::Primary, &diagnostic.primary));
        let others = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
        for (kind, label) in primary.chain(others) {
            match places.iter_mut().find(|place| place.file == &*label.span.file) {
                Some(place) => place.labels.push((kind, label)),
                None => places.push(Place {
                    file: &label.span.file,
                    labels: vec![(kind, label)],
                    text: texts.get(&label.span.file),
                }),
            }
        }
        Self(places)
    }
}

impl Place<'_> {
    fn snippet<'t>(&'t self, text: &'t Text) -> Snippet<'t, annotate_snippets::Annotation<'t>> {
        let window = Window::around(self.labels.iter().map(|(_, label)| &label.span), text);
        let annotations = self.labels.iter().map(|(kind, label)| {
            let label_text = (!label.text.is_empty()).then_some(label.text.as_str());
            kind.span(window.range(&label.span, text)).label(label_text)
        });
        Snippet::source(window.text)
            .path(self.file)
            .line_start(window.first_line)
            .annotations(annotations.collect::<Vec<_>>())
    }

    fn origin(&self) -> Origin<'_> {
        let origin = Origin::path(self.file);
        match self.labels.first() {
            Some((_, label)) if label.span != Span::file_start(self.file) => origin
                .line(usize::try_from(label.span.start.line).unwrap_or(1))
                .char_column(usize::try_from(label.span.start.column).unwrap_or(1)),
            _ => origin,
        }
    }
}

/// The lines of a text that a snippet is cut from: no more of a large file than is shown.
struct Window<'t> {
    text: &'t str,
    start: usize,
    first_line: usize,
}

impl<'t> Window<'t> {
    fn around<'s>(spans: impl IntoIterator<Item = &'s Span>, text: &'t Text) -> Self {
        let (mut first, mut last) = (u32::MAX, 1);
        for span in spans {
            first = first.min(span.start.line);
            last = last.max(span.end.line);
        }
        let start = text.line_start(first);
        let end = text.line_start(last.saturating_add(1)).max(start);
        Self {
            text: text.text.get(start..end).unwrap_or_default(),
            start,
            first_line: usize::try_from(first).unwrap_or(1),
        }
    }

    fn range(&self, span: &Span, text: &Text) -> std::ops::Range<usize> {
        let inside = |offset: usize| offset.saturating_sub(self.start).min(self.text.len());
        let (start, end) = (inside(text.offset(span.start)), inside(text.offset(span.end)));
        start..end.max(start)
    }
}
