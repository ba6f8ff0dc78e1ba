//! What of the OpenAPI document the page shows.

use std::collections::BTreeMap;

use scopewright::Method;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Document {
    pub(super) info: Info,
    pub(super) tags: Vec<Tag>,
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
    pub(super) components: Components,
}

#[derive(Deserialize)]
pub(super) struct Info {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
}

#[derive(Deserialize)]
pub(super) struct Components {
    pub(super) schemas: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    #[serde(rename = "operationId")]
    pub(super) id: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    pub(super) parameters: Vec<Parameter>,
    pub(super) request_body: Option<RequestBody>,
    /// Not optional: an operation that says nothing about its security must not be shown as public.
    pub(super) security: Vec<BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) place: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) description: String,
}

#[derive(Deserialize)]
pub(super) struct RequestBody {
    pub(super) content: BTreeMap<String, MediaType>,
}

#[derive(Deserialize)]
pub(super) struct MediaType {
    pub(super) schema: Value,
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, serde_saphyr::Error> {
        serde_saphyr::from_str(text)
    }

    /// In the order of their paths, and of methods as HTTP lists them.
    pub(super) fn operations(&self) -> impl Iterator<Item = (Method, &str, &Operation)> {
        let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
        self.paths.iter().flat_map(move |(path, of_path)| {
            methods.into_iter().filter_map(move |method| {
                let operation = of_path.get(&method.as_str().to_ascii_lowercase())?;
                Some((method, path.as_str(), operation))
            })
        })
    }
}

impl Operation {
    pub(super) fn tag(&self) -> &str {
        self.tags.first().map_or("", String::as_str)
    }
}
