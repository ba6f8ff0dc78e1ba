//! Pass 2: follows router values through the program, from where they are served to their leaves.
//!
//! An evaluation of the facts with values that know no more than routes need. Every branch is taken, loops over known
//! lists run, what can't be known is [`Value::Unknown`]. Nothing here knows a web framework; see [`crate::frameworks`].

mod bind;
mod branch;
mod call;
mod expr;
mod list;
mod list_change;
mod loops;
mod macros;
mod method;
mod option;
mod path;
mod policies;
mod spoil;
mod text;
mod typed;

pub use method::TRANSPARENT;
pub use policies::OWN;
pub use text::texts_of;
pub use typed::type_of;

use crate::facts::{Expr, Place};
use crate::hash::{Map, Set};
use crate::value::{Lost, Router, Value};
use crate::world::{FileId, FnId, Location, ModuleId, TypeRef, World};
use policies::Policies;
use scopewright_model::{Code, Unresolved};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Evaluation steps after which a program is called too large to follow.
const MOST_STEPS: u64 = 3_000_000;
/// Calls within calls after which a call is not followed.
const DEEPEST_CALL: usize = 96;
/// How often a function may be on the way to itself.
const MOST_RECURSION: usize = 2;

/// One function, closure or constant that is being evaluated.
#[derive(Debug, Clone)]
pub struct Frame {
    pub id: usize,
    pub function: Option<FnId>,
    pub scope: ModuleId,
    pub file: FileId,
    pub self_type: Option<TypeRef>,
    pub generics: Map<String, TypeRef>,
    pub bindings: Vec<Binding>,
    pub returns: Vec<(Rc<str>, Value)>,
    /// Values that loops and labelled blocks were left with.
    breaks: Vec<Break>,
    /// What the variables were where control left: `break`, `continue`, `return`.
    jumps: Vec<Jump>,
}

/// Control leaves a block before its end.
#[derive(Debug, Clone)]
struct Jump {
    kind: JumpKind,
    /// Of the loop or block it leaves, if it says which.
    label: Option<Rc<str>>,
    condition: Rc<str>,
    bindings: Vec<Binding>,
}

impl Jump {
    /// Whether it goes to the end of a loop of this label, or of its round.
    fn is_of_loop(&self, label: Option<&str>) -> bool {
        self.kind != JumpKind::Return && (self.label.is_none() || self.label.as_deref() == label)
    }
}

/// A loop or block is left with a value.
#[derive(Debug, Clone)]
struct Break {
    label: Option<Rc<str>>,
    condition: Rc<str>,
    value: Value,
}

/// Where control goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JumpKind {
    Break,
    Continue,
    Return,
}

/// A variable.
#[derive(Debug, Clone)]
pub struct Binding {
    pub name: Rc<str>,
    pub value: Value,
    /// How often it was assigned.
    pub version: u64,
}

/// A router that is served.
#[derive(Debug, Clone)]
pub struct Served {
    pub site: Location,
    /// The function in which it is.
    pub function: Option<FnId>,
    pub router: Router,
    /// Conditions around the serving, outermost first.
    pub conditions: Rc<[Rc<str>]>,
    /// The router is, or depends on, a parameter for which no caller is found.
    pub is_orphan: bool,
    /// It is only returned, to whoever serves it.
    pub is_handed_out: bool,
}

/// A server of MCP that is put where requests arrive.
#[derive(Debug, Clone, Copy)]
pub struct ServedTools {
    pub site: Location,
    pub guarding: Guarding,
    /// It depends on a parameter for which no caller is found.
    pub is_orphan: bool,
}

/// What stands between the callers of a server and its tools. In order: of several the last one tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guarding {
    /// It is guarded, or open by a word of ours that says so.
    Guarded,
    /// A caller may know.
    Param,
    /// Nothing.
    Unguarded,
}

