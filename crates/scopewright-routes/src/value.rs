//! What is known of a value while routers are followed through a program.

use crate::facts::{Expr, Pattern};
use crate::world::{FnId, Location, TypeId, TypeRef};
use scopewright_model::core::{Method, RouteKind};
use scopewright_model::{Annotation, AskedBy, Framework, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A value, as far as it matters for routes. `Ok(x)`, `Some(x)`, `Box::new(x)`, `&x` are all just `x`.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing is known but perhaps its type.
    Unknown(Unknown),
    /// The expression does not come to a value: `return`, `panic!`.
    Never,
    /// `()`, `None`, `Err(..)`: a value no router is in.
    Nothing,
    Text(Rc<str>),
    Number(u64),
    Flag(bool),
    Router(Router),
    MethodRouter(MethodRouter),
    /// A set of methods: `MethodFilter::GET.or(MethodFilter::POST)`, `http::Method::GET`.
    Methods(Rc<[Method]>),
    Function(Rc<FunctionValue>),
    Closure(Rc<ClosureValue>),
    List(Rc<Vec<Value>>),
    Tuple(Rc<Vec<Value>>),
    Record(Rc<Record>),
    Variant(Rc<VariantValue>),
    /// A handler or service inside a decision made at its registration.
    Decided(Rc<DecidedValue>),
    /// One of several, with the conditions under which it is which.
    OneOf(Rc<Vec<(Rc<str>, Value)>>),
    /// What is in an `Option` that may be empty, and an element of a list that may not be there.
    Perhaps(Rc<Perhaps>),
}

/// See [`Value::Perhaps`].
#[derive(Debug, Clone)]
pub struct Perhaps {
    /// When it is there. Empty for an element that is there, but nobody knows where in its list, or how often.
    pub condition: Rc<str>,
    pub value: Value,
}

/// The condition of what a loop does.
pub const IN_A_LOOP: &str = "in a loop";
/// The condition of what a closure makes of something that may not be there.
pub const IF_THERE_IS_ONE: &str = "if there is one";

/// See [`Value::Unknown`].
#[derive(Debug, Clone, Default)]
pub struct Unknown {
    pub of: Option<TypeRef>,
    /// It comes from a parameter of the function the evaluation began with: a caller may know more.
    pub is_param: bool,
    /// A router that went into it.
    pub carries: Option<Router>,
    /// The path it was named by, if it is of another package.
    pub path: Option<Rc<[String]>>,
}

/// A router: what is registered on it, in order. Cheap to copy.
#[derive(Debug, Clone, Default)]
pub struct Router {
    pub entries: Rc<Vec<Rc<Entry>>>,
    /// The package whose own router type this is, if it is none we know.
    pub foreign: Option<Rc<str>>,
    /// Whether it is utoipa-axum's, which comes apart into axum's router and a document.
    pub is_documented: bool,
    /// Which of actix-web's builders it is, if it is one.
    pub mount: Option<Rc<Mount>>,
    /// What its type says about who may register on it.
    pub standing: Standing,
}

/// Texts, each with the condition it holds under; empty for none.
pub type Paths = Rc<[(Rc<str>, Rc<str>)]>;

/// One of actix-web's builders: what it does with what is registered on it.
#[derive(Debug, Clone)]
pub struct Mount {
    pub role: MountRole,
    /// Its own path, one of several under their conditions; none if it is not known.
    pub paths: Option<Paths>,
    pub guard: Guard,
}

/// See [`Mount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MountRole {
    /// `App`
    App,
    /// `ServiceConfig`: what is registered on it is changed in place.
    Config,
    /// `web::scope`
    Scope,
    /// `web::resource`, and what else answers on a path of its own.
    Resource,
    /// A service that answers a path and all below: files.
    Tail,
}

/// What actix-web's guards let through, as far as it matters.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// The methods; none for all.
    pub methods: Option<Rc<[Method]>>,
    /// Whether there are guards about anything else.
    pub is_conditional: bool,
}

/// One thing that is registered on a router.
#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: EntryKind,
    /// The path, without the prefixes of routers around it; none while it is unknown.
    pub path: Option<Rc<str>>,
    /// Whether it answers what no route does, until the router's fallback is reset.
    pub is_fallback: bool,
    /// What asks for a decision on the way to it, whatever stands on its handler.
    pub asked_by: AskedBy,
    /// What it is to a request: a route, or what is asked where no route fits.
    pub route_kind: RouteKind,
    /// Where a person would say it is registered.
    pub registered: Location,
    /// The call on the router.
    pub site: Location,
    /// Outermost first.
    pub conditions: Rc<[Rc<str>]>,
}

/// See [`Entry`].
#[derive(Debug, Clone)]
pub enum EntryKind {
    Endpoint(Endpoint),
    /// Something could not be followed, and a caller may know more. What nobody can know is reported at once.
    Lost(Rc<Lost>),
    /// Whatever is on the router that a parameter holds.
    Param,
}

/// What could not be followed.
#[derive(Debug, Clone)]
pub struct Lost {
    pub reason: String,
    pub code: scopewright_model::Code,
    pub help: String,
    pub location: Location,
}

