//! Reads the attributes of a handler: which are ours is a question of names, what they say is one of the grammar.

use crate::facts::{Attribute, Place};
use crate::world::{FnId, Location, Target, World};
use proc_macro2::{Span as TokenSpan, TokenStream};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{
    Annotation, Code, DeclaredRule, Diagnostic, MayRequire, ModeRule, ScopeName, ScopeSpelling, Span, Spanned,
};
use scopewright_syntax as syntax;
use scopewright_syntax::AttributeKind;

/// The packages our attributes come from.
const OURS: &[&str] = &["scopewright", "scopewright_macros"];

impl World<'_> {
    /// What is written on a function, if anything. Mistakes are noted; an attribute that may be off counts for nothing.
    pub fn annotation_of(&mut self, id: FnId) -> Option<Annotation> {
        let def = self.functions.get(id.0)?;
        let (file, module) = (def.file, def.module);
        let mut attributes = Vec::new();
        let function = self.function(id)?;
        let mut debug_handler = None;
        for attribute in &function.attributes {
            let names: Vec<String> =
                attribute.path.segments.iter().map(|segment| segment.name.clone()).collect();
            let targets = self.resolve(module, &names, attribute.path.absolute);
            let Some(kind) = targets.iter().find_map(our_kind) else {
                if attribute.path.last() == "debug_handler" {
                    debug_handler = Some(attribute);
                }
                continue;
            };
            if let Some(above) = debug_handler.take() {
                self.debug_handler_above(file, above, attribute);
            }
            match &attribute.conditional {
                Some(condition) => self.conditional(file, attribute, condition),
                None => attributes.push((kind, attribute)),
            }
        }
        self.parse(file, &attributes)
    }

    /// axum's `debug_handler` looks at the parameters before ours puts the guard among them.
    fn debug_handler_above(&mut self, file: crate::world::FileId, above: &Attribute, ours: &Attribute) {
        let span = self.span(Location { file, place: above.place });
        let ours = self.span(Location { file, place: ours.place });
        self.diagnostics.push(
            Diagnostic::new(
                Code::InvalidAttribute,
                "`debug_handler` stands above the decision",
                span,
                "sees the handler before the guard is among its parameters",
            )
            .also(ours, "puts the guard there")
            .help("write `debug_handler` below the decision"),
        );
    }

    fn conditional(&mut self, file: crate::world::FileId, attribute: &Attribute, condition: &str) {
        let span = self.span(Location { file, place: attribute.place });
        self.diagnostics.push(
            Diagnostic::new(
                Code::ConditionalAttribute,
                format!("this decision holds only in builds with `{condition}`"),
                span,
                "in every other build the handler is bare, so this counts for nothing",
            )
            .help("write the attribute without `cfg_attr`")
            .help("or register a handler of its own for each build, under `#[cfg(..)]`"),
        );
    }

    fn parse(
        &mut self,
        file: crate::world::FileId,
        attributes: &[(AttributeKind, &Attribute)],
    ) -> Option<Annotation> {
        attributes.first()?;
        let mut parsed = Vec::new();
        for (kind, attribute) in attributes {
            let padding = " ".repeat(attribute.arguments_at.column.saturating_sub(1) as usize);
            let text = format!("{padding}{}", attribute.arguments.as_deref().unwrap_or_default());
            let args: TokenStream = text.parse().unwrap_or_default();
            parsed.push(syntax::Attribute { kind: *kind, span: TokenSpan::call_site(), args });
        }
        // Each attribute on its own: only so is it known which text a span is in.
        let places = Places { attributes, world: self, file };
        let mut annotation = Annotation {
            rules: Vec::new(),
            may_require: Vec::new(),
            status: None,
            span: places.whole(0).unwrap_or_else(|| Span::file_start("")),
        };
        let mut wrong = Vec::new();
        for (at, attribute) in parsed.iter().enumerate() {
            match syntax::parse_annotation(std::slice::from_ref(attribute)) {
                Ok(Some(one)) => places.add(at, one, &mut annotation),
                Ok(None) => {}
                Err(errors) => {
                    wrong.extend(errors.into_iter().map(|error| (places.span(at, error.span), error)));
                }
            }
        }
        if wrong.is_empty()
            && parsed.len() > 1
            && let Err(errors) = syntax::parse_annotation(&parsed)
        {
            let last = parsed.len().saturating_sub(1);
            wrong.extend(errors.into_iter().map(|error| (places.span(last, error.span), error)));
        }
        let is_right = wrong.is_empty();
        for (span, error) in wrong {
            self.diagnostics
                .push(Diagnostic::new(Code::InvalidAttribute, error.message, span, "").help(error.help));
        }
        (is_right && !annotation.rules.is_empty()).then_some(annotation)
    }
}

