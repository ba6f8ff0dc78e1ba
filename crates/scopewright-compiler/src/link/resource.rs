//! The endpoint that `[resource]` adds: the metadata of the protected resource (RFC 9728), public for a declared reason.

use super::endpoints::Endpoint;
use scopewright_model::core::{Method, RouteKind, RoutePattern};
use scopewright_model::{Annotation, AskedBy, DeclaredRule, Framework, ModeRule, Policy, Route, RouteOrigin};

/// The name of the operation.
const OPERATION_ID: &str = "protected_resource_metadata";

/// The endpoint, if the policy has a `[resource]`. The typed router serves it; no handler of the service does.
pub(super) fn endpoint(policy: &Policy) -> Option<Endpoint<'_>> {
    let resource = policy.resource.as_ref()?;
    let path_as_written = resource.metadata_path();
    let path: RoutePattern = path_as_written.parse().ok()?;
    let span = resource.public.span.clone();
    let rule = DeclaredRule::Public { reason: resource.public.value.clone(), reason_span: span.clone() };
    let route = Route {
        method: Method::Get,
        kind: RouteKind::Route,
        path,
        path_as_written,
        handler: None,
        registered: resource.span.clone(),
        framework: Framework::Policy,
        conditions: Vec::new(),
        annotation: Some(Annotation {
            rules: vec![ModeRule { via: None, rule, span: span.clone() }],
            may_require: Vec::new(),
            status: None,
            span,
        }),
        annotation_origin: RouteOrigin::Resource,
        operation_id: Some(OPERATION_ID.to_owned()),
        asked_by: AskedBy::Elsewhere,
        servers: Vec::new(),
    };
    Some(Endpoint { route, entries: Vec::new() })
}
