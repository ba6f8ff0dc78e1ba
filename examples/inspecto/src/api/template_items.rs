//! What a template asks, and whether the answers of an inspection fit.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::body::Fields;
use crate::error::Problem;
use crate::values::{Name, Note, Readable, Text, words};

/// The most questions of one template.
const MOST: usize = 200;

/// A question.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct TemplateItem {
    pub(super) key: String,
    label: String,
    kind: ItemKind,
    required: bool,
}

words! {
    pub(super) enum ItemKind {
        /// Answered with true (in order) or false.
        "check" => Check,
        "number" => Number,
        "text" => Text,
    }
}

/// Reads the member `items`: at least one question, each with a key of its own.
pub(super) fn read_items(fields: &mut Fields) -> Option<Vec<TemplateItem>> {
    let entries = match fields.take("items") {
        Some(Value::Array(entries)) if (1..=MOST).contains(&entries.len()) => entries,
        _ => {
            fields.report("items", format!("must be a list of 1 to {MOST} questions"));
            return None;
        }
    };
    let mut items: Vec<TemplateItem> = Vec::new();
    let mut sound = true;
    for (at, entry) in entries.into_iter().enumerate() {
        let place = format!("items[{at}]");
        let Value::Object(members) = entry else {
            fields.report(&place, "must be an object");
            sound = false;
            continue;
        };
        let mut members = fields.within(members, &place);
        let item = read_item(&mut members);
        fields.absorb(members);
        match item {
            Some(item) if items.iter().any(|other| other.key == item.key) => {
                fields.report(&format!("{place}.key"), "is the key of another question");
                sound = false;
            }
            Some(item) => items.push(item),
            None => sound = false,
        }
    }
    sound.then_some(items)
}

fn read_item(members: &mut Fields) -> Option<TemplateItem> {
    let key = members.required::<Text<64>>("key");
    let label = members.required::<Name>("label");
    let kind = members.required("kind");
    let required = members.optional("required");
    Some(TemplateItem {
        key: key?.as_str().to_owned(),
        label: label?.as_str().to_owned(),
        kind: kind?,
        required: required?.unwrap_or(true),
    })
}

/// What is wrong with answers: to questions nobody asked, or of another kind than was asked for.
pub(super) fn check_answers(items: &[TemplateItem], answers: &Map<String, Value>) -> Vec<Problem> {
    let problem = |key: &str, message: String| Problem { field: format!("answers.{key}"), message };
    answers
        .iter()
        .filter_map(|(key, answer)| {
            let Some(item) = items.iter().find(|item| item.key == *key) else {
                return Some(problem(key, "is no question of the template".to_owned()));
            };
            item.check(answer).err().map(|message| problem(key, message))
        })
        .collect()
}

/// The questions that have to be answered before an inspection can be submitted, and are not.
pub(super) fn unanswered(items: &[TemplateItem], answers: &Map<String, Value>) -> Vec<Problem> {
    items
        .iter()
        .filter(|item| item.required && !answers.contains_key(&item.key))
        .map(|item| Problem {
            field: format!("answers.{}", item.key),
            message: "must be given before the inspection is submitted".to_owned(),
        })
        .collect()
}

impl TemplateItem {
    fn check(&self, answer: &Value) -> Result<(), String> {
        match self.kind {
            ItemKind::Check => bool::read(answer).map(drop),
            ItemKind::Number if answer.is_number() => Ok(()),
            ItemKind::Number => Err("must be a number".to_owned()),
            ItemKind::Text => Note::read(answer).map(drop),
        }
    }
}
