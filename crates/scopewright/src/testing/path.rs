//! From a route's pattern to a path that a client would send.

use crate::catalogue::RouteRow;

/// A path for a pattern of the policy's table: every parameter is a number that no row of it has as a segment, and
/// that an empty database has as no id.
pub(super) fn filled(routes: &[RouteRow], pattern: &str) -> String {
    let is_taken = |text: &str| routes.iter().any(|row| row.path.split('/').any(|part| part == text));
    let mut value = 987_654_u32;
    while is_taken(&value.to_string()) {
        value += 1;
    }
    let mut path = String::new();
    let mut rest = pattern;
    while let Some((before, parameter)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str(&value.to_string());
        rest = parameter.split_once('}').map_or("", |(_, after)| after);
    }
    path.push_str(rest);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use scopewright_core::{Decision, Method, Operation, RouteKind};

    #[test]
    fn parameters_of_every_kind_are_filled() {
        let filled = |pattern| filled(&[], pattern);
        assert_eq!(filled("/cameras"), "/cameras");
        assert_eq!(filled("/cameras/{id}/clips/{clip}"), "/cameras/987654/clips/987654");
        assert_eq!(filled("/files/{*rest}"), "/files/987654");
        assert_eq!(filled("/jobs/{name}:cancel"), "/jobs/987654:cancel");
    }

    #[test]
    fn no_parameter_is_another_routes_segment() {
        let row = RouteRow {
            method: Method::Get,
            path: "/cameras/987654",
            operation_id: "",
            operation: Operation::uniform(Decision::Public),
            is_handler: true,
            is_conditional: false,
            kind: RouteKind::Route,
        };
        assert_eq!(filled(&[row], "/cameras/{id}"), "/cameras/987655");
    }
}
