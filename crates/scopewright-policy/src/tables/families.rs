//! `[[families]]`: rules about many routes.

use super::Declared;
use super::auth::Via;
use super::decision::{A_DECISION, Captures, Subject, decided_table};
use crate::context::Context;
use crate::raw::shape::Rule;
use crate::raw::{Field, List, Many, Node, OneOrMore, Raw, ValueShape, quoted, raw_words};
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{Family, FamilyMode, FamilyOrder, OtherModes};
use scopewright_model::{Code, Diagnostic, RouteMatcher, Span, Spanned};
use std::collections::BTreeMap;

decided_table! {
    /// A rule about many routes.
    RawFamily {
        /// Methods and a path, or a list of these. `*` is one segment, a final `**` any number, `{name}` one that
        /// `requires` can name.
        matchers: Required OneOrMore<Matcher> = "match", "\"GET /api/{resource}/**\"", "\"POST|PUT /**\"", "[\"* /admin/**\", \"* /internal/**\"]";
        /// Operations it is not about.
        except: Optional List<Matcher> = "except", "[\"GET /api/auth/**\"]";
        /// The auth modes it is about; all of them unless it is said.
        via: Optional Via = "via", "\"api_key\"", "[\"jwt\", \"session\"]";
        /// What becomes of the modes that `via` does not name. Refused unless it is said, but a family that checks says
        /// nothing about them unless `families = "first-match"` makes it the one that speaks.
        other_modes: Optional OtherModes = "other_modes", "\"elsewhere\"";
        /// Whether it checks decisions that stand elsewhere (unless it is said) or makes them.
        mode: Optional FamilyMode = "mode", "\"check\"";
    }
    rules [A_DECISION, &[Rule::Beside { keys: &["other_modes"], others: &["via"] }]]
}

raw_words! {
    FamilyMode {
        "check" => FamilyMode::Check, "What is written at the handlers must agree.";
        "assign" => FamilyMode::Assign, "Routes about which nothing is written are decided by this.";
    }
}

raw_words! {
    OtherModes {
        "refused" => OtherModes::Refused, "They may not call what this family is about.";
        "elsewhere" => OtherModes::Elsewhere, "Other entries decide them.";
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

/// `[[families]]`, checked: each pattern of a `match` as a family of its own, so that what is wrong with one of them
/// is said of it.
pub(crate) fn check(
    families: Option<Field<Many<RawFamily>>>,
    order: FamilyOrder,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<Family> {
    let families = families.map(|field| field.value.0).unwrap_or_default();
    let families: Vec<Family> =
        families.into_iter().flat_map(|family| check_family(family, order, declared, cx)).collect();
    report_duplicates(&families, cx);
    families
}

fn check_family(
    family: Spanned<RawFamily>,
    order: FamilyOrder,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<Family> {
    let Spanned { value: mut raw, span } = family;
    let via = raw.via.take().map(|via| via.value.check(declared.modes, cx));
    let is_about_some = via.is_some();
    let via = via.unwrap_or_default();
    let modes = declared.with_places(&via);
    let decision = raw.decision();
    let matchers = raw.matchers.map(|matchers| plain(matchers.value.0));
    let captures = matchers.as_deref().map(captured_by_each);
    let subject = Subject { captures: captures.as_ref(), modes: &modes };
    let rule = decision.check(subject, declared, cx);
    // A family about modes none of which is there is about nothing, never about all.
    let is_about_none = is_about_some && via.is_empty();
    let (Some(matchers), Some(rule), false) = (matchers, rule, is_about_none) else { return Vec::new() };
    let except = raw.except.map(|except| plain(except.value.0)).unwrap_or_default();
    let via: Vec<ModeIndex> = via.into_iter().map(|(mode, _)| mode).collect();
    let mode = raw.mode.map_or(FamilyMode::Check, |mode| mode.value);
    let other_modes = raw.other_modes.map_or(unsaid(mode, order), |other_modes| other_modes.value);
    let family = |matcher| Family {
        matcher,
        except: except.clone(),
        rule: rule.value.clone(),
        via: via.clone(),
        other_modes,
        mode,
        span: span.clone(),
    };
    matchers.into_iter().map(family).collect()
}

/// What becomes of the modes that a family does not name, where it does not say. A floor says nothing about them, unless
/// it is the one family that speaks.
const fn unsaid(mode: FamilyMode, order: FamilyOrder) -> OtherModes {
    match (mode, order) {
        (FamilyMode::Check, FamilyOrder::AllAgree) => OtherModes::Elsewhere,
        (FamilyMode::Assign, _) | (_, FamilyOrder::FirstMatch) => OtherModes::Refused,
    }
}

fn plain(matchers: Vec<Spanned<Matcher>>) -> Vec<Spanned<RouteMatcher>> {
    matchers.into_iter().map(|matcher| Spanned::new(matcher.value.0, matcher.span)).collect()
}

/// The names that every pattern captures: only those can be filled in for each route of the family.
fn captured_by_each(matchers: &[Spanned<RouteMatcher>]) -> Captures<'_> {
    let captures = |matcher: &RouteMatcher, name: &str| matcher.capture_names().any(|it| it == name);
    let of_first = matchers.iter().take(1).flat_map(|first| first.value.capture_names());
    let names = of_first.filter(|name| matchers.iter().all(|other| captures(&other.value, name))).collect();
    Captures { names, by_several: matchers.len() > 1 }
}

/// Two families, or two patterns of one, about the same operations and mode.
fn report_duplicates(families: &[Family], cx: &mut Context<'_>) {
    let mut seen: BTreeMap<_, (&Span, &Span)> = BTreeMap::new();
    for family in families {
        let except: Vec<String> = family.except.iter().map(|matcher| normal(&matcher.value)).collect();
        let identity = (normal(&family.matcher.value), except, &family.via);
        let Some((first, of)) = seen.insert(identity, (&family.matcher.span, &family.span)) else { continue };
        let (message, help) = if *of == family.span {
            (format!("`{}` is named twice", family.matcher.value), "name each pattern once")
        } else {
            let help = "keep one of the two, or name the mode each is about by `via`";
            (format!("two families are about `{}`", family.matcher.value), help)
        };
        let finding =
            Diagnostic::new(Code::DuplicateDeclaration, message, family.matcher.span.clone(), "again here")
                .also(first.clone(), "first here")
                .help(help);
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
