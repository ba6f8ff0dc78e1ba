//! For people at a terminal: the source with the place underlined, the other places, the ways out, the mended line.

use super::excerpt::Excerpt;
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
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let shown: Vec<(&str, Rc<Text>)> =
        labels.filter_map(|label| Some((&*label.span.file, texts.get(&label.span.file)?))).collect();
    let places = Places::of(diagnostic, &shown);
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut main = level.primary_title(&diagnostic.message).id(diagnostic.code.name()).elements([Padding; 0]);
    for place in &places.0 {
        main = match &place.excerpt {
            Some(excerpt) => main.element(place.snippet(excerpt)),
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
        let excerpt = Excerpt::around([&suggestion.span], text);
        let range = excerpt.range(&suggestion.span, text);
        Group::with_title(Title::HELP.secondary_title(title)).element(
            Snippet::source(excerpt.text.into_owned())
                .path(&*suggestion.span.file)
                .line_start(excerpt.first_line)
                .patch(Patch::new(range, &suggestion.replacement)),
        )
    });
    let mut report = vec![main.elements(ways_out.map(|help| Title::HELP.message(help)))];
    report.extend(mended);
    let mut output = renderer.render(&report);
    for place in &places.0 {
        place.correct(&mut output);
    }
    output
}

/// The places of a finding by file, the primary one's first.
struct Places<'d>(Vec<Place<'d>>);

struct Place<'d> {
    file: &'d str,
    labels: Vec<(AnnotationKind, &'d Label)>,
    text: Option<&'d Text>,
    excerpt: Option<Excerpt<'d>>,
}

impl<'d> Places<'d> {
    fn of(diagnostic: &'d Diagnostic, texts: &'d [(&'d str, Rc<Text>)]) -> Self {
        let mut places: Vec<Place<'d>> = Vec::new();
        let primary = std::iter::once((AnnotationKind::Primary, &diagnostic.primary));
        let others = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
        for (kind, label) in primary.chain(others) {
            match places.iter_mut().find(|place| place.file == &*label.span.file) {
                Some(place) => place.labels.push((kind, label)),
                None => places.push(Place {
                    file: &label.span.file,
                    labels: vec![(kind, label)],
                    text: texts.iter().find(|(file, _)| *file == &*label.span.file).map(|(_, text)| &**text),
                    excerpt: None,
                }),
            }
        }
        for place in &mut places {
            let spans = place.labels.iter().map(|(_, label)| &label.span);
            place.excerpt = place.text.map(|text| Excerpt::around(spans, text));
        }
        Self(places)
    }
}

impl Place<'_> {
    fn snippet<'t>(&'t self, excerpt: &'t Excerpt<'_>) -> Snippet<'t, annotate_snippets::Annotation<'t>> {
        let annotations = self.labels.iter().filter_map(|(kind, label)| {
            let label_text = (!label.text.is_empty()).then_some(label.text.as_str());
            Some(kind.span(excerpt.range(&label.span, self.text?)).label(label_text))
        });
        Snippet::source(&*excerpt.text)
            .path(self.file)
            .line_start(excerpt.first_line)
            .annotations(annotations.collect::<Vec<_>>())
    }

    /// Writes the true place into the heading of what was cut, which counts the columns that are shown.
    fn correct(&self, rendered: &mut String) {
        let is_cut = self.excerpt.as_ref().is_some_and(Excerpt::is_cut);
        let primary = self.labels.iter().find(|(kind, _)| *kind == AnnotationKind::Primary);
        let first = || self.labels.iter().min_by_key(|(_, label)| label.span.start);
        let Some((_, label)) = primary.or_else(first).filter(|_| is_cut) else { return };
        let is_heading = |at: &usize| {
            let line = rendered.get(..*at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
            line.contains("-->") || line.contains(":::")
        };
        let title = format!("{}:", self.file);
        let Some(start) = rendered.match_indices(&title).map(|(at, _)| at).find(is_heading) else { return };
        let after =
            |text: &str| text.find(|next: char| !next.is_ascii_digit() && next != ':').unwrap_or(text.len());
        let numbers = start + self.file.len();
        let end = numbers + rendered.get(numbers..).map_or(0, after);
        rendered.replace_range(start..end, &label.span.to_string());
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