/// A method and who answers it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    pub method: Method,
    pub handler: Rc<HandlerRef>,
    pub decision: Option<Rc<Annotation>>,
    pub framework: Framework,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlerRef {
    pub path: String,
    pub definition: Location,
    /// The function that may carry attributes.
    pub function: Option<FnId>,
    /// Where it is named.
    pub named: Location,
    /// No item of that name was found.
    pub is_missing: bool,
}

/// The methods of one path.
#[derive(Debug, Clone, Default)]
pub struct MethodRouter {
    pub entries: Rc<Vec<MethodEntry>>,
    /// The guards of a route of actix-web's.
    pub guard: Option<Guard>,
    /// The paths that the handlers of utoipa-axum's `routes!` name themselves; an empty list if they are not known.
    pub paths: Option<Paths>,
}

/// One method of a [`MethodRouter`].
#[derive(Debug, Clone)]
pub struct MethodEntry {
    pub kind: EntryKind,
    pub registered: Location,
    pub conditions: Rc<[Rc<str>]>,
}

/// A function used as a value.
#[derive(Debug, Clone)]
pub struct FunctionValue {
    pub of: FunctionRef,
    /// Where it is named.
    pub named: Location,
    /// The type it was named through (`T::list`), and its type arguments.
    pub self_type: Option<TypeRef>,
    pub generics: Vec<Option<TypeRef>>,
    /// The type arguments of the type it was named through (`Server::<App>::run`).
    pub type_generics: Vec<Option<TypeRef>>,
}

/// Which function.
#[derive(Debug, Clone)]
pub enum FunctionRef {
    Local(FnId),
    /// Of another package.
    External(Rc<[String]>),
    /// A name that nothing declares that can be seen.
    Missing(Rc<str>),
}

/// A closure and what it sees.
#[derive(Debug, Clone)]
pub struct ClosureValue {
    pub params: Rc<[Pattern]>,
    pub body: Rc<Expr>,
    pub location: Location,
    /// The frame it was made in: called there, it changes what is there.
    pub frame: usize,
    pub sees: Rc<crate::eval::Frame>,
}

/// A struct value.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub of: Option<TypeRef>,
    pub fields: BTreeMap<String, Value>,
    /// Fields that are not here are those of a parameter.
    pub is_param: bool,
}

/// A variant of an enum of the project.
#[derive(Debug, Clone)]
pub struct VariantValue {
    pub of: TypeId,
    pub name: Rc<str>,
    pub fields: Vec<Value>,
}

/// See [`Value::Decided`].
#[derive(Debug, Clone)]
pub struct DecidedValue {
    pub inner: Value,
    /// None if it can't be read; that was reported.
    pub annotation: Option<Rc<Annotation>>,
}

impl Value {
    /// A value nothing is known about.
    pub fn unknown() -> Self {
        Self::Unknown(Unknown::default())
    }

    /// A value of a parameter.
    pub fn param(of: Option<TypeRef>) -> Self {
        Self::Unknown(Unknown { of, is_param: true, ..Unknown::default() })
    }

    /// A text.
    pub fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// A value that is there under a condition.
    pub fn perhaps(condition: impl Into<Rc<str>>, value: Self) -> Self {
        match value {
            Self::Nothing | Self::Never => value,
            value => Self::Perhaps(Rc::new(Perhaps { condition: condition.into(), value })),
        }
    }

    /// The value itself, where only one that is there can be meant: Rust's types say so.
    pub fn present(&self) -> &Self {
        let mut at = self;
        while let Self::Perhaps(it) = at {
            at = &it.value;
        }
        at
    }

    /// Whether a caller may know more about it.
    pub fn is_param(&self) -> bool {
        match self {
            Self::Unknown(it) => it.is_param,
            Self::OneOf(all) => all.iter().any(|(_, value)| value.is_param()),
            Self::Record(it) => it.is_param,
            Self::Decided(it) => it.inner.is_param(),
            Self::List(all) | Self::Tuple(all) => all.iter().any(Self::is_param),
            Self::Perhaps(it) => it.value.is_param(),
            _ => false,
        }
    }

    /// Whether its methods change it where it is.
    pub fn is_in_place(&self) -> bool {
        matches!(self, Self::Router(router) if router.is_in_place())
    }

    /// All routers in it.
    pub fn routers(&self) -> Vec<Router> {
        let mut found = Vec::new();
        self.collect_routers(&mut found, 0);
        found
    }

    fn collect_routers(&self, into: &mut Vec<Router>, depth: usize) {
        const DEEPEST: usize = 8;
        if depth > DEEPEST {
            return;
        }
        match self {
            Self::Router(it) => into.push(it.clone()),
            Self::Unknown(it) => into.extend(it.carries.clone()),
            Self::List(all) | Self::Tuple(all) => {
                all.iter().for_each(|value| value.collect_routers(into, depth + 1));
            }
            Self::Record(it) => it.fields.values().for_each(|value| value.collect_routers(into, depth + 1)),
            Self::Variant(it) => it.fields.iter().for_each(|value| value.collect_routers(into, depth + 1)),
            Self::OneOf(all) => all.iter().for_each(|(_, value)| value.collect_routers(into, depth + 1)),
            Self::Decided(it) => it.inner.collect_routers(into, depth + 1),
            Self::Perhaps(it) => it.value.collect_routers(into, depth + 1),
            _ => {}
        }
    }

