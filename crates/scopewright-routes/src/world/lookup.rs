//! What a module has under a name: what it declares, what its `use` lines name, what its globs bring in.
//!
//! Globs lead in circles in ordinary programs (a prelude that everything imports and that imports everything). So a
//! look-up visits each module once, and which modules a glob names is worked out beforehand, for all globs together,
//! until nothing changes: the cost is linear in modules and globs, whatever the circles.

use super::names::{Found, external_member};
use super::{Location, ModuleId, Named, Target, World};
use crate::facts::Use;
use crate::hash::{Map, Set};
use std::rc::Rc;

/// How often all globs are gone over. Each time settles at least one link of the longest chain of globs that are named
/// through other globs; programs have chains of two or three.
const MOST_ROUNDS: usize = 64;
/// How many modules one look-up may visit in all, circles of `use` lines included, before it is given up, and that is said.
const MOST_VISITS: usize = 200_000;

/// Which kind of name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Want {
    /// What a path can go on from: a module or a type. One that is declared leaves no room for another.
    Container,
    /// Anything, of all namespaces.
    Anything,
}

/// Who asks for names, and what is being looked up for it.
#[derive(Debug)]
pub(super) struct Asking {
    /// The module or block in which the path stands: private globs are seen from inside only.
    from: ModuleId,
    /// Look-ups that are under way, so that a circle of re-exports ends.
    under_way: Vec<(ModuleId, String)>,
    /// Whether such a circle was cut: what was found then is not all there is.
    is_cut: bool,
    visits: usize,
}

impl Asking {
    /// A question from a module.
    pub(super) fn from(from: ModuleId) -> Self {
        Self { from, under_way: Vec::new(), is_cut: false, visits: 0 }
    }
}

/// The globs of all modules, by module and position among its globs.
#[derive(Debug, Default)]
pub(super) struct Globs {
    /// What each names.
    targets: Map<(ModuleId, usize), Rc<[Target]>>,
    /// Those nobody has looked at yet.
    pub(super) new: Vec<(ModuleId, usize)>,
    /// Those that named nothing known so far.
    empty: Vec<(ModuleId, usize)>,
    /// Whether they are being worked out.
    are_open: bool,
}

/// What a look-up is remembered by: who asks, where, for which kind of name.
pub(super) type LookupKey = (ModuleId, ModuleId, Want);

