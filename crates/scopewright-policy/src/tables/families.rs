//! `[[families]]`: rules about many routes.

use super::Declared;
use super::auth::Via;
use super::decision::{A_DECISION, Subject, decided_table};
use crate::context::Context;
use crate::raw::{Field, List, Many, Node, Raw, ValueShape, quoted, raw_words};
use scopewright_model::policy::{Family, FamilyMode};
use scopewright_model::{Code, Diagnostic, RouteMatcher, Span, Spanned};
use std::collections::BTreeMap;

decided_table! {
    /// A rule about many routes.
    RawFamily {
        /// Methods and a path. `*` is one segment, a final `**` any number, `{name}` one that `requires` can name.
        matcher: Required Matcher = "match", "\"GET /api/{resource}/**\"", "\"POST|PUT /**\"", "\"* /admin/**\"";
        /// Operations it is not about.
        except: Optional List<Matcher> = "except", "[\"GET /api/auth/**\"]";
        /// The auth modes it is about; all of them unless it is said.
        via: Optional Via = "via", "\"api_key\"", "[\"jwt\", \"session\"]";
        /// Whether it checks decisions that stand elsewhere (unless it is said) or makes them.
        mode: Optional FamilyMode = "mode", "\"check\"";
    }
    rules [A_DECISION]
}

raw_words! {
    FamilyMode {
        "check" => FamilyMode::Check, "What is written at the handlers must agree.";
        "assign" => FamilyMode::Assign, "Routes about which nothing is written are decided by this.";
    }
}

/// `match`.
#[derive(Debug, Clone)]
pub(crate) struct Matcher(pub(crate) RouteMatcher);

impl Raw for Matcher {
    const SHAPE: ValueShape = ValueShape::Text { pattern: Some(r"^\s*(\*|[A-Z]+(\|[A-Z]+)*)\s+/\S*\s*$") };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = node.text(cx)?;
        let why = match text.parse::<RouteMatcher>() {
            Ok(matcher) => match captured_twice(&matcher) {
                None => return Some(Self(matcher)),
                Some(name) => {
                    format!("`{{{name}}}` stands in it twice; give each part of the path a name of its own")
                }
            },
            Err(error) => error.to_string(),
        };
        let message = format!("can't read the route pattern `{}`", text.escape_debug());
        let finding =
            Diagnostic::new(Code::InvalidMatcher, message, node.span(cx), "not methods and a path").help(why);
        // Methods are case-sensitive (RFC 9110 section 9.1), and often written in lower case.
        let capital =
            text.split_once(' ').map(|(methods, path)| format!("{} {path}", methods.to_ascii_uppercase()));
        let capital = capital.filter(|capital| capital != text && capital.parse::<RouteMatcher>().is_ok());
        cx.report(match capital {
            Some(capital) => finding.suggest(node.span(cx), quoted(&capital)),
            None => finding,
        });
        None
    }
}

fn captured_twice(matcher: &RouteMatcher) -> Option<&str> {
    let mut names: Vec<&str> = matcher.capture_names().collect();
    names.sort_unstable();
    names.windows(2).find_map(|pair| match pair {
        [left, right] if left == right => Some(*left),
        _ => None,
    })
}

/// `[[families]]`, checked.
pub(crate) fn check(
    families: Option<Field<Many<RawFamily>>>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<Family> {
    let families = families.map(|field| field.value.0).unwrap_or_default();
    let families: Vec<Family> =
        families.into_iter().filter_map(|family| check_family(family, declared, cx)).collect();
    report_duplicates(&families, cx);
    families
}

fn check_family(family: Spanned<RawFamily>, declared: Declared<'_>, cx: &mut Context<'_>) -> Option<Family> {
    let Spanned { value: mut raw, span } = family;
    let via = raw.via.take().map(|via| via.value.check(declared.modes, cx));
    let is_about_some = via.is_some();
    let via = via.unwrap_or_default();
    let modes = declared.with_places(&via);
    let decision = raw.decision();
    let matcher = raw.matcher.map(Field::spanned);
    let subject = Subject { captures: matcher.as_ref().map(|matcher| &matcher.value.0), modes: &modes };
    let rule = decision.check(subject, declared, cx);
    let unwrap = |matcher: Spanned<Matcher>| Spanned::new(matcher.value.0, matcher.span);
    Some(Family {
        matcher: unwrap(matcher?),
        except: raw.except.into_iter().flat_map(|except| except.value.0).map(unwrap).collect(),
        rule: rule?.value,
        // A family about modes none of which is there is about nothing, never about all.
        via: if is_about_some && via.is_empty() {
            return None;
        } else {
            via.into_iter().map(|(mode, _)| mode).collect()
        },
        mode: raw.mode.map_or(FamilyMode::Check, |mode| mode.value),
        span,
    })
}

/// Two families about the same operations and mode.
fn report_duplicates(families: &[Family], cx: &mut Context<'_>) {
    let mut seen: BTreeMap<_, &Span> = BTreeMap::new();
    for family in families {
        let except: Vec<String> = family.except.iter().map(|matcher| normal(&matcher.value)).collect();
        let identity = (normal(&family.matcher.value), except, &family.via);
        let Some(first) = seen.insert(identity, &family.matcher.span) else { continue };
        let message = format!("two families are about `{}`", family.matcher.value);
        let finding =
            Diagnostic::new(Code::DuplicateDeclaration, message, family.matcher.span.clone(), "again here")
                .also(first.clone(), "first here")
                .help("keep one of the two, or name the mode each is about by `via`");
        cx.report(finding);
    }
}

/// The matcher with its methods in one order and single blanks.
fn normal(matcher: &RouteMatcher) -> String {
    let mut methods: Vec<&str> = matcher.methods().iter().map(|method| method.as_str()).collect();
    methods.sort_unstable();
    methods.dedup();
    let text = matcher.to_string();
    let path = text.trim().split_once(char::is_whitespace).map_or("", |(_, path)| path.trim());
    format!("{} {path}", methods.join("|"))
}
