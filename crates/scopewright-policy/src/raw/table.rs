//! Opens a table with fixed keys: reports unknown and absent keys and broken rules between them, then hands out values.

use super::shape::{KeyShape, Need, Rule, TableShape};
use super::{Field, Node, Path, Raw, ValueShape, quoted};
use crate::context::Context;
use crate::nearest::{listed, listed_by, nearest};
use scopewright_model::{Applicability, Code, Diagnostic, Span};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// An opened table.
#[derive(Debug)]
pub(crate) struct TableReader<'a, 'i> {
    table: &'a DeTable<'i>,
    range: Range<usize>,
    path: Path,
}

impl<'a, 'i> TableReader<'a, 'i> {
    /// Opens a value as a table, or reports that it is none.
    pub(crate) fn open(node: &Node<'a, 'i>, shape: &TableShape, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Table(table) = node.value else {
            let help = format!("it holds {}", listed(shape.keys.iter().map(|key| key.name)));
            node.wrong_kind("a table", &help, cx);
            return None;
        };
        Some(Self::of_table(table, node.range.clone(), node.path.as_table(), shape, cx))
    }

    /// The document itself.
    pub(crate) fn document(table: &'a DeTable<'i>, shape: &TableShape, cx: &mut Context<'_>) -> Self {
        Self::of_table(table, 0..0, Path::document(), shape, cx)
    }

    fn of_table(
        table: &'a DeTable<'i>,
        range: Range<usize>,
        path: Path,
        shape: &TableShape,
        cx: &mut Context<'_>,
    ) -> Self {
        let reader = Self { table, range, path };
        let meant = reader.check_unknown(shape, cx);
        let replaced = reader.replaced(shape);
        let is_known = |key: &str| reader.has(key) || meant.contains(&key) || replaced.contains(&key);
        for key in shape.keys.iter().filter(|key| !is_known(key.name)) {
            reader.check_absent(key, cx);
        }
        for key in shape.keys.iter().filter(|key| key.need == Need::Required) {
            reader.check_empty(key, cx);
        }
        for rule in shape.rules.iter().copied().flatten() {
            reader.check_rule(rule, shape, &meant, cx);
        }
        reader
    }

    /// The place of the table.
    fn span(&self, cx: &Context<'_>) -> Span {
        cx.span(self.range.clone())
    }

    /// The value behind a key, or none if it is absent or unreadable (and that is reported).
    pub(crate) fn take<T: Raw>(&self, key: &str, cx: &mut Context<'_>) -> Option<Field<T>> {
        let (written, value) = self.table.get_key_value(key)?;
        let node = Node { value: value.get_ref(), range: value.span(), path: self.path.key(key) };
        let value = T::read(&node, cx)?;
        Some(Field { key: cx.span(written.span()), span: node.span(cx), value })
    }

    fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys that another one stands for.
    fn replaced(&self, shape: &TableShape) -> Vec<&'static str> {
        let rules = shape.rules.iter().copied().flatten();
        let keys = rules.filter_map(|rule| match rule {
            Rule::Replaced { keys, by } if self.has(by) => Some(*keys),
            _ => None,
        });
        keys.flatten().copied().collect()
    }

    fn key_span(&self, key: &str, cx: &Context<'_>) -> Span {
        self.table.get_key_value(key).map_or_else(|| self.span(cx), |(key, _)| cx.span(key.span()))
    }

    /// Reports keys no such table has. Returns the keys they were probably meant to be, which then are not reported as
    /// absent too.
    fn check_unknown(&self, shape: &TableShape, cx: &mut Context<'_>) -> Vec<&'static str> {
        let known = || shape.keys.iter().map(|key| key.name);
        let mut meant = Vec::new();
        for (key, value) in self.table {
            if known().any(|name| name == key.get_ref()) {
                continue;
            }
            let title = self.path.table_title();
            let message = format!("{title} has no key `{}`", key.get_ref());
            let place = cx.span(key.span());
            let mut finding = Diagnostic::new(Code::UnknownKey, message, place.clone(), "unknown key");
            // `[scopes.Calls.Read]` is the table `Read` of `Calls`; the header's names stand side by side.
            let is_dotted = !self.range.is_empty() && self.range.end + 1 == key.span().start;
            if let Some(first) =
                cx.text().get(self.range.clone()).filter(|_| is_dotted && value.get_ref().is_table())
            {
                let whole = quoted(&format!("{}.{}", first.trim_matches('"'), key.get_ref()));
                finding = finding
                    .help("a name that holds a dot is written in quotes")
                    .suggest(cx.span(self.range.start..key.span().end), whole);
                meant.extend(known());
            }
            finding = finding.help(format!("{title} takes {}", listed(known())));
            // A key that is there already can't be what was meant.
            let candidates = known().filter(|name| !self.has(name));
            if let Some(name) = nearest(key.get_ref(), candidates, &mut cx.budget) {
                meant.push(name);
                finding = finding.suggest(place, name);
            }
            cx.report(finding);
        }
        meant
    }

    fn check_absent(&self, key: &KeyShape, cx: &mut Context<'_>) {
        let title = self.path.table_title();
        match key.need {
            Need::Optional => {}
            Need::Required => self.report_absent(key, cx),
            Need::Answer => {
                let message = format!("{title} does not say whether scopes are enforced");
                let finding =
                    Diagnostic::new(Code::MissingScopesAnswer, message, self.span(cx), "no `scopes` here")
                        .help("write `scopes = \"enforced\"` if the scopes of this credential decide")
                        .help("write `scopes = { skipped = \"why\" }` if something else decides");
                cx.report(self.with_line(finding, "scopes = \"enforced\"\nunknown_scopes = \"deny\"", cx));
            }
        }
    }

    fn report_absent(&self, key: &KeyShape, cx: &mut Context<'_>) {
        let KeyShape { name, examples, .. } = key;
        let title = self.path.table_title();
        let message = format!("{title} needs `{name}`");
        let finding = Diagnostic::new(Code::MissingKey, message, self.span(cx), format!("no `{name}` here"));
        if matches!(key.value, ValueShape::Entries { .. }) {
            cx.report(finding.help(format!("declare at least one `[{name}.NAME]`")));
            return;
        }
        let finding = match examples.first() {
            Some(example) => finding.help(format!("for example `{name} = {example}`")),
            None => finding.help(format!("write `{name}` in {title}")),
        };
        cx.report(self.with_line(finding, &format!("{name} = …"), cx));
    }

    /// A table of names that must be there must hold one.
    fn check_empty(&self, key: &KeyShape, cx: &mut Context<'_>) {
        let Some(value) = self.table.get(key.name) else { return };
        let is_empty = value.get_ref().as_table().is_some_and(DeTable::is_empty);
        if is_empty && matches!(key.value, ValueShape::Entries { .. }) {
            let message = format!("`[{}]` declares nothing", key.name);
            let finding = Diagnostic::new(Code::MissingKey, message, cx.span(value.span()), "empty");
            cx.report(finding.help(format!("declare at least one `[{}.NAME]`", key.name)));
        }
    }

    /// Proposes a line under the table's header. A table without a header (inline, or by dotted keys) has no place for one.
    fn with_line(&self, finding: Diagnostic, line: &str, cx: &Context<'_>) -> Diagnostic {
        let written = cx.text().get(self.range.clone()).unwrap_or_default();
        if !(written.starts_with('[') && written.ends_with(']')) {
            return finding;
        }
        let end = cx.span(self.range.end..self.range.end);
        finding.suggest_as(end, format!("\n{line}"), Applicability::HasPlaceholders)
    }

    fn check_rule(&self, rule: &Rule, shape: &TableShape, meant: &[&str], cx: &mut Context<'_>) {
        match *rule {
            Rule::AtLeastOne(keys, what_for) => {
                if !keys.iter().any(|key| self.has(key) || meant.contains(key)) {
                    self.report_none_of(keys, what_for, cx);
                }
            }
            Rule::AtMostOne(keys, why) => self.check_at_most_one(keys, why, cx),
            Rule::Needs { key, word, needs } => {
                let is_met = if word.is_empty() { self.has(key) } else { self.word(key) == Some(word) };
                let is_absent = |key: &KeyShape| needs.contains(&key.name) && !self.has(key.name);
                for absent in
                    shape.keys.iter().filter(|key| is_met && is_absent(key) && !meant.contains(&key.name))
                {
                    self.report_absent_because(absent, key, word, cx);
                }
            }
            Rule::Only { keys, with, words } => self.check_only(keys, with, words, shape, cx),
            Rule::Beside { keys, others } => self.check_beside(keys, others, cx),
            Rule::Never { keys, without } | Rule::Replaced { keys, by: without } if self.has(without) => {
                for key in keys.iter().filter(|key| self.has(key)) {
                    let message = format!("`{key}` can't stand beside `{without}`");
                    let finding =
                        Diagnostic::new(Code::InvalidValue, message, self.key_span(key, cx), "out of place")
                            .also(self.key_span(without, cx), "because of this")
                            .help(format!("leave out `{key}` or `{without}`"));
                    cx.report(finding);
                }
            }
            Rule::Never { .. } | Rule::Replaced { .. } => {}
        }
    }

    fn report_none_of(&self, keys: &[&str], what_for: &str, cx: &mut Context<'_>) {
        let message = format!("{} {what_for}", self.path.table_title());
        let finding = Diagnostic::new(Code::MissingKey, message, self.span(cx), "nothing of the kind here")
            .help(format!("write {}", listed_by("or", keys.iter().copied())));
        cx.report(finding);
    }

    fn check_at_most_one(&self, keys: &[&str], why: &str, cx: &mut Context<'_>) {
        let mut present: Vec<(&str, Range<usize>)> = keys
            .iter()
            .filter_map(|key| self.table.get_key_value(*key).map(|(written, _)| (*key, written.span())))
            .collect();
        present.sort_by_key(|(_, range)| range.start);
        let Some(((first, first_range), others)) = present.split_first() else { return };
        for (key, range) in others {
            let message = format!("`{first}` and `{key}` can't stand together: {why}");
            let finding =
                Diagnostic::new(Code::InvalidValue, message, cx.span(range.clone()), "one too many")
                    .also(cx.span(first_range.clone()), format!("`{first}` stands here"))
                    .help(format!("leave out `{first}` or `{key}`"));
            cx.report(finding);
        }
    }

    fn report_absent_because(&self, absent: &KeyShape, key: &str, word: &str, cx: &mut Context<'_>) {
        let name = absent.name;
        let because = if word.is_empty() { format!("`{key}`") } else { format!("`{key} = \"{word}\"`") };
        let message = format!("{because} in {} needs `{name}`", self.path.table_title());
        let value_span = self.table.get(key).map_or_else(|| self.span(cx), |value| cx.span(value.span()));
        let finding = Diagnostic::new(Code::MissingKey, message, value_span, format!("asks for `{name}`"));
        if let ValueShape::Words(words) = absent.value {
            let lines: Vec<String> = words.iter().map(|word| format!("{name} = \"{}\"", word.word)).collect();
            let finding =
                finding.help(format!("write {}", listed_by("or", lines.iter().map(String::as_str))));
            let example = absent.examples.first().copied().unwrap_or("…");
            cx.report(self.with_line(finding, &format!("{name} = {example}"), cx));
            return;
        }
        let finding = match absent.examples.first() {
            Some(example) => finding.help(format!("for example `{name} = {example}`")),
            None => finding.help(format!("write `{name}`")),
        };
        cx.report(self.with_line(finding, &format!("{name} = …"), cx));
    }

    fn check_only(
        &self,
        keys: &[&str],
        with: &str,
        words: &[&str],
        shape: &TableShape,
        cx: &mut Context<'_>,
    ) {
        // A deciding key that must be there, or is no text, is a finding of its own.
        let is_needed = shape.keys.iter().any(|key| key.name == with && key.need == Need::Required);
        if is_needed && !self.has(with) {
            return;
        }
        let Some(value) = self.table.get(with) else { return self.check_beside(keys, &[with], cx) };
        if value.get_ref().as_str().is_none_or(|word| words.contains(&word)) {
            return;
        }
        let condition = match words {
            [word] => format!("with `{with} = \"{word}\"`"),
            _ => format!("where `{with}` is {}", listed_by("or", words.iter().copied())),
        };
        self.report_idle(keys, &condition, Some(&(with, value.span())), cx);
    }

    fn check_beside(&self, keys: &[&str], others: &[&str], cx: &mut Context<'_>) {
        if others.iter().any(|other| self.has(other)) {
            return;
        }
        let condition = match others {
            [other] => format!("beside `{other}`"),
            _ => format!("beside {}", listed_by("or", others.iter().copied())),
        };
        self.report_idle(keys, &condition, None, cx);
    }

    /// Reports those of `keys` that are there: `condition` under which they would say something is not met.
    fn report_idle(
        &self,
        keys: &[&str],
        condition: &str,
        because: Option<&(&str, Range<usize>)>,
        cx: &mut Context<'_>,
    ) {
        for key in keys.iter().filter(|key| self.has(key)) {
            let message = format!("`{key}` says something only {condition}");
            let finding =
                Diagnostic::new(Code::InvalidValue, message, self.key_span(key, cx), "has no effect here")
                    .help(format!("leave `{key}` out"));
            cx.report(match because {
                Some((with, range)) => finding.also(cx.span(range.clone()), format!("`{with}` is this")),
                None => finding,
            });
        }
    }

    fn word(&self, key: &str) -> Option<&str> {
        self.table.get(key).and_then(|value| value.get_ref().as_str())
    }
}
