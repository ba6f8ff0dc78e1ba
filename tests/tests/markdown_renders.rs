//! The generated Markdown through a renderer: its tables are tables, its examples JSON, its links lead somewhere.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what is missing here is a failed test")]

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use scopewright_tests::expect::root;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_generated_page_renders() {
    let mut pages = vec![root().join("docs/scopes.md")];
    pages.extend(markdown_below(&root().join("crates/scopewright-emit/tests/golden/markdown")));
    assert!(pages.len() > 3, "{pages:?}");
    for page in pages {
        check(&page);
    }
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(markdown_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn check(page: &Path) {
    let text = std::fs::read_to_string(page).unwrap();
    let page = page.display();
    let (mut tables, mut code, mut heading) = (0, None, None::<String>);
    let (mut anchors, mut links) = (BTreeSet::new(), BTreeSet::new());
    let mut in_paragraph = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                code = Some((language.to_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, body)) = code.take()
                    && language == "json"
                {
                    serde_json::from_str::<serde_json::Value>(&body)
                        .unwrap_or_else(|error| panic!("{page}: {error}: {body}"));
                }
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                anchors.extend(heading.take().map(|text| anchor(&text)));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.extend(dest_url.strip_prefix('#').map(str::to_owned));
            }
            Event::Start(Tag::Paragraph) => in_paragraph = true,
            Event::End(TagEnd::Paragraph) => in_paragraph = false,
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, body)) = &mut code {
                    body.push_str(&text);
                } else if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                } else {
                    // A row that is no row any more is a paragraph that begins with its bar.
                    assert!(
                        !(in_paragraph && text.starts_with('|')),
                        "{page}: a table row fell apart: {text}"
                    );
                }
            }
            _ => {}
        }
    }
    assert!(tables >= 2, "{page} has {tables} tables");
    assert!(code.is_none(), "{page}: a code block does not end");
    let dead: Vec<&String> = links.difference(&anchors).collect();
    assert!(dead.is_empty(), "{page}: links lead nowhere: {dead:?}; there are {anchors:?}");
}

/// The anchor GitHub and most renderers give a heading.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}