    /// Whether a router or method router is in it.
    pub fn is_routed(&self) -> bool {
        match self {
            Self::MethodRouter(_) => true,
            Self::List(all) | Self::Tuple(all) => all.iter().any(Self::is_routed),
            Self::Record(it) => it.fields.values().any(Self::is_routed),
            Self::OneOf(all) => all.iter().any(|(_, value)| value.is_routed()),
            Self::Perhaps(it) => it.value.is_routed(),
            _ => !self.routers().is_empty(),
        }
    }
}

/// The names of the handlers of entries, sorted. None if one of them has no name of its own.
pub fn handlers<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for entry in entries {
        if let EntryKind::Endpoint(endpoint) = &entry.kind {
            if endpoint.handler.path.starts_with('{') {
                return Vec::new();
            }
            names.insert(endpoint.handler.path.clone());
        }
    }
    names.into_iter().collect()
}

impl MethodEntry {
    /// What it is on a router, at no path yet.
    pub fn at(&self, site: Location) -> Entry {
        Entry {
            kind: self.kind.clone(),
            path: None,
            is_fallback: false,
            asked_by: AskedBy::Nothing,
            route_kind: RouteKind::Route,
            registered: self.registered,
            site,
            conditions: Rc::clone(&self.conditions),
        }
    }
}

impl Router {
    /// Whether its methods change it where it is.
    pub fn is_in_place(&self) -> bool {
        self.mount.as_ref().is_some_and(|mount| mount.role == MountRole::Config)
    }

    /// Whether both are the same place: what is registered through one is seen through the other.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.is_in_place()
            && matches!((&self.mount, &other.mount), (Some(one), Some(other)) if Rc::ptr_eq(one, other))
    }

    /// A router with only this on it.
    pub fn of(entry: Entry) -> Self {
        Self { entries: Rc::new(vec![Rc::new(entry)]), ..Self::default() }
    }

    /// Adds something.
    pub fn push(&mut self, entry: Entry) {
        let by_type = if self.standing == Standing::Typed { AskedBy::Type } else { AskedBy::Nothing };
        // What came through a door stays what it is.
        let asked_by = if entry.asked_by == AskedBy::Nothing { by_type } else { entry.asked_by };
        Rc::make_mut(&mut self.entries).push(Rc::new(Entry { asked_by, ..entry }));
    }

    /// The router behind a door: everything on it is asked for its decision.
    pub fn behind_door(&self) -> Self {
        self.map(|entry| Entry { asked_by: AskedBy::Door, ..entry.clone() })
    }

    /// Adds all of another router.
    pub fn extend(&mut self, other: &Self) {
        if self.entries.is_empty() {
            self.entries = Rc::clone(&other.entries);
        } else {
            Rc::make_mut(&mut self.entries).extend(other.entries.iter().cloned());
        }
    }

    /// The router with every entry changed.
    pub fn map(&self, change: impl FnMut(&Entry) -> Entry) -> Self {
        let entries = self.entries.iter().map(AsRef::as_ref).map(change).map(Rc::new).collect();
        Self { entries: Rc::new(entries), ..self.clone() }
    }
}

/// `conditions` with one more around them.
pub fn within(condition: &Rc<str>, conditions: &Rc<[Rc<str>]>) -> Rc<[Rc<str>]> {
    if conditions.first() == Some(condition) {
        return Rc::clone(conditions);
    }
    std::iter::once(condition).chain(conditions.iter()).cloned().collect()
}

/// The same, if there is one more.
pub fn under(condition: &Rc<str>, conditions: &Rc<[Rc<str>]>) -> Rc<[Rc<str>]> {
    if condition.is_empty() { Rc::clone(conditions) } else { within(condition, conditions) }
}

/// What a router or method router is when it is one of several: what all begin with, then the rest of each under its
/// condition.
pub fn join<T: Clone>(
    all: &[(Rc<str>, Rc<Vec<T>>)],
    is_same: impl Fn(&T, &T) -> bool,
    under: impl Fn(&Rc<str>, &T) -> T,
) -> Vec<T> {
    let shortest = all.iter().map(|(_, entries)| entries.len()).min().unwrap_or(0);
    let Some((_, first)) = all.first() else { return Vec::new() };
    let is_common = |at: usize| {
        let Some(entry) = first.get(at) else { return false };
        all.iter().all(|(_, entries)| entries.get(at).is_some_and(|other| is_same(entry, other)))
    };
    let common = (0..shortest).take_while(|at| is_common(*at)).count();
    let mut joined: Vec<T> = first.iter().take(common).cloned().collect();
    for (condition, entries) in all {
        joined.extend(entries.iter().skip(common).map(|entry| under(condition, entry)));
    }
    joined
}