fn our_kind(target: &Target) -> Option<AttributeKind> {
    match target {
        Target::External(path) if path.first().is_some_and(|first| OURS.contains(&first.as_str())) => {
            AttributeKind::from_name(path.last()?)
        }
        _ => None,
    }
}

/// Spans of parsed attributes to places in the file.
struct Places<'a, 'w> {
    attributes: &'a [(AttributeKind, &'a Attribute)],
    world: &'a World<'w>,
    file: crate::world::FileId,
}

impl Places<'_, '_> {
    fn whole(&self, at: usize) -> Option<Span> {
        let (_, attribute) = self.attributes.get(at)?;
        Some(self.world.span(Location { file: self.file, place: attribute.place }))
    }

    /// The place of a span in an attribute's arguments; the attribute for a span that is in no text.
    fn span(&self, at: usize, span: TokenSpan) -> Span {
        let fallback = || self.whole(at).unwrap_or_else(|| Span::file_start(""));
        let Some((_, attribute)) = self.attributes.get(at) else { return fallback() };
        // What a macro wrote has no text of its own in the file.
        if span.byte_range() == (0..0) || attribute.arguments_at.made != 0 {
            return fallback();
        }
        let (start, end) = (span.start(), span.end());
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let below = attribute.arguments_at.line.saturating_sub(1);
        let place = Place {
            line: number(start.line) + below,
            column: number(start.column) + 1,
            end_line: number(end.line) + below,
            end_column: number(end.column) + 1,
            made: 0,
        };
        self.world.span(Location { file: self.file, place })
    }

    fn add(&self, at: usize, from: syntax::Annotation, into: &mut Annotation) {
        for rule in from.rules {
            into.rules.push(ModeRule {
                via: rule.via.map(|via| Spanned::new(via.text, self.span(at, via.span))),
                rule: self.rule(at, rule.rule),
                span: self.span(at, rule.span),
            });
        }
        into.status = from.status.and_then(|word| RouteStatus::from_word(&word.text)).or(into.status);
        for may in from.may_require {
            into.may_require.push(MayRequire { scope: self.scope(at, may.scope), when: may.when.text });
        }
    }

    fn rule(&self, at: usize, rule: syntax::Rule) -> DeclaredRule {
        match rule {
            syntax::Rule::Scoped(any_of) => {
                let alternatives = any_of.into_iter();
                DeclaredRule::Scoped(
                    alternatives
                        .map(|all_of| all_of.into_iter().map(|scope| self.scope(at, scope)).collect())
                        .collect(),
                )
            }
            syntax::Rule::Authenticated => DeclaredRule::Authenticated,
            syntax::Rule::Public { reason } => {
                DeclaredRule::Public { reason_span: self.span(at, reason.span), reason: reason.text }
            }
            syntax::Rule::OptionalAuth => DeclaredRule::OptionalAuth,
            syntax::Rule::Refused => DeclaredRule::Refused,
            syntax::Rule::Deferred { ticket } => DeclaredRule::Deferred { ticket: ticket.text },
        }
    }

    fn scope(&self, at: usize, scope: syntax::ScopeName) -> ScopeName {
        let spelling = match scope.spelling {
            syntax::Spelling::Literal => ScopeSpelling::Literal,
            syntax::Spelling::Variant => ScopeSpelling::Variant,
        };
        ScopeName { text: scope.text, spelling, span: self.span(at, scope.span) }
    }
}
