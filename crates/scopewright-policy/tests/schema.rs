//! The JSON Schema of the policy file: up to date, and in agreement with the stage.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod common;

use common::mutate::{cut, mutated};
use common::{cases, is_update, read, root};
use jsonschema::Validator;
use proptest::prelude::*;
use scopewright_model::{Code, Level};
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(&scopewright_policy::schema::text()).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

/// A TOML document as an editor hands it to a schema: dates are texts.
fn json_of(toml: &str) -> Option<Value> {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, convert(value))).collect())
            }
            toml::Value::Float(number) => json!(number),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Boolean(value) => json!(value),
            toml::Value::String(text) => json!(text),
        }
    }
    toml.parse::<toml::Table>().ok().map(|table| convert(toml::Value::Table(table)))
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let path = root().join("schemas/scopes.schema.json");
    let schema = scopewright_policy::schema::text();
    if is_update() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, schema).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == schema, "schemas/scopes.schema.json is stale; UPDATE=1 rewrites it");
}

#[test]
fn the_schema_is_a_schema() {
    let schema: Value = serde_json::from_str(&scopewright_policy::schema::text()).unwrap();
    if let Err(error) = jsonschema::meta::validate(&schema) {
        panic!("{error}");
    }
}

#[test]
fn what_the_stage_accepts_the_schema_accepts() {
    let files = cases().into_iter().map(|case| case.join("scopes.toml")).chain([root().join("scopes.toml")]);
    let mut accepted = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        if read(text.as_bytes()).0.is_none() {
            continue;
        }
        accepted += 1;
        let errors: Vec<String> =
            VALIDATOR.iter_errors(&json_of(&text).unwrap()).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
    }
    assert!(accepted >= 8, "only {accepted} files are accepted");
}

#[test]
fn what_is_wrong_in_structure_the_schema_rejects() {
    let mut only_the_stage_sees = Vec::new();
    for case in cases() {
        let text = fs::read_to_string(case.join("scopes.toml")).unwrap();
        let findings = read(text.as_bytes()).1;
        let (true, Some(document)) = (findings.iter().any(|f| f.level == Level::Error), json_of(&text))
        else {
            continue;
        };
        if VALIDATOR.is_valid(&document) {
            only_the_stage_sees.push(case.file_name().unwrap().to_str().unwrap().to_owned());
            let structural = [Code::UnknownKey, Code::MissingScopesAnswer];
            assert!(findings.iter().all(|finding| !structural.contains(&finding.code)), "{}", case.display());
        }
    }
    assert_eq!(only_the_stage_sees, ONLY_THE_STAGE_SEES);
}

/// Cases that are wrong in what their names stand for, which a schema can't say.
const ONLY_THE_STAGE_SEES: &[&str] = &[
    "alias_of_what_is_no_scope",
    "alias_past_its_day",
    "capture_not_in_the_matcher",
    "denial_of_upgrades_without_one",
    "deny_makes_a_warning_an_error",
    "duplicate_family",
    "duplicate_names_in_lists",
    "duplicate_output_file",
    "generated_name_reserved",
    "group_not_declared",
    "implication_cycle",
    "implication_cycle_through_order",
    "implication_cycles_apart",
    "mode_unknown",
    "placeholder_that_may_be_nothing",
    "placeholder_undisclosed",
    "placeholder_unknown",
    "planned_scope_named",
    "public_for_one_mode",
    "public_reason_unknown",
    "public_reason_where_none_is_declared",
    "resource_without_bearer_mode",
    "route_decided_twice_for_a_mode",
    "scope_format_name_broken",
    "scope_format_resource_action_broken",
    "scope_format_verb_resource_broken",
    "scope_implies_itself",
    "scope_unknown_wherever_named",
    "scopes_required_of_a_mode_that_skips_them",
    "two_scopes_with_one_generated_name",
    "via_names_a_part",
];

#[test]
fn every_example_is_what_its_key_takes() {
    let schema = scopewright_policy::schema::document();
    let definitions = schema["definitions"].as_object().unwrap();
    let mut checked = 0;
    for (name, table) in
        definitions.iter().map(|(name, table)| (name.as_str(), table)).chain([("file", &schema)])
    {
        for (key, property) in table["properties"].as_object().unwrap() {
            let one = json!({ "definitions": definitions, "allOf": [property] });
            let validator = jsonschema::validator_for(&one).unwrap();
            for example in property["examples"].as_array().into_iter().flatten() {
                assert!(validator.is_valid(example), "{name}.{key}: {example}");
                checked += 1;
            }
        }
    }
    assert!(checked > 40, "only {checked} examples");
}

#[test]
fn every_key_is_described() {
    let schema = scopewright_policy::schema::document();
    for (name, table) in schema["definitions"].as_object().unwrap() {
        for (key, property) in table["properties"].as_object().unwrap() {
            let description = property["description"].as_str().unwrap_or_default();
            assert!(description.ends_with('.'), "{name}.{key}: {description:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_file_the_stage_accepts_the_schema_accepts(text in mutated()) {
        if read(text.as_bytes()).0.is_some() {
            let document = json_of(&text).unwrap();
            let errors: Vec<String> = VALIDATOR.iter_errors(&document).map(|error| error.to_string()).collect();
            prop_assert!(errors.is_empty(), "{errors:#?}\n{}", cut(&text));
        }
    }
}
