//! Tests: functions that an attribute keeps out of the service, if it is the one that its name says.

use super::{FileId, ModuleId, Named, Owner, Target, World};
use crate::facts::{Key, Path};
use crate::frameworks;

/// The attributes of other packages after which a function is there for `cargo test` alone.
const KNOWN: &[&[&str]] = &[
    &["actix_rt", "test"],
    &["actix_web", "rt", "test"],
    &["actix_web", "test"],
    &["async_std", "test"],
    &["core", "prelude", "v1", "bench"],
    &["core", "prelude", "v1", "test"],
    &["ntex", "test"],
    &["rstest"],
    &["rstest", "rstest"],
    &["smol_potat", "test"],
    &["sqlx", "test"],
    &["std", "prelude", "v1", "bench"],
    &["std", "prelude", "v1", "test"],
    &["test_case"],
    &["test_case", "test_case"],
    &["test_log", "test"],
    &["tokio", "test"],
];

/// A function that may be a test.
pub(super) struct MaybeTest {
    pub module: ModuleId,
    pub file: FileId,
    pub function: Key,
    pub name: String,
    pub marks: Vec<Path>,
}

impl World<'_> {
    /// Looks up the attributes of what may be a test, and takes in what is none.
    pub(super) fn settle_tests(&mut self) {
        // A look-up may read more files, and so come here again.
        while let Some(it) = self.tests.pop() {
            if it.marks.iter().any(|mark| self.is_of_tests(it.module, mark)) {
                self.dropped.insert((it.module, it.name));
                continue;
            }
            self.resolved.clear();
            self.looked_up.clear();
            let (id, name) = self.add_function(it.function, it.file, it.module, Owner::Module);
            self.declare(it.module, &name, Named::Target(Target::Function(id)));
        }
    }

    /// Whether an attribute is the language's own or one of those that are known.
    fn is_of_tests(&mut self, module: ModuleId, mark: &Path) -> bool {
        let names: Vec<String> = mark.segments.iter().map(|segment| segment.name.clone()).collect();
        let krate = self.modules.get(module.0).map(|module| module.krate);
        let targets = self.resolve(module, &names, mark.absolute);
        // A crate's own functions and modules are in another namespace, and so is what a framework's globs bring in.
        let is_glob = |path: &[String]| {
            names.len() == 1 && path.first().is_some_and(|first| frameworks::is_framework(first))
        };
        let is_known = |path: &[String]| {
            KNOWN.iter().any(|known| known.len() == path.len() && known.iter().zip(path).all(|(a, b)| a == b))
        };
        let mut is_named = false;
        for target in targets {
            match target {
                Target::External(path) if is_known(&path) => is_named = true,
                Target::External(path) if is_glob(&path) => {}
                Target::Function(id) if self.krate_of_function(id) == krate => {}
                Target::External(_) | Target::Function(_) => return false,
                Target::Module(_) | Target::Type(_) | Target::Constant(_) | Target::Variant(..) => {}
            }
        }
        is_named || matches!(mark.single(), Some("test" | "bench" | "test_case"))
    }

    fn krate_of_function(&self, id: super::FnId) -> Option<super::CrateId> {
        let module = self.functions.get(id.0)?.module;
        self.modules.get(module.0).map(|module| module.krate)
    }

    /// Whether a path names a function that was taken for a test.
    pub fn is_dropped(&mut self, scope: ModuleId, path: &[String], absolute: bool) -> bool {
        let Some((name, before)) = path.split_last() else { return false };
        if before.is_empty() {
            // It may have come by a `use`.
            return self.dropped.iter().any(|(_, dropped)| dropped == name);
        }
        self.resolve(scope, before, absolute).into_iter().any(|target| match target {
            Target::Module(module) => self.dropped.contains(&(module, name.clone())),
            _ => false,
        })
    }

    /// Whether a name that nothing declares may be declared in a file that only the build knows.
    pub fn may_be_built(&mut self, scope: ModuleId, path: &[String], absolute: bool) -> bool {
        if self.built.is_empty() {
            return false;
        }
        // By itself it may have come by a `use`.
        path.len() == 1
            || (1..path.len()).any(|count| {
                let targets = self.resolve(scope, path.get(..count).unwrap_or_default(), absolute);
                targets.iter().any(|of| matches!(of, Target::Module(of) if self.built.contains(of)))
            })
    }
}