impl World<'_> {
    /// What a module declares or imports under a name.
    pub(super) fn lookup(
        &mut self,
        module: ModuleId,
        name: &str,
        want: Want,
        asking: &mut Asking,
    ) -> Rc<Found> {
        let key = (asking.from, module, want);
        if let Some(known) = self.looked_up.get(&key).and_then(|names| names.get(name)) {
            return Rc::clone(known);
        }
        if asking.under_way.iter().any(|(of, wanted)| *of == module && wanted == name) {
            // `pub use home::*;` asks for the module `home` while a function of that name is looked for.
            asking.is_cut = true;
            let sure = self.declared(module, name).into_iter().filter_map(|named| match named {
                Named::Target(target) if is_container(&target) => Some(target),
                _ => None,
            });
            return Rc::new(Found { sure: sure.collect(), maybe: Vec::new() });
        }
        let was_cut = std::mem::take(&mut asking.is_cut);
        asking.under_way.push((module, name.to_owned()));
        let found = Rc::new(self.visit(module, name, want, asking));
        asking.under_way.pop();
        // The outermost look-up has cut nothing but its own circles.
        if !asking.is_cut || asking.under_way.is_empty() {
            self.looked_up.entry(key).or_default().insert(name.to_owned(), Rc::clone(&found));
        }
        asking.is_cut |= was_cut;
        found
    }

    fn declared(&self, module: ModuleId, name: &str) -> Vec<Named> {
        self.modules.get(module.0).and_then(|module| module.names.get(name)).cloned().unwrap_or_default()
    }

    /// Goes from module to module along the globs, to each once.
    fn visit(&mut self, module: ModuleId, name: &str, want: Want, asking: &mut Asking) -> Found {
        let mut found = Found::default();
        // A module or type leaves the name free for a function: `mod home; pub use home::*;` brings in `home::home`.
        // Beyond such a declaration only other kinds of names count.
        let mut seen: Set<(ModuleId, bool)> = Set::default();
        let mut open = vec![(module, false)];
        while let Some((at, is_taken)) = open.pop() {
            if !seen.insert((at, is_taken)) {
                continue;
            }
            asking.visits += 1;
            if asking.visits > MOST_VISITS {
                self.give_up_on(at, name);
                return found;
            }
            self.ensure_loaded(at);
            let mut own = Vec::new();
            for named in self.declared(at, name) {
                match named {
                    Named::Target(target) => own.push(target),
                    Named::Use(of) => own.extend(self.used(at, name, &of, want, asking)),
                }
            }
            let is_declared = !own.is_empty();
            let is_settled = match want {
                Want::Container => {
                    own.iter().any(|target| is_container(target) || matches!(target, Target::External(_)))
                }
                Want::Anything => own.iter().any(|target| !is_container(target)),
            };
            found.sure.extend(own.into_iter().filter(|target| !is_taken || !is_container(target)));
            if is_settled {
                continue;
            }
            let is_taken = is_taken || is_declared;
            let beyond = self.globs_seen_from(at, asking.from);
            for target in &beyond {
                match target {
                    Target::Type(of) => found.sure.extend(self.variant(*of, name)),
                    // A glob of the standard library brings in no router.
                    Target::External(path) if !is_taken && !is_std(path) => {
                        found.maybe.push(external_member(path, name));
                    }
                    _ => {}
                }
            }
            // What is pushed last is gone to first, so that modules come in the order of their globs.
            for target in beyond.iter().rev() {
                if let Target::Module(of) = target {
                    open.push((*of, is_taken));
                }
            }
        }
        found
    }

    /// What one `use` line names.
    fn used(
        &mut self,
        module: ModuleId,
        name: &str,
        of: &Use,
        want: Want,
        asking: &mut Asking,
    ) -> Vec<Target> {
        let is_first = asking.under_way.last().is_some_and(|(at, wanted)| *at == module && wanted == name);
        if !is_first && asking.under_way.iter().any(|(at, wanted)| *at == module && wanted == name) {
            asking.is_cut = true;
            return Vec::new();
        }
        let from = std::mem::replace(&mut asking.from, module);
        asking.under_way.push((module, name.to_owned()));
        let found = self.resolve_for(module, &of.path, of.absolute, want, asking);
        asking.under_way.pop();
        asking.from = from;
        found
    }

    /// What the globs of a module name that somebody in another one may look through.
    fn globs_seen_from(&mut self, module: ModuleId, from: ModuleId) -> Vec<Target> {
        if !self.globs.new.is_empty() {
            self.settle_globs();
        }
        let is_inside = self.is_within(from, module);
        let globs = self.modules.get(module.0).map_or(&[][..], |module| module.globs.as_slice());
        let seen = globs.iter().enumerate().filter(|(_, glob)| is_inside || !glob.is_private);
        let targets = seen.filter_map(|(index, _)| self.globs.targets.get(&(module, index)));
        targets.flat_map(|targets| targets.iter().cloned()).collect()
    }

    fn is_within(&self, module: ModuleId, around: ModuleId) -> bool {
        let mut at = Some(module);
        while let Some(id) = at {
            if id == around {
                return true;
            }
            at = self.modules.get(id.0).and_then(|module| module.parent);
        }
        false
    }

    /// Works out what the globs name that are new, and those that named nothing so far: all of them, again and again,
    /// until nothing changes.
    fn settle_globs(&mut self) {
        if std::mem::replace(&mut self.globs.are_open, true) {
            return; // the loop that is under way takes them in
        }
        let mut open = std::mem::take(&mut self.globs.empty);
        for _ in 0..MOST_ROUNDS {
            let mut is_changed = false;
            let mut at = 0;
            loop {
                open.append(&mut self.globs.new);
                let Some((module, index)) = open.get(at).copied() else { break };
                at += 1;
                let of = self.modules.get(module.0).and_then(|module| module.globs.get(index)).cloned();
                let Some(of) = of else { continue };
                let mut asking = Asking::from(module);
                let targets = self.resolve_for(module, &of.path, of.absolute, Want::Container, &mut asking);
                let known = self.globs.targets.get(&(module, index));
                if known.is_none_or(|known| **known != *targets) {
                    is_changed = true;
                    self.globs.targets.insert((module, index), targets.into());
                    self.looked_up.clear();
                }
            }
            if !is_changed {
                break;
            }
        }
        open.retain(|glob| self.globs.targets.get(glob).is_none_or(|targets| targets.is_empty()));
        self.globs.empty = open;
        self.globs.are_open = false;
        self.looked_up.clear();
        self.resolved.clear();
    }

    /// Says that a name was not looked for to the end.
    fn give_up_on(&mut self, module: ModuleId, name: &str) {
        let Some(file) = self.modules.get(module.0).map(|module| module.file) else { return };
        let place = crate::facts::Place { line: 1, column: 1, end_line: 1, end_column: 1, made: 0 };
        let span = self.span(Location { file, place });
        let unresolved = scopewright_model::Unresolved {
            reason: format!(
                "`use` lines lead in so many circles that `{name}` was not looked for to the end"
            ),
            span,
            code: scopewright_model::Code::UnresolvedRouter,
            help: "import it by its own path where it is used".to_owned(),
            registrars: Vec::new(),
        };
        if !self.unresolved.contains(&unresolved) {
            self.unresolved.push(unresolved);
        }
    }
}

/// Whether it is of the namespace of modules and types.
fn is_container(target: &Target) -> bool {
    matches!(target, Target::Module(_) | Target::Type(_))
}

fn is_std(path: &[String]) -> bool {
    path.first().is_some_and(|first| matches!(first.as_str(), "std" | "core" | "alloc"))
}
