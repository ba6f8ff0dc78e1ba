//! Where requests arrive: `HttpServer::new(factory)`.

use crate::eval::Eval;
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::frameworks::axum::serve::carried_router;
use crate::value::{Entry, FunctionRef, Router, Value};
use scopewright_model::Standing;

/// `guarded(factory)`: what makes applications that were compared.
pub fn guarded(eval: &mut Eval<'_>, factory: &Argument) -> Value {
    match made(eval, factory) {
        Value::Router(router) => Value::Router(Router { standing: Standing::Guarded, ..router }),
        other => other,
    }
}

/// Serves the app that a factory makes.
pub fn factory(eval: &mut Eval<'_>, factory: &Argument, place: Place) {
    let value = made(eval, factory);
    app(eval, &value, place);
}

/// What a factory makes. An application is what its factory makes.
fn made(eval: &mut Eval<'_>, factory: &Argument) -> Value {
    match &factory.value {
        Value::Closure(_) | Value::Function(_) | Value::OneOf(_) => {
            eval.call_value(&factory.value, Vec::new(), factory.place)
        }
        other => other.clone(),
    }
}

/// Serves an app.
pub fn app(eval: &mut Eval<'_>, value: &Value, place: Place) {
    let router = match value {
        Value::Router(router) => router.clone(),
        Value::Never => return,
        other if other.routers().is_empty() => unknown(eval, other, place),
        other => {
            let what = "what is served here went through code of another package, which may add routes";
            carried_router(eval, other, place, what)
        }
    };
    eval.serve(place, router);
}

/// An app or service about which nothing is known: what a caller hands over, or lost.
pub fn unknown(eval: &mut Eval<'_>, value: &Value, place: Place) -> Router {
    if value.is_param() {
        return Router::of(Entry::param(eval.here(place)));
    }
    let from = match value {
        Value::Unknown(it) => it.path.as_ref().map(|path| path.join("::")),
        Value::Function(function) => match &function.of {
            FunctionRef::External(path) => Some(path.join("::")),
            FunctionRef::Local(_) | FunctionRef::Missing(_) => None,
        },
        _ => None,
    };
    let reason = match &from {
        Some(path) => {
            format!("this comes out of `{path}`, which is not in this package: its routes can't be seen")
        }
        None => "the routes of this come from where discovery can't follow them".to_owned(),
    };
    eval.lose_router_of(
        place,
        reason,
        "build it in a function of this package, from `App::new()`, `web::scope(..)` or `web::resource(..)` on",
        from,
    );
    Router::default()
}
