//! The module tree: which files the crates are made of, read wave by wave from their roots.

use super::files::Folder;
use super::{Crate, CrateId, File, FileId, FnId, Location, Module, ModuleId, OWN_PACKAGE, World};
use crate::CrateRoot;
use crate::facts::{FileFacts, Place};
use crate::hash::Map;
use crate::load::{self, Content, Level, Loaded};
use crate::words;
use scopewright_model::{Code, Diagnostic, Span};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The file of a module that has none yet.
pub(super) const NO_FILE: FileId = FileId(usize::MAX);

/// A file that a `mod name;`, an `include!` or a crate root asks for.
pub(super) struct Wanted {
    /// Where it may be; the first that exists counts.
    pub candidates: Vec<String>,
    /// Where its items go.
    pub module: ModuleId,
    /// Whether its own module files are beside it or in a folder of its name.
    pub owns_folder: bool,
    /// Where it was asked for; none for a root.
    pub asked: Option<(FileId, Place)>,
    /// Whether the build that is looked at may go without it.
    pub is_optional: bool,
}

impl World<'_> {
    /// Reads the crates of the service's package, and the libraries it uses that use a framework themselves: what they
    /// serve may be served without a router changing hands. Other libraries are read when a name leads into them.
    pub fn read_crates(&mut self) {
        let packages = self.sources.packages;
        let mut wanted = Vec::new();
        for (package, of) in packages.iter().enumerate() {
            let is_own = package == OWN_PACKAGE;
            let mut names = of.dependencies.values();
            if is_own || names.any(|name| crate::is_known_package(name)) {
                let crates = of.crates.iter().filter(|krate| is_own || krate.is_library);
                wanted.extend(crates.map(|krate| self.add_crate(krate, package)).collect::<Vec<_>>());
            }
        }
        self.read_wanted(wanted);
        self.read_renamed_words();
    }

    fn add_crate(&mut self, krate: &CrateRoot, package: usize) -> Wanted {
        let id = CrateId(self.crates.len());
        let module = self.add_module(String::new(), id, None, NO_FILE, false);
        let CrateRoot { name, file, is_library } = krate.clone();
        self.crates.push(Crate { name, root: module, package, is_library });
        Wanted { candidates: vec![file], module, owns_folder: true, asked: None, is_optional: false }
    }

    /// The root of a package's library, which is read now if it was not.
    pub(super) fn library_of(&mut self, package: usize) -> Option<ModuleId> {
        let known = self.crates.iter().find(|krate| krate.package == package && krate.is_library);
        if let Some(krate) = known {
            return Some(krate.root);
        }
        let packages = self.sources.packages;
        let library = packages.get(package)?.crates.iter().find(|krate| krate.is_library)?;
        let wanted = self.add_crate(library, package);
        let root = wanted.module;
        self.read_wanted(vec![wanted]);
        self.read_renamed_words();
        Some(root)
    }

    /// Whether a module is of the service's own package.
    pub fn is_own(&self, module: ModuleId) -> bool {
        let krate = self.modules.get(module.0).and_then(|module| self.crates.get(module.krate.0));
        krate.is_some_and(|krate| krate.package == OWN_PACKAGE)
    }

    /// The name of the crate a module is in.
    pub fn crate_name(&self, module: ModuleId) -> String {
        let krate = self.modules.get(module.0).and_then(|module| self.crates.get(module.krate.0));
        krate.map(|krate| krate.name.clone()).unwrap_or_default()
    }

    /// Whether a function is of the service's own package.
    pub fn is_own_function(&self, id: FnId) -> bool {
        self.functions.get(id.0).is_some_and(|def| self.is_own(def.module))
    }

    pub(super) fn add_module(
        &mut self,
        path: String,
        krate: CrateId,
        parent: Option<ModuleId>,
        file: FileId,
        is_block: bool,
    ) -> ModuleId {
        self.modules.push(Module {
            path,
            krate,
            parent,
            file,
            scope: None,
            is_block,
            names: Map::default(),
            globs: Vec::new(),
            is_opaque: false,
            is_pending: false,
        });
        ModuleId(self.modules.len() - 1)
    }

    /// Reads files and all the module files they declare.
    fn read_wanted(&mut self, mut wanted: Vec<Wanted>) {
        while !wanted.is_empty() {
            self.read_wave(&wanted);
            let mut next = Vec::new();
            for want in wanted {
                self.place_file(&want, &mut next);
            }
            wanted = next;
        }
        self.settle_tests();
    }

    /// Reads in parallel what of a wave is not known yet.
    fn read_wave(&mut self, wanted: &[Wanted]) {
        // Almost always the first candidate exists, so the others are tried only for what was missing.
        let longest = wanted.iter().map(|want| want.candidates.len()).max().unwrap_or(0);
        for round in 0..longest {
            let unknown = wanted.iter().filter(|want| {
                !want.candidates.iter().take(round + 1).any(|path| self.file_ids.contains_key(path))
            });
            let paths: BTreeSet<String> =
                unknown.filter_map(|want| want.candidates.get(round).cloned()).collect();
            let paths: Vec<String> = paths.into_iter().collect();
            for (path, loaded) in paths.iter().zip(load::load_all(&paths, Level::IfItMatters, self.sources)) {
                match loaded {
                    Ok(loaded) => self.add_file(path, loaded, Level::IfItMatters),
                    Err(crate::ReadFailure::Missing) => {}
                    Err(crate::ReadFailure::Unreadable(reason)) => {
                        self.add_unreadable(path, &reason);
                    }
                }
            }
        }
    }

    fn add_unreadable(&mut self, path: &str, reason: &str) {
        self.new_file(path, "".into(), true);
        self.diagnostics.push(
            Diagnostic::new(
                Code::UnreadableSource,
                format!("`{path}` can't be read: {reason}"),
                Span::file_start(path),
                "nothing is known about this file",
            )
            .help("make it a readable UTF-8 text, or remove the `mod` that names it"),
        );
    }

    fn add_file(&mut self, path: &str, loaded: Loaded, level: Level) {
        let id = self.new_file(path, loaded.text, false);
        self.take_content(id, loaded.content, level);
    }

    fn new_file(&mut self, path: &str, text: std::sync::Arc<str>, failed: bool) -> FileId {
        let id = FileId(self.files.len());
        self.file_ids.insert(path.to_owned(), id);
        self.files.push(File { path: path.into(), text, level: None, functions: Map::default(), failed });
        self.items.push(None);
        id
    }

    fn take_content(&mut self, id: FileId, content: Content, level: Level) {
        match content {
            Content::Skipped => {}
            Content::Facts(facts) => self.take_facts(id, facts, level),
            Content::NotRust(reason) => {
                let Some(file) = self.files.get_mut(id.0) else { return };
                file.failed = true;
                let span = self.span(Location { file: id, place: reason.place });
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::InvalidRust,
                        format!("this file can't be read as Rust: {}", reason.reason),
                        span,
                        "nothing is known about this file",
                    )
                    .help("mend the syntax; the compiler's own message says more about it"),
                );
            }
        }
    }

    fn take_facts(&mut self, id: FileId, facts: FileFacts, level: Level) {
        let FileFacts { items, functions, new_words } = facts;
        self.words.extend(new_words.into_iter().filter(|word| !self.all_words.contains(word)));
        let Some(file) = self.files.get_mut(id.0) else { return };
        file.level = Some(level);
        file.functions = functions.into_iter().map(|function| (function.key, Rc::new(function))).collect();
        if let Some(slot) = self.items.get_mut(id.0) {
            *slot = Some(Rc::new(items));
        }
    }

    /// Puts the items of a file into their module.
    fn place_file(&mut self, want: &Wanted, next: &mut Vec<Wanted>) {
        let Some(file) = want.candidates.iter().find_map(|path| self.file_ids.get(path).copied()) else {
            if !want.is_optional {
                self.missing(want);
            }
            return;
        };
        let Some(module) = self.modules.get_mut(want.module.0) else { return };
        // An included file's items belong to the module of the file that includes it.
        if module.file == NO_FILE {
            module.file = file;
        }
        if let Some(items) = self.items.get(file.0).cloned().flatten() {
            let folder = Folder::of(self.files.get(file.0).map_or("", |file| &file.path), want.owns_folder);
            self.index_items(&items, want.module, file, &folder, next);
        } else {
            let failed = self.files.get(file.0).is_none_or(|file| file.failed);
            module.is_pending = !failed && module.file == file;
            // What was skipped of an included file is looked for in no other way.
            module.is_opaque |= failed || module.file != file;
        }
    }

    fn missing(&mut self, want: &Wanted) {
        let candidates =
            want.candidates.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" or ");
        let first = want.candidates.first().map_or("", String::as_str);
        let place = want.asked.map(|(file, place)| self.span(Location { file, place }));
        let span = place.unwrap_or_else(|| Span::file_start(first));
        self.diagnostics.push(
            Diagnostic::new(
                Code::UnreadableSource,
                format!("there is no file {candidates}"),
                span,
                "asked for here",
            )
            .help("add the file, or remove the declaration"),
        );
    }

    /// Reads the file of a module whose items are still unknown.
    pub(super) fn ensure_loaded(&mut self, module: ModuleId) {
        let Some(it) = self.modules.get_mut(module.0) else { return };
        if !it.is_pending {
            return;
        }
        it.is_pending = false;
        let file = it.file;
        self.read_again(file, Level::Words);
        if let Some(items) = self.items.get(file.0).cloned().flatten() {
            // A skipped file declares no module files, so no folder matters.
            self.index_items(&items, module, file, &Folder::of("", true), &mut Vec::new());
            self.settle_tests();
        } else if let Some(it) = self.modules.get_mut(module.0) {
            it.is_opaque = true;
        }
    }

    /// Reads the roots of all binaries, whatever stands in them.
    pub fn read_roots(&mut self) {
        let roots: Vec<ModuleId> =
            self.crates.iter().filter(|krate| !krate.is_library).map(|krate| krate.root).collect();
        for root in roots {
            self.ensure_loaded(root);
        }
    }

    /// Reads every body of a file.
    pub fn read_all_of(&mut self, file: FileId) {
        self.read_again(file, Level::All);
    }

    /// Reads a file at a deeper level, if it was not yet.
    fn read_again(&mut self, file: FileId, level: Level) {
        let Some(it) = self.files.get(file.0) else { return };
        if it.failed || it.level >= Some(level) {
            return;
        }
        let content = load::content(&it.text, level, self.sources.cache);
        self.take_content(file, content, level);
        self.index_bodies(file);
        self.settle_tests();
    }

    /// Reads every body of the files in which one of `names` stands. Returns whether anything new was read.
    pub fn read_mentions(&mut self, names: &BTreeSet<String>) -> bool {
        let is_wanted = |file: &File| {
            !file.failed && file.level != Some(Level::All) && words::mentions_any(&file.text, names)
        };
        let wanted = self.files.iter().enumerate().filter(|(_, file)| is_wanted(file));
        let wanted: Vec<FileId> = wanted.map(|(at, _)| FileId(at)).collect();
        for file in &wanted {
            self.read_again(*file, Level::All);
            let pending = self.modules.iter().enumerate();
            let pending = pending.filter(|(_, module)| module.is_pending && module.file == *file);
            for module in pending.map(|(at, _)| ModuleId(at)).collect::<Vec<_>>() {
                self.ensure_loaded(module);
            }
        }
        !wanted.is_empty()
    }

    /// Reads what matters because of words that were given to words, until nothing new turns up.
    pub fn read_renamed_words(&mut self) {
        while !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            self.all_words.extend(words.iter().cloned());
            self.read_mentions(&words);
        }
    }
}
