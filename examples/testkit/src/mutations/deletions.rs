//! Everything in a policy that is deleted, one item at a time.

use toml::{Table, Value};

/// A policy without one of its items.
pub(super) struct Deletion {
    /// What is gone, in words.
    pub(super) item: String,
    /// The text of what is left.
    pub(super) text: String,
}

/// Every implication, rank, status, audit mark, bundle, bundle member, family, and pattern and exception of a family.
pub(super) fn deletions(text: &str) -> Vec<Deletion> {
    let whole: Table = text.parse().unwrap();
    let mut found = Vec::new();
    let mut delete = |item: String, change: &dyn Fn(&mut Table)| {
        let mut left = whole.clone();
        change(&mut left);
        let text = toml::to_string(&left).unwrap();
        found.push(Deletion { item, text });
    };
    for (scope, entry) in tables(&whole, "scopes") {
        for (at, implied) in texts(entry.get("implies")).into_iter().enumerate() {
            delete(format!("the implication `{scope}` > `{implied}`"), &|left| {
                remove_at(table(left, "scopes", scope), "implies", at);
            });
        }
        for mark in ["status", "audit"].into_iter().filter(|mark| entry.contains_key(*mark)) {
            delete(format!("the {mark} of `{scope}`"), &|left| {
                table(left, "scopes", scope).remove(mark);
            });
        }
    }
    for rank in ranks(&whole) {
        delete(format!("the rank `{rank}`"), &|left| without_rank(left, &rank));
    }
    for (bundle, entry) in tables(&whole, "bundles") {
        delete(format!("the bundle `{bundle}`"), &|left| {
            left.get_mut("bundles").unwrap().as_table_mut().unwrap().remove(bundle);
        });
        for (at, scope) in texts(entry.get("scopes")).into_iter().enumerate() {
            delete(format!("`{scope}` in the bundle `{bundle}`"), &|left| {
                remove_at(table(left, "bundles", bundle), "scopes", at);
            });
        }
    }
    let families = whole.get("families").and_then(Value::as_array).cloned().unwrap_or_default();
    for (at, family) in families.iter().enumerate() {
        let patterns = one_or_more(family.get("match"));
        let title = patterns.join("`, `");
        delete(format!("the family `{title}`"), &|left| remove_at(left, "families", at));
        let mut delete_of_family = |list: &str, member: usize, item: String| {
            delete(format!("{item} of the family `{title}`"), &|left| {
                let family = left.get_mut("families").unwrap().get_mut(at).unwrap();
                remove_at(family.as_table_mut().unwrap(), list, member);
            });
        };
        for (member, pattern) in patterns.iter().enumerate().filter(|_| patterns.len() > 1) {
            delete_of_family("match", member, format!("the pattern `{pattern}`"));
        }
        for (member, excepted) in texts(family.get("except")).into_iter().enumerate() {
            delete_of_family("except", member, format!("the exception `{excepted}`"));
        }
    }
    found
}

/// The tables below a table, in the order of the file.
fn tables<'t>(whole: &'t Table, name: &str) -> Vec<(&'t String, &'t Table)> {
    let below = whole.get(name).and_then(Value::as_table);
    below.into_iter().flatten().map(|(name, entry)| (name, entry.as_table().unwrap())).collect()
}

fn table<'t>(whole: &'t mut Table, parent: &str, name: &str) -> &'t mut Table {
    whole.get_mut(parent).unwrap().get_mut(name).unwrap().as_table_mut().unwrap()
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array);
    list.into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Removes a member of a list, and the list with its last one.
fn remove_at(table: &mut Table, list: &str, at: usize) {
    let members = table.get_mut(list).unwrap().as_array_mut().unwrap();
    members.remove(at);
    if members.is_empty() {
        table.remove(list);
    }
}

/// The texts of a value that is one or a list of them.
fn one_or_more(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        list => texts(list),
    }
}

/// Every order, as texts such as `a > b > c`.
fn orders(whole: &Table) -> Vec<String> {
    one_or_more(whole.get("order").and_then(|order| order.get("ranks")))
}

fn ranks(whole: &Table) -> Vec<String> {
    let orders = orders(whole);
    orders.iter().flat_map(|order| order.split('>')).map(|rank| rank.trim().to_owned()).collect()
}

/// Takes a scope out of the orders. What stood around it moves together; an order of one scope is none.
fn without_rank(left: &mut Table, rank: &str) {
    let orders: Vec<Value> = orders(left)
        .iter()
        .map(|order| order.split('>').map(str::trim).filter(|other| *other != rank).collect::<Vec<_>>())
        .filter(|order| order.len() > 1)
        .map(|order| Value::String(order.join(" > ")))
        .collect();
    let order = left.get_mut("order").unwrap().as_table_mut().unwrap();
    if orders.is_empty() {
        order.remove("ranks");
    } else {
        order.insert("ranks".to_owned(), Value::Array(orders));
    }
    if order.is_empty() {
        left.remove("order");
    }
}
