//! Every pattern of an application, read off the `Debug` of its `ResourceMap`: actix-web itself tells only the first that
//! fits a path, whatever its guards say.
//!
//! What actix-web 4.18 prints is understood wholly or not at all.

use super::ScopeId;
use crate::shape::Shape;
use actix_router::ResourceDef;
use actix_web::dev::ResourceMap;

/// Something that is registered: a scope, or what ends a path.
pub(super) struct Node {
    patterns: Vec<(String, ResourceDef)>,
    /// Whether it takes what goes on below its path too.
    pub(super) is_prefix: bool,
    /// What is registered on a scope, in order; none for anything else.
    pub(super) children: Option<Vec<Node>>,
    /// The scope it is, if a door stands in front of it.
    pub(super) door: Option<ScopeId>,
}

impl Node {
    /// The application. None if what the map prints is not understood.
    pub(super) fn of(map: &ResourceMap) -> Option<Self> {
        Self::read(&Shape::of(map)?)
    }

    fn read(map: &Shape) -> Option<Self> {
        let [(pattern, own), (named, _), (parent, _), (nodes, below)] = map.fields("ResourceMap")? else {
            return None;
        };
        if [pattern, named, parent, nodes].map(String::as_str) != ["pattern", "named", "parent", "nodes"] {
            return None;
        }
        let is_prefix = own.field("ResourceDef", "is_prefix")?.flag()?;
        let texts = own.field("ResourceDef", "patterns")?;
        let texts = match texts.inside("Single") {
            Some(one) => vec![one.text()?],
            None => texts.inside("List")?.list()?.iter().map(Shape::text).collect::<Option<_>>()?,
        };
        let define = |text: &str| {
            if is_prefix { ResourceDef::prefix(text) } else { ResourceDef::new(text) }
        };
        let patterns = texts.into_iter().map(|text| (text.to_owned(), define(text))).collect();
        let mut door = None;
        let children = match below.inside("Some") {
            Some(nodes) => {
                let mut children = Vec::new();
                for node in nodes.list()? {
                    match last_of(node) {
                        Some(id) => door = Some(id),
                        None => children.push(Self::read(node)?),
                    }
                }
                Some(children)
            }
            None if below.name() == Some("None") => None,
            None => return None,
        };
        Some(Self { patterns, is_prefix, children, door })
    }

    /// The patterns that fit what is left of a path, and what is left behind them.
    pub(super) fn fitting<'n, 'p>(&'n self, path: &'p str) -> impl Iterator<Item = (&'n str, &'p str)> {
        self.patterns.iter().filter_map(move |(text, pattern)| {
            let rest = path.get(pattern.find_match(path)?..)?;
            Some((text.as_str(), rest))
        })
    }

    /// All its patterns.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(|(text, _)| text.as_str())
    }

    /// The pattern that actix-web names it by: the first of several.
    pub(super) fn name(&self) -> &str {
        self.patterns.first().map_or("", |(text, _)| text)
    }
}

/// The scope it is the last resource of, if a door put it there.
fn last_of(map: &Shape) -> Option<ScopeId> {
    let name = map.field("ResourceMap", "pattern")?.field("ResourceDef", "name")?;
    ScopeId::of_last(name.inside("Some")?.text()?)
}
