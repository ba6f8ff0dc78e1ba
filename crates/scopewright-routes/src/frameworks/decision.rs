//! Decisions at registrations: `requires(Scope::ReadCameras, handler)` and its relatives, in `scopewright::axum`,
//! `scopewright::actix` and the generated module `scopes`.

use super::Argument;
use crate::eval::Eval;
use crate::facts::Place;
use crate::value::{DecidedValue, FunctionRef, Lost, Record, Value};
use crate::world::Location;
use scopewright_model::{Annotation, Code, DeclaredRule, ModeRule, ScopeName, ScopeSpelling};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The field that says a record is what `any_of` made.
const ANY_OF: &str = "any of";

/// The name of a function of ours, if a path is one.
fn name(path: &[String]) -> Option<&str> {
    match path {
        [krate, module, name] if krate == "scopewright" && matches!(module.as_str(), "actix" | "axum") => {
            Some(name)
        }
        // The generated module, of whichever package.
        [_, module, name] if module == "scopes" => Some(name),
        _ => None,
    }
}

/// Whether a path means something here.
pub fn is_known(path: &[String]) -> bool {
    name(path).is_some_and(|name| {
        matches!(
            name,
            "any_of" | "authenticated" | "public" | "requires" | "scope_todo" | "Scope" | "PublicReason"
        )
    })
}

/// A call of one of ours.
pub fn call(eval: &mut Eval<'_>, path: &Rc<[String]>, arguments: &[Argument], place: Place) -> Option<Value> {
    let location = eval.here(place);
    let (rule, inner) = match (name(path)?, arguments) {
        ("any_of", [all]) => {
            let fields = BTreeMap::from([(ANY_OF.to_owned(), all.value.clone())]);
            return Some(Value::Record(Rc::new(Record { fields, ..Record::default() })));
        }
        ("requires", [need, inner]) => (scopes(eval, &need.value, location), inner),
        ("authenticated", [inner]) => (Some(DeclaredRule::Authenticated), inner),
        ("public", [reason, inner]) => (public(eval, reason), inner),
        ("scope_todo", [ticket, inner]) => (deferred(&ticket.value), inner),
        _ => return None,
    };
    if rule.is_none() && arguments.first().is_some_and(|need| callers_may_know(&need.value)) {
        return Some(Value::param(None));
    }
    if rule.is_none() {
        let at = arguments.first().map_or(location, |first| eval.here(first.place));
        eval.lose(&Lost {
            reason: "what is decided here is not constant".to_owned(),
            code: Code::InvalidAttribute,
            help: "name the scopes or the reason in the call, as in `requires(Scope::ReadCameras, handler)`"
                .to_owned(),
            location: at,
        });
    }
    let span = eval.world.span(location);
    let annotation = rule.map(|rule| {
        Rc::new(Annotation {
            rules: vec![ModeRule { via: None, rule, span: span.clone() }],
            may_require: Vec::new(),
            status: None,
            span,
        })
    });
    Some(Value::Decided(Rc::new(DecidedValue { inner: inner.value.clone(), annotation })))
}

/// Whether it is handed in to the function that the evaluation began with: what is decided is known at its calls.
fn callers_may_know(need: &Value) -> bool {
    match need {
        Value::List(all) => all.iter().any(callers_may_know),
        Value::Record(record) => record.is_param || record.fields.get(ANY_OF).is_some_and(callers_may_know),
        other => other.is_param(),
    }
}

fn scopes(eval: &Eval<'_>, need: &Value, location: Location) -> Option<DeclaredRule> {
    let alternatives = match need {
        Value::Record(record) => match record.fields.get(ANY_OF)? {
            Value::List(all) => {
                all.iter().map(|one| all_of(eval, one, location)).collect::<Option<Vec<_>>>()?
            }
            _ => return None,
        },
        other => vec![all_of(eval, other, location)?],
    };
    (!alternatives.is_empty()).then_some(DeclaredRule::Scoped(alternatives))
}

fn all_of(eval: &Eval<'_>, need: &Value, location: Location) -> Option<Vec<ScopeName>> {
    let names = match need {
        Value::List(all) => all.iter().map(|one| scope(eval, one, location)).collect::<Option<Vec<_>>>()?,
        one => vec![scope(eval, one, location)?],
    };
    (!names.is_empty()).then_some(names)
}

/// `Scope::ReadCameras`, `"read:cameras"`.
fn scope(eval: &Eval<'_>, value: &Value, location: Location) -> Option<ScopeName> {
    if let Value::Text(text) = value {
        let (text, spelling) = (text.to_string(), ScopeSpelling::Literal);
        return Some(ScopeName { text, spelling, span: eval.world.span(location) });
    }
    let (text, named) = variant(value, "Scope")?;
    Some(ScopeName { text, spelling: ScopeSpelling::Variant, span: eval.world.span(named) })
}

/// The variant of a generated enum.
fn variant(value: &Value, of: &str) -> Option<(String, Location)> {
    let Value::Function(function) = value else { return None };
    let text = match &function.of {
        FunctionRef::External(path) => match path.as_ref() {
            [.., owner, name] if owner == of => name.clone(),
            _ => return None,
        },
        FunctionRef::Missing(path) => path.rsplit("::").next()?.to_owned(),
        FunctionRef::Local(_) => return None,
    };
    Some((text, function.named))
}

fn public(eval: &Eval<'_>, reason: &Argument) -> Option<DeclaredRule> {
    if let Value::Text(text) = &reason.value {
        let reason_span = eval.world.span(eval.here(reason.place));
        return Some(DeclaredRule::Public { reason: text.to_string(), reason_span });
    }
    let (reason, named) = variant(&reason.value, "PublicReason")?;
    Some(DeclaredRule::Public { reason, reason_span: eval.world.span(named) })
}

fn deferred(ticket: &Value) -> Option<DeclaredRule> {
    match ticket {
        Value::Text(text) => Some(DeclaredRule::Deferred { ticket: text.to_string() }),
        _ => None,
    }
}
