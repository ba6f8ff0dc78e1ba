//! What types say about values that are not known: parameters without an argument, results that were not evaluated.

use super::Eval;
use crate::facts::{Function, Place, Type};
use crate::frameworks::{self, TypeRole};
use crate::value::{Entry, EntryKind, MethodEntry, MethodRouter, Router, Unknown, Value};
use crate::world::{ModuleId, TypeDefKind, TypeRef};
use std::rc::Rc;

impl Eval<'_> {
    /// What a function returns that was not evaluated.
    pub(super) fn unknown_output(
        &mut self,
        module: ModuleId,
        function: &Function,
        self_type: Option<&TypeRef>,
        arguments: &[Value],
    ) -> Value {
        let of = function.output.as_ref().and_then(|of| self.output_type(module, of, self_type));
        let is_param = arguments.iter().any(Value::is_param);
        let carries = arguments.iter().flat_map(Value::routers).next();
        Value::Unknown(Unknown { of, is_param, carries, path: None })
    }

    /// The type of what a function returns, through `Result<..>` and `Option<..>`.
    pub(super) fn output_type(
        &mut self,
        module: ModuleId,
        of: &Type,
        self_type: Option<&TypeRef>,
    ) -> Option<TypeRef> {
        if let Type::Path(path) = of.inner()
            && matches!(path.last(), "Result" | "Option" | "Arc" | "Box" | "Rc")
            && let Some(inner) = path.segments.last().and_then(|last| last.arguments.first())
        {
            return self.output_type(module, inner, self_type);
        }
        self.world.type_ref(module, of, self_type)
    }

    pub(super) fn typed(&mut self, module: ModuleId, function: &Function, value: Value) -> Value {
        match (value, &function.output) {
            (Value::Unknown(it), Some(of)) if it.of.is_none() => {
                Value::Unknown(Unknown { of: self.output_type(module, of, None), ..it })
            }
            (value, _) => value,
        }
    }

    /// Whether what a function returns may be or hold a router, a path or a handler.
    pub(super) fn may_matter(
        &mut self,
        module: ModuleId,
        function: &Function,
        self_type: Option<&TypeRef>,
    ) -> bool {
        const DEEPEST: usize = 3;
        match &function.output {
            None => false,
            Some(of) => self.type_may_matter(module, of, self_type, DEEPEST),
        }
    }

    fn type_may_matter(
        &mut self,
        module: ModuleId,
        of: &Type,
        self_type: Option<&TypeRef>,
        depth: usize,
    ) -> bool {
        match of.inner() {
            Type::Tuple(all) => all.iter().any(|of| self.type_may_matter(module, of, self_type, depth)),
            Type::Path(path) => {
                let arguments = path.segments.last().map(|last| last.arguments.clone()).unwrap_or_default();
                if arguments.iter().any(|of| self.type_may_matter(module, of, self_type, depth)) {
                    return true;
                }
                match self.world.type_ref(module, of, self_type) {
                    Some(TypeRef::External(path)) => frameworks::type_role(&path) != TypeRole::Other,
                    Some(TypeRef::Local(id)) => {
                        let Some(def) = self.world.types.get(id.0) else { return true };
                        let module = def.module;
                        match &def.kind {
                            TypeDefKind::Struct(fields) if depth > 0 => {
                                let fields = fields.clone();
                                fields.iter().any(|(_, of)| {
                                    !is_text(of) && self.type_may_matter(module, of, None, depth - 1)
                                })
                            }
                            TypeDefKind::Struct(_) => false,
                            TypeDefKind::Enum(_) | TypeDefKind::Alias(_) | TypeDefKind::Trait { .. } => true,
                        }
                    }
                    None => !is_plain(path.last()),
                }
            }
            Type::Bounds(_) | Type::Other => true,
            Type::Of(_) | Type::List(_) => false,
        }
    }

    /// What is known of a parameter whose argument is not.
    pub(super) fn param_value(&mut self, module: ModuleId, of: &Type, self_type: Option<&TypeRef>) -> Value {
        if let Some(value) = self.param_list(module, of, self_type) {
            return value;
        }
        match self.role_in(module, of, self_type) {
            TypeRole::Router => {
                let site = self.param_site(module);
                Value::Router(match self.world.type_ref(module, of, self_type) {
                    Some(TypeRef::External(path)) => frameworks::param_router(&path, site),
                    _ => Router::of(Entry::param(site)),
                })
            }
            TypeRole::MethodRouter => {
                let registered = self.param_site(module);
                let entry = MethodEntry { kind: EntryKind::Param, registered, conditions: Rc::from([]) };
                Value::MethodRouter(MethodRouter { entries: Rc::new(vec![entry]), ..MethodRouter::default() })
            }
            TypeRole::Other => {
                let of = self.world.held_type(module, of, self_type);
                self.param_of_type(of)
            }
        }
    }

    /// What is known of a parameter that holds several of something a router may be in: one of them stands for all.
    fn param_list(&mut self, module: ModuleId, of: &Type, self_type: Option<&TypeRef>) -> Option<Value> {
        let of = match of {
            Type::Of(below) => match self.param_list(module, below, self_type) {
                Some(list) => return Some(list),
                None => return None,
            },
            Type::List(element) => element.as_ref().clone(),
            Type::Path(path) => {
                let last = path.segments.last()?;
                match (last.name.as_str(), last.arguments.as_slice()) {
                    (
                        "Vec" | "VecDeque" | "LinkedList" | "HashSet" | "BTreeSet" | "SmallVec",
                        [element, ..],
                    ) => element.clone(),
                    ("BTreeMap" | "HashMap" | "IndexMap", [key, value, ..]) => {
                        Type::Tuple(vec![key.clone(), value.clone()])
                    }
                    ("Option" | "Box" | "Arc" | "Rc" | "Cow", [below, ..]) => {
                        return self.param_list(module, below, self_type);
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let element = self.param_element(module, &of, self_type)?;
        Some(Value::List(Rc::new(vec![Value::perhaps("", element)])))
    }

    fn param_element(&mut self, module: ModuleId, of: &Type, self_type: Option<&TypeRef>) -> Option<Value> {
        if let Type::Tuple(parts) = of {
            let mut known = Vec::new();
            for part in parts {
                known.push(self.param_element(module, part, self_type));
            }
            known.iter().any(Option::is_some).then_some(())?;
            let parts = known.into_iter().map(|part| part.unwrap_or_else(|| Value::param(None)));
            return Some(Value::Tuple(Rc::new(parts.collect())));
        }
        if let Some(list) = self.param_list(module, of, self_type) {
            return Some(list);
        }
        let role = self.role_in(module, of, self_type);
        (role != TypeRole::Other).then(|| self.param_value(module, of, self_type))
    }

    fn param_site(&self, module: ModuleId) -> crate::world::Location {
        let file = self.world.modules.get(module.0).map_or(crate::world::FileId(0), |module| module.file);
        crate::world::Location { file, place: Place::default() }
    }

    /// What is known of a parameter of a type.
    pub(super) fn param_of_type(&mut self, of: Option<TypeRef>) -> Value {
        match &of {
            Some(TypeRef::External(path)) if frameworks::type_role(path) == TypeRole::Router => {
                Value::Router(frameworks::param_router(path, self.param_site(ModuleId(0))))
            }
            _ => Value::param(of),
        }
    }

    /// Whether a type is, or has as an argument, a router.
    pub(super) fn role_in(&mut self, module: ModuleId, of: &Type, self_type: Option<&TypeRef>) -> TypeRole {
        let Type::Path(path) = of.inner() else { return TypeRole::Other };
        if let Some(TypeRef::External(external)) = self.world.type_ref(module, of, self_type) {
            let role = frameworks::type_role(&external);
            if role != TypeRole::Other {
                return role;
            }
        }
        let arguments = path.segments.last().map(|last| last.arguments.clone()).unwrap_or_default();
        let roles = arguments.iter().map(|of| self.role_in(module, of, self_type));
        roles.into_iter().find(|role| *role != TypeRole::Other).unwrap_or(TypeRole::Other)
    }
}

fn is_text(of: &Type) -> bool {
    matches!(of.inner(), Type::Path(path) if matches!(path.last(), "str" | "String" | "Cow"))
}

/// Types of the language no router is in.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "char"
            | "f32"
            | "f64"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
    )
}

/// The type of a value, where it is known.
pub fn type_of(value: &Value) -> Option<TypeRef> {
    match value.present() {
        Value::Record(it) => it.of.clone(),
        Value::Variant(it) => Some(TypeRef::Local(it.of)),
        Value::Unknown(it) => it.of.clone(),
        _ => None,
    }
}
