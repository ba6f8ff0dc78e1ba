//! Which methods a route answers, as far as its guards say so.

use actix_web::guard::Guard;
use actix_web::http::Method as HttpMethod;
use actix_web::http::header::HOST;
use actix_web::test::TestRequest;
use scopewright_core::Method;

/// Methods that pass guards: all of them, or these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Methods(Option<Vec<Method>>);

impl Methods {
    /// One method. One that has no name here (`QUERY`, `PURGE`) is written down as any.
    pub(super) fn only(method: &HttpMethod) -> Self {
        Self(method.as_str().parse().ok().map(|method| vec![method]))
    }

    /// The methods a guard lets through. A guard can only be asked: one that treats methods alike, whatever else it
    /// looks at, says nothing about them.
    pub(super) fn passing(guard: &dyn Guard) -> Self {
        let passes = |method: &Method| {
            let method = method.as_str().parse::<HttpMethod>().unwrap_or_default();
            let request = TestRequest::default().method(method).insert_header((HOST, "localhost"));
            guard.check(&request.to_srv_request().guard_ctx())
        };
        let passing: Vec<_> = Method::STANDARD.into_iter().filter(passes).collect();
        let tells = !passing.is_empty() && passing.len() < Method::STANDARD.len();
        Self(tells.then_some(passing))
    }

    /// The methods that pass both.
    pub(super) fn and(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => {
                Self(Some(one.iter().copied().filter(|method| other.contains(method)).collect()))
            }
            (known, None) | (None, known) => Self(known.clone()),
        }
    }

    /// The methods of what is registered for `method` behind these: `ANY` becomes these, another stays if it passes.
    pub(super) fn of(&self, method: Method) -> Vec<Method> {
        match &self.0 {
            None => vec![method],
            Some(methods) if method == Method::Any => methods.clone(),
            Some(methods) => methods.iter().copied().filter(|it| *it == method).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::guard;

    #[test]
    fn guards_are_asked_for_their_methods() {
        let methods = |guard: &dyn Guard| Methods::passing(guard).of(Method::Any);
        assert_eq!(methods(&guard::Get()), [Method::Get]);
        assert_eq!(methods(&guard::Any(guard::Get()).or(guard::Put())), [Method::Get, Method::Put]);
        assert_eq!(methods(&guard::Header("accept", "text/plain")), [Method::Any]);
        assert_eq!(methods(&guard::Host("localhost")), [Method::Any]);
        assert_eq!(
            methods(&guard::All(guard::Post()).and(guard::Header("accept", "text/plain"))),
            [Method::Any]
        );
    }

    #[test]
    fn guards_narrow_each_other() {
        let get_or_put = Methods::passing(&guard::Any(guard::Get()).or(guard::Put()));
        let put = Methods::only(&HttpMethod::PUT);
        assert_eq!(get_or_put.and(&put), put);
        assert_eq!(Methods::default().and(&put), put);
        assert_eq!(put.of(Method::Get), []);
        assert_eq!(get_or_put.of(Method::Get), [Method::Get]);
    }
}
