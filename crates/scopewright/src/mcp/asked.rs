//! What a message asks for that is decided: a tool, a prompt, resources.

use crate::catalogue::{CompiledPolicy, McpRow};
use crate::check::Asking;
use http::Extensions;
use scopewright_core::ResourcePattern;
use std::borrow::Cow;

/// The methods that are decided, as JSON-RPC has them and denials name them.
pub(super) const CALL_TOOL: &str = "tools/call";
pub(super) const GET_PROMPT: &str = "prompts/get";
pub(super) const READ: &str = "resources/read";
pub(super) const SUBSCRIBE: &str = "resources/subscribe";
pub(super) const UNSUBSCRIBE: &str = "resources/unsubscribe";
pub(super) const LISTEN: &str = "subscriptions/listen";
pub(super) const COMPLETE: &str = "completion/complete";

/// All of them.
pub(super) const DECIDED: &[&str] = &[CALL_TOOL, GET_PROMPT, READ, SUBSCRIBE, UNSUBSCRIBE, LISTEN, COMPLETE];

/// A request that is decided beside the endpoint's own decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) of: Subject,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    Tool(String),
    Prompt(String),
    /// Resources by their URIs.
    Resources(Vec<String>),
    /// A resource, or a template as the server lists it.
    Reference(String),
}

impl Asked {
    pub(super) fn tool(name: impl Into<String>) -> Self {
        Self { method: CALL_TOOL, of: Subject::Tool(name.into()) }
    }

    pub(super) fn prompt(method: &'static str, name: impl Into<String>) -> Self {
        Self { method, of: Subject::Prompt(name.into()) }
    }

    pub(super) fn resource(method: &'static str, uri: impl Into<String>) -> Self {
        Self { method, of: Subject::Resources(vec![uri.into()]) }
    }

    pub(super) fn reference(uri: impl Into<String>) -> Self {
        Self { method: COMPLETE, of: Subject::Reference(uri.into()) }
    }

    /// The rows that decide about it, each of which has to be met. None if nobody has decided about it, or a part of it.
    pub(super) fn rows(&self, policy: &'static CompiledPolicy) -> Option<Vec<&'static McpRow>> {
        match &self.of {
            Subject::Tool(name) => policy.tool(name).map(|row| vec![row]),
            Subject::Prompt(name) => policy.prompt(name).map(|row| vec![row]),
            Subject::Resources(uris) => {
                let mut all: Vec<&'static McpRow> = Vec::new();
                for uri in uris {
                    for row in about(policy, uri)? {
                        if !all.iter().any(|known| std::ptr::eq(*known, row)) {
                            all.push(row);
                        }
                    }
                }
                (!all.is_empty()).then_some(all)
            }
            Subject::Reference(uri) => {
                template(policy, uri).map(|row| vec![row]).or_else(|| about(policy, uri))
            }
        }
    }
}

/// The rows about a URI.
pub(super) fn about(policy: &'static CompiledPolicy, uri: &str) -> Option<Vec<&'static McpRow>> {
    Some(policy.resources_about(uri)).filter(|rows| !rows.is_empty())
}

/// The row of a template, whatever its expressions are called.
pub(super) fn template(policy: &'static CompiledPolicy, text: &str) -> Option<&'static McpRow> {
    let wanted = ResourcePattern::parse(text).ok().filter(|pattern| pattern.is_template())?;
    let shape = wanted.shape();
    let has_shape = |row: &&McpRow| ResourcePattern::parse(row.name).is_ok_and(|it| it.shape() == shape);
    policy.resources.iter().find(has_shape)
}

/// A request as a decision sees it: the method is that of JSON-RPC, the route the name of the row.
#[derive(Clone, Copy)]
pub(super) struct Call<'r> {
    pub(super) extensions: &'r Extensions,
    pub(super) method: &'static str,
    /// Empty for what is not in the table: what a caller makes up is in no event.
    pub(super) name: &'static str,
}

impl Asking for Call<'_> {
    fn remembered<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.get()
    }

    fn method(&self) -> &str {
        self.method
    }

    fn route(&self) -> Cow<'_, str> {
        self.name.into()
    }
}
