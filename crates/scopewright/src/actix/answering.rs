//! Which rows of the table are those of what answers a request behind a door, or may answer it.
//!
//! A door stands before actix-web has chosen: it takes the first thing whose pattern fits and whose guards agree, and
//! guards can't be asked beforehand. So everything that fits is looked at in its order, up to what is sure to answer.

mod tree;

use super::path::canonical;
use crate::catalogue::RouteRow;
use crate::door::Ruling;
use crate::table::{PathRows, Rows, nameless};
use actix_web::HttpRequest;
use actix_web::dev::ResourceMap;
use actix_web::http::Method;
use scopewright_core::RouteKind;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use tree::Node;

/// How the name of the resource begins that a door puts last on a scope, before the [`ScopeId`]. Patterns of such a name
/// are no part of the service.
const LAST: &str = "scopewright::door::";

/// Tells a scope behind a door from others of the same path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScopeId(usize);

impl ScopeId {
    /// Another one than any before.
    pub(super) fn next() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// The name of the resource that a door puts last on the scope.
    pub(super) fn last(self) -> String {
        format!("{LAST}{}", self.0)
    }

    /// The scope that a resource of this name is the last of.
    fn of_last(name: &str) -> Option<Self> {
        name.strip_prefix(LAST)?.parse().ok().map(Self)
    }
}

/// What a door stands in front of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Scope(ScopeId),
    Resource,
    /// Whatever it was wrapped around: everything it could be is looked at.
    Unknown,
}

/// What actix-web routes a request by, behind a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Routed {
    method: Method,
    /// The path as actix-web routes it, escapes that stand for themselves decoded.
    path: String,
    /// How much of the path led to the door.
    taken: usize,
    /// What a door in front of a resource was reached by.
    pattern: Option<String>,
}

impl Routed {
    /// Of a request at a door.
    pub(super) fn at(place: Place, request: &HttpRequest) -> Self {
        let info = request.match_info();
        Self {
            method: request.method().clone(),
            path: info.as_str().to_owned(),
            taken: info.as_str().len() - info.unprocessed().len(),
            pattern: if matches!(place, Place::Scope(_)) { None } else { request.match_pattern() },
        }
    }

    /// What the request is routed by now, if something behind the door changed that.
    pub(super) fn changed(&self, request: &HttpRequest) -> Option<Self> {
        let path = request.match_info().as_str();
        let is_same = self.method == request.method() && self.path == path;
        (!is_same).then(|| Self { method: request.method().clone(), path: path.to_owned(), ..self.clone() })
    }
}

/// Everything that is registered on the application, and the table by path.
pub(super) struct Known {
    application: Node,
    rows: Rows,
    /// How many things end each path, names of parameters and expressions aside. The table has one row for all of them.
    ends: BTreeMap<String, usize>,
}

impl Known {
    /// None if it can't be told what is registered.
    pub(super) fn of(map: &ResourceMap, rows: Rows) -> Option<Self> {
        let application = Node::of(map)?;
        let mut ends = BTreeMap::new();
        count_ends(&application, "", &mut ends);
        Some(Self { application, rows, ends })
    }

    /// What decides about a request that came to a door, and whether the scope's own default has to be kept from it.
    pub(super) fn ruling(&self, place: Place, routed: &Routed, is_preflight: bool) -> (Ruling, bool) {
        let path = routed.path.as_str();
        let left = path.get(routed.taken..).unwrap_or_default();
        let method = routed.method.as_str();
        let mut search = Search {
            known: self,
            method,
            needed: Vec::new(),
            fits: false,
            is_unlisted: false,
            has_unknown_default: false,
        };
        let at = At { node: &self.application, full: String::new(), named: String::new(), left: path };
        if !matches!(place, Place::Scope(_)) {
            each_at(&at, left.len(), &mut |at| {
                let is_it = place == Place::Unknown || routed.pattern.as_deref() == Some(&at.named);
                if at.node.children.is_none() && is_it {
                    search.endpoint(canonical(&at.full), at.node.is_prefix);
                }
            });
        }
        if place != Place::Resource {
            if place == Place::Unknown && path.len() == left.len() {
                search.scope(&self.application, left, "");
            }
            let is_it = |node: &Node| match place {
                Place::Scope(id) => node.door == Some(id),
                _ => node.children.is_some(),
            };
            each_at(&at, left.len(), &mut |at| {
                if is_it(at.node) {
                    search.scope(at.node, at.left, &at.full);
                }
            });
        }
        let has_unknown_default = search.has_unknown_default;
        (search.ruling(is_preflight), has_unknown_default)
    }
}