/// What became of a call that looks like a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// On a value nothing is known about, and it hardly is a registration.
    Unlikely,
    /// On a value nothing is known about.
    UnknownReceiver,
    /// On something that is no router.
    NoRouter,
    /// On a router.
    Registered,
    /// On a router, which took in another: what is registered on that one is accounted for there.
    Composed,
}

/// A router that went where it can't be followed.
#[derive(Debug, Clone)]
pub struct Escape {
    pub location: Location,
    pub into: String,
    pub router: Router,
}

/// The state of an evaluation.
pub struct Eval<'a> {
    pub world: World<'a>,
    frames: Vec<Frame>,
    next_frame: usize,
    /// How many closures are being evaluated inside each other.
    closures: usize,
    pub served: Vec<Served>,
    pub served_tools: Vec<ServedTools>,
    /// Servers that are made to be served open, each with the reason that is given.
    pub open_servers: BTreeMap<Location, Option<Rc<str>>>,
    /// The policies that doors and comparisons are told to ask.
    pub policies: Policies,
    pub outcomes: Map<Location, Outcome>,
    pub escapes: BTreeMap<Location, Escape>,
    /// Where what serves was evaluated, and where functions of the project were named.
    pub visited: Set<Location>,
    /// Where a function that serves was called and given something.
    pub serving: Set<Location>,
    /// The names of the functions in which something is served.
    pub serving_names: Set<String>,
    /// Functions that were evaluated, with whatever arguments.
    pub evaluated: Set<FnId>,
    memo: Map<FnId, Value>,
    constants: Map<crate::world::ConstId, Value>,
    lost: BTreeMap<(Location, Code), Unresolved>,
    steps: u64,
    /// Conditions around what is being evaluated.
    conditions: Vec<Rc<str>>,
    versions: u64,
    /// Where evaluation stands.
    place: Place,
    /// Where the receiver of the method begins that is evaluated.
    receiver_begins: Place,
}

impl<'a> Eval<'a> {
    /// An evaluation that has not begun.
    pub fn new(world: World<'a>) -> Self {
        Self {
            world,
            frames: Vec::new(),
            next_frame: 0,
            closures: 0,
            served: Vec::new(),
            served_tools: Vec::new(),
            open_servers: BTreeMap::new(),
            policies: Policies::default(),
            outcomes: Map::default(),
            escapes: BTreeMap::new(),
            visited: Set::default(),
            serving: Set::default(),
            serving_names: Set::default(),
            evaluated: Set::default(),
            memo: Map::default(),
            constants: Map::default(),
            lost: BTreeMap::new(),
            steps: 0,
            conditions: Vec::new(),
            versions: 0,
            place: Place::default(),
            receiver_begins: Place::default(),
        }
    }

    /// Evaluates a function whose callers are not looked at.
    pub fn evaluate_alone(&mut self, id: FnId) -> Value {
        self.evaluate_and_see(id).0
    }

    /// The same, with what the function makes of the parameters and the receiver that it changes.
    pub fn evaluate_and_see(&mut self, id: FnId) -> (Value, Vec<Value>) {
        let Some(function) = self.world.function(id) else { return (Value::unknown(), Vec::new()) };
        let self_type = self.world.self_type(id);
        let receiver = function.has_self.then(|| self.param_of_type(self_type.clone()));
        let module = self.world.functions.get(id.0).map(|def| def.module);
        let arguments = function.params.iter().map(|param| match module {
            Some(module) => self.param_value(module, &param.of, self_type.as_ref()),
            None => Value::param(None),
        });
        let arguments: Vec<Value> = arguments.collect();
        let through = call::Through { self_type, ..call::Through::default() };
        let called = self.call_function(id, receiver, &arguments, through);
        (called.value, called.changed.into_iter().flatten().chain(called.receiver).collect())
    }

