//! `[resource]` as generated code holds it: the metadata document (RFC 9728), written once at build time.

use super::quote::RustStr;
use super::{line, put};
use scopewright_model::core::json;
use scopewright_model::{Policy, Resource};

pub(super) fn print(out: &mut String, policy: &Policy) {
    let Some(resource) = &policy.resource else {
        line(out, "    resource: None,");
        return;
    };
    line(out, "    resource: Some(rt::ResourceMetadata {");
    put(out, format_args!("        path: {},\n", RustStr(&resource.metadata_path())));
    put(out, format_args!("        url: {},\n", RustStr(&resource.metadata_url())));
    put(out, format_args!("        document: {},\n", RustStr(&document(policy, resource))));
    line(out, "    }),");
}

/// The JSON object of RFC 9728 section 3.2: parameters of section 2, those without a value left out.
fn document(policy: &Policy, resource: &Resource) -> String {
    let mut document = String::from("{");
    text(&mut document, "resource", Some(&resource.identifier.value));
    texts(
        &mut document,
        "authorization_servers",
        resource.authorization_servers.iter().map(String::as_str).collect(),
    );
    texts(&mut document, "scopes_supported", scopes(policy));
    let is_bearer = policy.modes.iter().any(|mode| mode.credential.is_bearer());
    // Tokens are read from `Authorization` only: neither from a form nor from the query (RFC 6750 sections 2.2, 2.3).
    texts(&mut document, "bearer_methods_supported", if is_bearer { vec!["header"] } else { Vec::new() });
    text(&mut document, "resource_name", Some(policy.api.title.as_str()).filter(|title| !title.is_empty()));
    text(&mut document, "resource_documentation", resource.documentation.as_deref());
    document.push('}');
    document
}

/// The scopes a client can be granted and may know of (RFC 9728 section 7.2), sorted.
fn scopes(policy: &Policy) -> Vec<&str> {
    let shown = policy.scopes.iter().filter(|scope| scope.status.is_live() && !scope.hidden);
    let mut names: Vec<&str> = shown.map(|scope| scope.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn text(document: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        begin(document, name);
        // Writing to a `String` has no errors.
        let _ = json::write_string(document, value);
    }
}

fn texts(document: &mut String, name: &str, values: Vec<&str>) {
    if !values.is_empty() {
        begin(document, name);
        let _ = json::write_strings(document, values);
    }
}

fn begin(document: &mut String, name: &str) {
    if !document.ends_with('{') {
        document.push(',');
    }
    let _ = json::write_string(document, name);
    document.push(':');
}
