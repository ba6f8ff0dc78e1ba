//! Who am I: what a caller holds, and every operation it may call.

use crate::catalogue::{Catalogue, McpRow, RouteRow};
use crate::grant::Grant;
use scopewright_core::{Operation, Verdict, decide, json};
use std::fmt::Write as _;

/// What a caller can be told about its own credential. Made by [`who_am_i`].
///
/// In the frameworks' modules it is a response, `application/json`, that caches do not keep. With the feature `serde`
/// it can stand in an answer of the service's own, `#[serde(flatten)]` among other members.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WhoAmI {
    /// The auth mode.
    pub mode: &'static str,
    /// Who the caller is, if the authenticator said.
    pub subject: Option<String>,
    /// What is known of the credential beyond validity.
    pub assurance: Option<String>,
    /// The scopes as granted, sorted.
    pub scopes: Vec<&'static str>,
    /// The scopes as granted and everything they imply, sorted.
    pub closure: Vec<&'static str>,
    /// How many scopes of the credential the policy does not know.
    pub unknown_scopes: u32,
    /// The operations the caller may call, by path, then method. An operation that exists only under a condition is
    /// among them: the table does not know whether it is there.
    pub operations: Vec<&'static RouteRow>,
    /// The MCP tools the caller may call, by name; the endpoint that takes the calls asks for something of its own.
    pub tools: Vec<&'static McpRow>,
    /// The MCP prompts the caller may get, by name.
    pub prompts: Vec<&'static McpRow>,
    /// The MCP resources the caller may read, by URI or template. Where several entries are about one URI, a caller has to
    /// meet all of them.
    pub resources: Vec<&'static McpRow>,
}

/// What a caller holds, and what it opens: each operation is asked of [`decide`], as a request would ask.
///
/// Served only where a service registers it, like any handler:
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::{WhoAmI, who_am_i};
///
/// // `#[requires_auth]` stands above it in a service.
/// async fn me(grant: scopes::Grant) -> WhoAmI {
///     who_am_i(&grant)
/// }
///
/// let grant = scopes::Grant::of(scopes::AuthMode::ApiKey, [scopes::Scope::ReadCameras]);
/// let me = who_am_i(&grant);
/// let operations: Vec<_> = me.operations.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
/// assert_eq!(operations, ["GET /cameras", "GET /health"]);
/// ```
pub fn who_am_i<C: Catalogue>(grant: &Grant<C>) -> WhoAmI {
    let policy = C::policy();
    let may_call = |operation: &Operation<'_>| decide(operation, Some(grant.caller())) == Verdict::Allowed;
    let rows = |rows: &'static [McpRow]| rows.iter().filter(|row| may_call(&row.operation)).collect();
    WhoAmI {
        mode: policy.mode(grant.mode_index()).map_or("", |row| row.name),
        subject: grant.subject().map(str::to_owned),
        assurance: grant.assurance().map(str::to_owned),
        scopes: sorted(grant.raw()),
        closure: sorted(grant.closure()),
        unknown_scopes: grant.unknown_scopes(),
        operations: policy.routes.iter().filter(|row| may_call(&row.operation)).collect(),
        tools: rows(policy.tools),
        prompts: rows(policy.prompts),
        resources: rows(policy.resources),
    }
}

fn sorted<C: Catalogue>(scopes: impl Iterator<Item = C>) -> Vec<&'static str> {
    let mut names: Vec<_> = scopes.map(|scope| C::policy().scope_name(scope.index())).collect();
    names.sort_unstable();
    names
}

impl WhoAmI {
    /// What there is of MCP servers, by the name of its member.
    fn of_mcp(&self) -> [(&'static str, &[&'static McpRow]); 3] {
        [("tools", &self.tools), ("prompts", &self.prompts), ("resources", &self.resources)]
    }

    /// The answer as JSON: `mode`, `subject`, `assurance`, `scopes`, `closure`, `unknown_scopes`, `operations` (each
    /// with `method`, `path`, `operation_id` and, where it is, `conditional`), and `tools`, `prompts` and `resources` where
    /// there are any.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"mode\":");
        // Writing to a `String` has no errors.
        let _ = json::write_string(&mut out, self.mode);
        for (name, value) in [("subject", &self.subject), ("assurance", &self.assurance)] {
            let _ = write!(out, ",\"{name}\":");
            match value {
                Some(value) => {
                    let _ = json::write_string(&mut out, value);
                }
                None => out.push_str("null"),
            }
        }
        for (name, scopes) in [("scopes", &self.scopes), ("closure", &self.closure)] {
            let _ = write!(out, ",\"{name}\":");
            let _ = json::write_strings(&mut out, scopes.iter().copied());
        }
        let _ = write!(out, ",\"unknown_scopes\":{},\"operations\":[", self.unknown_scopes);
        for (at, row) in self.operations.iter().enumerate() {
            out.push_str(if at == 0 { "{\"method\":" } else { ",{\"method\":" });
            let _ = json::write_string(&mut out, row.method.as_str());
            for (name, value) in [("path", row.path), ("operation_id", row.operation_id)] {
                let _ = write!(out, ",\"{name}\":");
                let _ = json::write_string(&mut out, value);
            }
            out.push_str(if row.is_conditional { ",\"conditional\":true}" } else { "}" });
        }
        out.push(']');
        for (name, rows) in self.of_mcp().into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let _ = write!(out, ",\"{name}\":");
            let _ = json::write_strings(&mut out, rows.iter().map(|row| row.name));
        }
        out.push('}');
        out
    }
}

#[cfg(feature = "serde")]
mod serialize {
    //! The same members for an answer of the service's own.

    use super::WhoAmI;
    use serde::ser::{Serialize, SerializeStruct as _, Serializer};

    #[derive(serde::Serialize)]
    struct Entry {
        method: &'static str,
        path: &'static str,
        operation_id: &'static str,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        conditional: bool,
    }

    impl Serialize for WhoAmI {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let operations: Vec<_> = self
                .operations
                .iter()
                .map(|row| Entry {
                    method: row.method.as_str(),
                    path: row.path,
                    operation_id: row.operation_id,
                    conditional: row.is_conditional,
                })
                .collect();
            let of_mcp = self.of_mcp();
            let members = 7 + of_mcp.iter().filter(|(_, rows)| !rows.is_empty()).count();
            let mut me = serializer.serialize_struct("WhoAmI", members)?;
            me.serialize_field("mode", self.mode)?;
            me.serialize_field("subject", &self.subject)?;
            me.serialize_field("assurance", &self.assurance)?;
            me.serialize_field("scopes", &self.scopes)?;
            me.serialize_field("closure", &self.closure)?;
            me.serialize_field("unknown_scopes", &self.unknown_scopes)?;
            me.serialize_field("operations", &operations)?;
            for (name, rows) in of_mcp {
                if rows.is_empty() {
                    me.skip_field(name)?;
                } else {
                    let names: Vec<_> = rows.iter().map(|row| row.name).collect();
                    me.serialize_field(name, &names)?;
                }
            }
            me.end()
        }
    }
}
