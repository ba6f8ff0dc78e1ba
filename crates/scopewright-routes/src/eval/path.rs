//! Names to values: variables, functions, constants, variants, what other packages offer.

use super::{Eval, Frame};
use crate::facts::{Path, Place, Segment, Type};
use crate::frameworks;
use crate::hash::Map;
use crate::value::{FunctionRef, FunctionValue, Lost, Record, Unknown, Value, VariantValue};
use crate::words;
use crate::world::{ConstDef, ConstId, Location, Owner, Target, TypeRef};
use scopewright_model::Code;
use std::rc::Rc;

/// The type arguments a function is named with.
struct Generics {
    own: Vec<Option<TypeRef>>,
    of_type: Vec<Option<TypeRef>>,
}

impl Eval<'_> {
    /// The value a path stands for.
    pub(super) fn path_value(&mut self, path: &Path, place: Place) -> Value {
        if let Some(name) = path.single()
            && let Some(value) = self.variable(name).cloned()
        {
            // It goes by the name of what serves, and is not that.
            if words::serves(name) || self.serving_names.contains(name) {
                let site = self.here(place);
                self.visited.insert(site);
                self.serving.insert(site);
            }
            return value;
        }
        let mut targets = self.targets(path);
        // A macro of the same name is in another namespace.
        let is_function =
            |target: &Target| !matches!(target, Target::External(path) if frameworks::is_macro(path));
        if targets.iter().any(is_function) {
            targets.retain(is_function);
        }
        let self_type = self.type_before_last(path);
        let mut segments = path.segments.iter().rev();
        let generics = Generics {
            own: self.type_arguments(segments.next()),
            of_type: self.type_arguments(segments.next()),
        };
        let named = self.here(place);
        if let Some(Some(policy)) = generics.own.first() {
            let guards =
                |target: &Target| matches!(target, Target::External(path) if frameworks::guards(path));
            if targets.iter().any(guards) {
                self.policies.compared(policy, named);
            }
        }
        let mut values = Vec::new();
        for target in &targets {
            let condition: Rc<str> = self.condition_of(target).into();
            values.push((condition, self.target_value(target, named, self_type.as_ref(), &generics)));
        }
        match values.len() {
            0 if self.is_of_type_parameter(path) => Value::param(None),
            0 => {
                self.not_a_test_after_all(path, named);
                missing(path, self_type, named)
            }
            _ => self.union(values),
        }
    }

    /// A test that is called is none: an attribute before it, or one with its name, keeps the function.
    fn not_a_test_after_all(&mut self, path: &Path, location: Location) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        if !self.world.is_dropped(self.scope(), &names, path.absolute) {
            return;
        }
        self.lose(&Lost {
            reason: format!("`{}` is a test by its attributes, and is called here", path.text()),
            code: Code::UnresolvedRouter,
            help: "call a function that is no test, or remove the attribute".to_owned(),
            location,
        });
    }

    /// Whether a path begins with a type parameter: whoever calls knows what it means.
    fn is_of_type_parameter(&self, path: &Path) -> bool {
        let Some(first) = path.segments.first().map(|first| first.name.as_str()) else { return false };
        let Some(function) = self.frame().and_then(|frame| frame.function) else { return false };
        let is_own =
            self.world.function(function).is_some_and(|it| it.generics.iter().any(|name| name == first));
        let of_impl = match self.world.functions.get(function.0).map(|def| def.owner) {
            Some(Owner::Impl(id)) => self.world.impls.get(id.0),
            _ => None,
        };
        is_own || of_impl.is_some_and(|of| of.generics.iter().any(|name| name == first))
    }

    fn type_arguments(&mut self, segment: Option<&Segment>) -> Vec<Option<TypeRef>> {
        let arguments = segment.map(|segment| segment.arguments.clone()).unwrap_or_default();
        arguments.iter().map(|of| self.type_here(of.held().unwrap_or(of))).collect()
    }

    fn condition_of(&self, target: &Target) -> String {
        let cfg = match target {
            Target::Function(id) => self.world.function(*id).and_then(|function| function.cfg.clone()),
            _ => None,
        };
        cfg.unwrap_or_else(|| "in some builds".to_owned())
    }

    fn target_value(
        &mut self,
        target: &Target,
        named: Location,
        self_type: Option<&TypeRef>,
        generics: &Generics,
    ) -> Value {
        let function = |of| {
            Value::Function(Rc::new(FunctionValue {
                of,
                named,
                self_type: self_type.cloned(),
                generics: generics.own.clone(),
                type_generics: generics.of_type.clone(),
            }))
        };
        match target {
            Target::Function(id) => {
                self.visited.insert(named);
                function(FunctionRef::Local(*id))
            }
            // Whoever changes a constant flag recompiles: both of its values are the program.
            Target::Constant(id) => match self.constant(*id, self_type) {
                Value::Flag(_) => Value::unknown(),
                value => value,
            },
            Target::Variant(of, name) => {
                Value::Variant(Rc::new(VariantValue { of: *of, name: Rc::clone(name), fields: Vec::new() }))
            }
            Target::Type(of) => {
                let of = self.world.follow_alias(*of);
                match of {
                    Some(TypeRef::External(path)) => function(FunctionRef::External(path)),
                    of => Value::Record(Rc::new(Record { of, ..Record::default() })),
                }
            }
            Target::External(path) => match frameworks::value(path) {
                Some(value) => value,
                None => function(FunctionRef::External(Rc::clone(path))),
            },
            Target::Module(_) => Value::unknown(),
        }
    }

    /// What a path means here, values before modules and types of the same name.
    pub(super) fn targets(&mut self, path: &Path) -> Vec<Target> {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        if let Some(of) = &path.qualified {
            let (Some(of), Some(name)) = (self.type_here(of), names.last()) else { return Vec::new() };
            return self.member_of_type(&of, name);
        }
        let found = match names.as_slice() {
            [first, rest @ ..] if !path.absolute => match self.type_named(first) {
                Some(of) => match rest {
                    [] => match of {
                        TypeRef::Local(id) => vec![Target::Type(id)],
                        TypeRef::External(path) => vec![Target::External(path)],
                    },
                    [name] => self.member_of_type(&of, name),
                    _ => Vec::new(),
                },
                None => self.world.resolve(self.scope(), &names, false),
            },
            _ => self.world.resolve(self.scope(), &names, path.absolute),
        };
        let is_value = |target: &Target| !matches!(target, Target::Module(_) | Target::Type(_));
        if found.iter().any(is_value) { found.into_iter().filter(is_value).collect() } else { found }
    }

    fn member_of_type(&mut self, of: &TypeRef, name: &str) -> Vec<Target> {
        match of {
            TypeRef::Local(id) => {
                let variants = match self.world.types.get(id.0).map(|def| &def.kind) {
                    Some(crate::world::TypeDefKind::Enum(variants)) => variants.as_slice(),
                    _ => &[],
                };
                if variants.iter().any(|variant| variant == name) {
                    return vec![Target::Variant(*id, name.into())];
                }
                self.world.associated(of, name)
            }
            TypeRef::External(path) => {
                let local = self.world.associated(of, name);
                if local.is_empty() {
                    let member = path.iter().cloned().chain([name.to_owned()]).collect();
                    return vec![Target::External(member)];
                }
                local
            }
        }
    }

    /// `Self` or a type parameter whose type is known.
    fn type_named(&self, name: &str) -> Option<TypeRef> {
        let frame = self.frame()?;
        if name == "Self" { frame.self_type.clone() } else { frame.generics.get(name).cloned() }
    }

    /// The type a path names.
    pub(super) fn type_of_path(&mut self, path: &Path) -> Option<TypeRef> {
        match path.single() {
            Some(name) => match self.type_named(name) {
                Some(of) => Some(of),
                None => self.world.path_type(self.scope(), path),
            },
            None => self.world.path_type(self.scope(), path),
        }
    }

    /// The type a type expression means here.
    pub(super) fn type_here(&mut self, of: &Type) -> Option<TypeRef> {
        let Type::Path(path) = of.inner() else { return None };
        if path.segments.len() == 2
            && let (Some(first), Some(last)) = (path.segments.first(), path.segments.last())
            && let Some(of) = self.type_named(&first.name)
        {
            return self.associated_type(&of, &last.name);
        }
        self.type_of_path(path)
    }

    fn associated_type(&mut self, of: &TypeRef, name: &str) -> Option<TypeRef> {
        for at in 0..self.world.impls.len() {
            let id = crate::world::ImplId(at);
            let Some(def) = self.world.impls.get(at) else { continue };
            let Some((_, found)) = def.types.iter().find(|(known, _)| known == name).cloned() else {
                continue;
            };
            let module = def.module;
            if self.world.impl_types(id).of.as_ref() == Some(of) {
                return self.world.type_ref(module, &found, Some(of));
            }
        }
        None
    }

    /// The type in `Type::function`.
    fn type_before_last(&mut self, path: &Path) -> Option<TypeRef> {
        if let Some(of) = &path.qualified {
            return self.type_here(of);
        }
        let (_, before) = path.segments.split_last()?;
        if before.is_empty() {
            return None;
        }
        let before =
            Path { absolute: path.absolute, qualified: None, segments: before.to_vec(), is_item: false };
        match before.single() {
            Some(name) if self.type_named(name).is_some() => self.type_named(name),
            _ => {
                let targets = self.targets(&before);
                let of = targets.into_iter().find_map(|target| match target {
                    Target::Type(of) => Some(of),
                    _ => None,
                });
                of.and_then(|of| self.world.follow_alias(of))
            }
        }
    }

    /// Evaluates the constants in which something is registered.
    pub fn constants_that_register(&mut self) {
        for at in 0..self.world.constants.len() {
            let registers = |def: &ConstDef| !def.registrations.is_empty() && self.world.is_own(def.module);
            if self.world.constants.get(at).is_some_and(registers) {
                self.constant(ConstId(at), None);
            }
        }
    }

    /// The value of a constant.
    pub fn constant(&mut self, id: ConstId, of: Option<&TypeRef>) -> Value {
        if let Some(known) = self.constants.get(&id) {
            return known.clone();
        }
        if self.frames.len() > super::DEEPEST_CALL {
            return Value::unknown();
        }
        // A constant that needs itself ends here.
        self.constants.insert(id, Value::unknown());
        let Some(def) = self.world.constants.get(id.0) else { return Value::unknown() };
        let (module, owner, value) = (def.module, def.owner, def.value.clone());
        let Some(value) = value else { return Value::unknown() };
        let self_type = match owner {
            Owner::Module => None,
            Owner::Impl(of) => self.world.impl_types(of).of,
            Owner::Trait(own) => Some(of.cloned().unwrap_or(TypeRef::Local(own))),
        };
        let file = self.world.modules.get(module.0).map(|module| module.file);
        let Some(file) = file else { return Value::unknown() };
        self.next_frame += 1;
        self.frames.push(Frame {
            id: self.next_frame,
            function: None,
            scope: module,
            file,
            self_type,
            generics: Map::default(),
            bindings: Vec::new(),
            returns: Vec::new(),
            breaks: Vec::new(),
            jumps: Vec::new(),
        });
        let value = self.expr(&value);
        self.frames.pop();
        match owner {
            // Another implementation may see another value.
            Owner::Trait(_) => self.constants.remove(&id),
            Owner::Module | Owner::Impl(_) => self.constants.insert(id, value.clone()),
        };
        value
    }
}

/// What a name stands for that nothing declares.
fn missing(path: &Path, self_type: Option<TypeRef>, named: Location) -> Value {
    let last = path.last();
    if last.chars().next().is_some_and(char::is_uppercase) {
        return Value::Unknown(Unknown { path: None, ..Unknown::default() });
    }
    let of = FunctionRef::Missing(path.text().into());
    Value::Function(Rc::new(FunctionValue {
        of,
        named,
        self_type,
        generics: Vec::new(),
        type_generics: Vec::new(),
    }))
}