    /// What is known of the place where evaluation stands.
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.last()
    }

    fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    /// The module or block where evaluation stands.
    pub fn scope(&self) -> ModuleId {
        self.frame().map_or(ModuleId(0), |frame| frame.scope)
    }

    /// A place in the file where evaluation stands.
    pub fn here(&self, place: Place) -> Location {
        Location { file: self.frame().map_or(FileId(0), |frame| frame.file), place }
    }

    /// The conditions around what is being evaluated.
    pub fn conditions(&self) -> Rc<[Rc<str>]> {
        self.conditions.iter().cloned().collect()
    }

    /// Counts a step. False once there were too many.
    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps < MOST_STEPS
    }

    /// Counts what a call costs: a step for everything on the routers it is given.
    fn step_call(&mut self, arguments: &[Value], receiver: Option<&Value>) -> bool {
        let size = |value: &Value| match value {
            Value::Router(router) => router.entries.len(),
            _ => 1,
        };
        let total: usize = arguments.iter().chain(receiver).map(size).sum();
        self.steps += total as u64;
        self.step()
    }

    /// Whether the evaluation was given up.
    pub fn gave_up(&self) -> bool {
        self.steps >= MOST_STEPS
    }

    /// Notes what could not be followed and nobody can know.
    pub fn lose(&mut self, lost: &Lost) {
        self.lose_of(lost, Vec::new());
    }

    /// Notes what could not be followed, and by which names the policy can say what is registered there.
    pub fn lose_of(&mut self, lost: &Lost, registrars: Vec<String>) {
        let span = self.world.span(lost.location);
        let (reason, help) = (lost.reason.clone(), lost.help.clone());
        let unresolved = Unresolved { reason, span, code: lost.code, help, registrars };
        self.lost.entry((lost.location, lost.code)).or_insert(unresolved);
    }

    /// Whether something at a place was reported.
    pub fn is_reported_within(&self, location: Location) -> bool {
        self.lost.keys().any(|(at, _)| at.file == location.file && location.place.contains(at.place))
    }

    /// All that was noted.
    pub fn take_lost(&mut self) -> Vec<Unresolved> {
        std::mem::take(&mut self.lost).into_values().collect()
    }

    /// Notes that a router is served here.
    pub fn serve(&mut self, place: Place, router: Router) {
        let (site, conditions) = (self.here(place), self.conditions());
        let function = self.frame().and_then(|frame| frame.function);
        let (is_orphan, is_handed_out) = (false, false);
        self.served.push(Served { site, function, router, conditions, is_orphan, is_handed_out });
    }

    /// Notes that whoever calls a function serves the router it returns: what runs `main`, or, where it is handed out,
    /// another package.
    pub fn serve_at(&mut self, site: Location, function: FnId, router: Router, is_handed_out: bool) {
        let is_orphan = false;
        let (function, conditions) = (Some(function), [].into());
        self.served.push(Served { site, function, router, conditions, is_orphan, is_handed_out });
    }

    /// Notes a router that goes where it can't be followed.
    pub fn escape(&mut self, location: Location, into: &str, value: &Value) {
        for router in value.routers() {
            // What is changed in place needs not come back to be served.
            if router.is_in_place() {
                let lost = Lost {
                    reason: format!(
                        "{into} may register routes on this, and discovery can't follow it there"
                    ),
                    code: Code::UnresolvedRouter,
                    help: "register them in a function of this package that takes the `ServiceConfig` itself"
                        .to_owned(),
                    location,
                };
                let name = into.split('`').nth(1);
                self.lose_of(&lost, name.map(str::to_owned).into_iter().collect());
                continue;
            }
            if router.entries.is_empty() {
                continue;
            }
            let escape = self.escapes.entry(location).or_insert_with(|| Escape {
                location,
                into: into.to_owned(),
                router: Router::default(),
            });
            escape.router.extend(&router);
        }
    }

    /// Notes what became of a call that looks like a registration.
    pub fn outcome(&mut self, site: Location, outcome: Outcome) {
        let known = self.outcomes.entry(site).or_insert(outcome);
        *known = (*known).max(outcome);
    }

    /// Evaluates all of them, first to last.
    fn all(&mut self, exprs: &[Expr]) -> Vec<Value> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }
}