fn count_ends(node: &Node, full: &str, ends: &mut BTreeMap<String, usize>) {
    for child in node.children.iter().flatten() {
        for pattern in child.patterns() {
            let full = format!("{full}{pattern}");
            if child.children.is_some() {
                count_ends(child, &full, ends);
            } else {
                *ends.entry(nameless(&canonical(&full))).or_default() += 1;
            }
        }
    }
}

/// Something on the way through the application, and how far a path leads to it.
struct At<'n, 'p> {
    node: &'n Node,
    /// The pattern up to here, of those that fit.
    full: String,
    /// The pattern up to here as actix-web names it.
    named: String,
    left: &'p str,
}

/// Everything below that a path leads to, so that this much of it is left.
fn each_at<'n, 'p>(from: &At<'n, 'p>, left: usize, found: &mut dyn FnMut(&At<'n, 'p>)) {
    for child in from.node.children.iter().flatten() {
        for (pattern, rest) in child.fitting(from.left).filter(|(_, rest)| rest.len() >= left) {
            let at = At {
                node: child,
                full: format!("{}{pattern}", from.full),
                named: format!("{}{}", from.named, child.name()),
                left: rest,
            };
            if rest.len() == left {
                found(&at);
            }
            each_at(&at, left, found);
        }
    }
}

/// Something that a request fits, in the order actix-web asks.
enum Step {
    /// What ends a path: a resource, or a service for all below one.
    Endpoint { path: String, is_prefix: bool },
    /// What a scope answers where nothing on it does.
    Default { below: String },
}

impl Step {
    /// Whether it ends a path, names of parameters aside.
    fn ends(&self, path: &str) -> bool {
        matches!(self, Self::Endpoint { path: own, .. } if nameless(own) == nameless(path))
    }
}

/// Everything on a scope that the rest of a path fits, the scope's own default last.
fn each_on(scope: &Node, left: &str, full: &str, steps: &mut Vec<Step>) {
    for child in scope.children.iter().flatten() {
        for (pattern, rest) in child.fitting(left) {
            let full = format!("{full}{pattern}");
            if child.children.is_some() {
                each_on(child, rest, &full, steps);
            } else {
                steps.push(Step::Endpoint { path: canonical(&full), is_prefix: child.is_prefix });
            }
        }
    }
    steps.push(Step::Default { below: below(&canonical(full)) });
}

fn below(path: &str) -> String {
    format!("{path}/{{*rest}}")
}

/// Whether a path ends with a tail. What a scope answers where nothing on it does is in the table with such a path too.
fn is_tail(path: &str) -> bool {
    path.contains("{*")
}

/// Whether the handler of a row is there and asks no guard but for the method.
const fn is_sure(row: &RouteRow) -> bool {
    row.is_handler && !row.is_conditional
}

/// What may answer a method, as far as it was found.
struct Search<'d> {
    known: &'d Known,
    method: &'d str,
    needed: Vec<&'static RouteRow>,
    /// Whether something fits the path.
    fits: bool,
    /// Whether something may answer that is not in the table.
    is_unlisted: bool,
    /// Whether the default of the scope, which nobody may know, could answer where all guards disagree.
    has_unknown_default: bool,
}

impl Search<'_> {
    /// What is on a scope.
    fn scope(&mut self, scope: &Node, left: &str, full: &str) {
        let path = canonical(full);
        // What is only declared is said to be all that another package registers here; nobody has looked.
        let is_seen = !self.known.rows.has_declared_below(&path);
        let mut steps = Vec::new();
        each_on(scope, left, full, &mut steps);
        self.steps(&steps, is_seen);
        self.has_unknown_default |= !is_seen && self.default_rows(&below(&path)).is_empty();
    }

    /// Something that ends a path, alone.
    fn endpoint(&mut self, path: String, is_prefix: bool) {
        let is_seen = self.known.rows.at(&path, RouteKind::Route).are_all_seen();
        self.steps(&[Step::Endpoint { path, is_prefix }], is_seen);
    }

    /// Takes the rows up to what is sure to answer: nothing after it is asked.
    fn steps(&mut self, steps: &[Step], is_seen: bool) {
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Default { below } => {
                    // What is only declared for all below a scope may be the resource's that takes it, if there is one.
                    let rows = self.default_rows(below);
                    self.needed.extend([rows.of(self.method), rows.of_any()].into_iter().flatten());
                }
                Step::Endpoint { path, is_prefix } => {
                    // Where several things end one path, the table does not say which of them has which handler. Only
                    // if all of them were asked, one that is sure to answer has.
                    let so_far = steps.iter().take(at + 1).filter(|step| step.ends(path)).count();
                    let all = self.known.ends.get(&nameless(path)).copied().unwrap_or_default();
                    let are_all = all == so_far;
                    let here = steps.iter().filter(|step| step.ends(path)).count();
                    // A row of a handler may be about something elsewhere, and nobody has looked at what is here.
                    self.is_unlisted |= !is_seen && here < all && self.has_seen_rows(path);
                    if self.one(path, *is_prefix, is_seen, here < all) && are_all {
                        return;
                    }
                    let default = self.default_of(path).of_any();
                    self.needed.extend(default);
                    if are_all && !is_tail(path) && default.is_some_and(is_sure) {
                        return;
                    }
                }
            }
        }
    }

    /// Whether something that ends a path is sure to answer, or something else that ends it. `is_elsewhere_too`: something
    /// of another part of the application ends it as well, and its rows say nothing of what is here.
    fn one(&mut self, path: &str, is_prefix: bool, is_seen: bool, is_elsewhere_too: bool) -> bool {
        self.fits = true;
        let rows = &self.known.rows;
        let rows = if is_prefix {
            // What is declared of its bare path is a resource's, if one is there.
            let is_alone = self.known.ends.get(&nameless(path)) == Some(&1);
            let of_all = rows.at(&below(path), RouteKind::Nested);
            if is_alone { of_all.or(rows.at(path, RouteKind::Nested)) } else { of_all }
        } else {
            rows.at(path, RouteKind::Route)
        };
        // A resource asks its routes in order, which the table does not have: one for every method may come first.
        let answering: Vec<_> = rows.of(self.method).into_iter().chain(rows.of_any()).collect();
        // Where every handler has been seen and none is for this method, it answers 405, or lets the next one.
        let has_default = !is_prefix && !is_tail(path) && !self.default_of(path).is_empty();
        let is_known = is_seen && !rows.is_empty() && !is_elsewhere_too;
        self.is_unlisted |= answering.is_empty() && !is_known && !has_default;
        let answers = answering.iter().any(|row| is_sure(row));
        self.needed.extend(answering);
        answers
    }

    /// What a resource answers where none of its routes does.
    fn default_of(&self, path: &str) -> PathRows {
        self.known.rows.at(path, RouteKind::Fallback).seen()
    }

    fn has_seen_rows(&self, path: &str) -> bool {
        !self.known.rows.at(path, RouteKind::Route).seen().is_empty()
    }

    fn default_rows(&self, below: &str) -> PathRows {
        self.known.rows.at(below, RouteKind::Fallback).or(self.known.rows.at(below, RouteKind::Nested))
    }

    fn ruling(self, is_preflight: bool) -> Ruling {
        if self.is_unlisted {
            Ruling::Unlisted
        } else if !self.needed.is_empty() {
            Ruling::of(self.needed)
        } else if !self.fits {
            Ruling::NotFound
        } else if is_preflight {
            // The table has every handler there is, and none answers `OPTIONS`.
            Ruling::Preflight
        } else {
            Ruling::Unlisted
        }
    }
}
