//! Calls: of functions of the project, closures, constructors and what other packages offer.

use super::typed::type_of;
use super::{DEEPEST_CALL, Eval, Frame, MOST_RECURSION, Outcome};
use crate::facts::{Block, Body, Expr, ExprKind, Function, Param, Path, Pattern, Place, Statement, Type};
use crate::frameworks::{self, Argument};
use crate::hash::Map;
use crate::value::{ClosureValue, FunctionRef, FunctionValue, Lost, Record, Unknown, Value, VariantValue};
use crate::words;
use crate::world::{FnId, Owner, Target, TypeDefKind, TypeRef};
use scopewright_model::Code;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a function is called through: type arguments and the type it was named by.
#[derive(Default)]
pub(super) struct Through {
    pub generics: Vec<Option<TypeRef>>,
    pub type_generics: Vec<Option<TypeRef>>,
    pub self_type: Option<TypeRef>,
}

/// What a call came to.
pub(super) struct Called {
    pub value: Value,
    /// `self` afterwards, if the function changed it.
    pub receiver: Option<Value>,
    /// The parameters afterwards, those that the function changed through a reference.
    pub changed: Vec<Option<Value>>,
    /// It is of an `async` function that never ends: whoever awaits it does not go on.
    pub is_endless: bool,
    /// Whether its body was evaluated.
    pub is_seen: bool,
}

impl Called {
    fn of(value: Value) -> Self {
        Self { value, receiver: None, changed: Vec::new(), is_endless: false, is_seen: false }
    }
}

impl Eval<'_> {
    /// `func(arguments)`
    pub(super) fn call_expr(&mut self, func: &Expr, arguments: &[Expr], place: Place) -> Value {
        self.call_of(func, arguments, place, false)
    }

    /// `func(arguments).await`
    pub(super) fn call_awaited(&mut self, func: &Expr, arguments: &[Expr], place: Place) -> Value {
        self.step();
        self.call_of(func, arguments, place, true)
    }

    fn call_of(&mut self, func: &Expr, arguments: &[Expr], place: Place, is_awaited: bool) -> Value {
        if let ExprKind::Path(path) = &func.kind
            && let Some(value) = self.construct(path, arguments)
        {
            return value;
        }
        let site = func.place;
        let func = self.expr(func);
        if let Value::Function(function) = &func
            && let FunctionRef::External(path) = &function.of
        {
            return self.call_external(function, &Rc::clone(path), arguments, site, place);
        }
        let values = self.handed(arguments);
        if values.iter().any(|value| matches!(value, Value::Never)) {
            return Value::Never;
        }
        if let Value::Function(function) = &func
            && let FunctionRef::Local(id) = function.of
        {
            if self.world.function(id).is_some_and(|function| words::registers(&function.name)) {
                let site = self.here(site);
                self.outcome(site, Outcome::NoRouter);
            }
            let called = self.call_local(function, id, values.clone());
            self.write_back(&called, arguments, &values);
            return if is_awaited && called.is_endless { Value::Never } else { called.value };
        }
        self.may_serve_elsewhere(&func, &values, is_awaited);
        let value = self.call_value(&func, values, place);
        self.spoil_lent(arguments);
        value
    }

    /// A function in a file that only the build knows: one that is awaited, or is given a listener, may serve.
    fn may_serve_elsewhere(&mut self, func: &Value, arguments: &[Value], is_awaited: bool) {
        let Value::Function(function) = func else { return };
        let FunctionRef::Missing(name) = &function.of else { return };
        let is_listener = |value: &Value| matches!(type_of(value), Some(TypeRef::External(path)) if path.last().is_some_and(|last| last.ends_with("Listener")));
        let names: Vec<String> = name.split("::").map(str::to_owned).collect();
        // `Client::connect(..)` of a type that is generated, as that of messages.
        let is_of_type = names.iter().rev().nth(1).is_some_and(|of| of.starts_with(char::is_uppercase));
        let may_serve = (is_awaited && !is_of_type) || arguments.iter().any(is_listener);
        if !may_serve || !self.world.may_be_built(self.scope(), &names, false) {
            return;
        }
        self.lose(&Lost {
            reason: format!("`{name}` is in a file that only the build knows, and may serve routes"),
            code: Code::OpaqueMacro,
            help: "keep code that builds or serves routers in files of the package".to_owned(),
            location: function.named,
        });
    }

    fn call_local(&mut self, function: &FunctionValue, id: FnId, mut values: Vec<Value>) -> Called {
        let takes_self = self.world.function(id).is_some_and(|facts| facts.has_self);
        // `Type::method(receiver, ..)`
        let receiver = (takes_self && !values.is_empty()).then(|| values.remove(0));
        let through = Through {
            generics: function.generics.clone(),
            type_generics: function.type_generics.clone(),
            self_type: function.self_type.clone(),
        };
        let mut called = self.call_function(id, receiver, &values, through);
        if takes_self {
            called.changed.insert(0, called.receiver.take());
        }
        called
    }

    /// What a function made of what it was lent. One that was not looked into may have done anything.
    pub(super) fn write_back(&mut self, called: &Called, arguments: &[Expr], values: &[Value]) {
        if !called.is_seen {
            return self.spoil_plain_lent(arguments, values);
        }
        for (argument, changed) in arguments.iter().zip(&called.changed) {
            if let Some(value) = changed {
                self.assign(argument, value.clone());
            }
        }
    }

    /// Tuple structs, variants, and what only wraps a value.
    fn construct(&mut self, path: &Path, arguments: &[Expr]) -> Option<Value> {
        if path.single().is_some_and(|name| self.variable(name).is_some()) {
            return None;
        }
        match self.targets(path).into_iter().next()? {
            Target::Type(of) => {
                let of = self.world.follow_alias(of)?;
                let TypeRef::Local(_) = of else { return None };
                let fields = self.all(arguments).into_iter().enumerate();
                let fields = fields.map(|(at, value)| (at.to_string(), value)).collect();
                Some(Value::Record(Rc::new(Record { of: Some(of), fields, is_param: false })))
            }
            Target::Variant(of, name) => {
                let fields = self.all(arguments);
                Some(Value::Variant(Rc::new(VariantValue { of, name, fields })))
            }
            _ => None,
        }
    }

    /// Calls a value.
    pub fn call_value(&mut self, func: &Value, arguments: Vec<Value>, place: Place) -> Value {
        match func.present() {
            Value::Function(function) => match &function.of {
                FunctionRef::Local(id) => self.call_local(function, *id, arguments).value,
                FunctionRef::External(path) => {
                    self.serving.insert(function.named);
                    let values = arguments.iter().cloned().map(|value| Argument { value, place });
                    let values: Vec<Argument> = values.collect();
                    match frameworks::call(self, path, &values, place, place) {
                        Some(value) => value,
                        None => self.unknown_call(&path.join("::"), &arguments, place, Some(path)),
                    }
                }
                FunctionRef::Missing(name) => match &function.self_type {
                    Some(of) if arguments.is_empty() && name.ends_with("::default") => {
                        self.derived_default(of, 0)
                    }
                    _ => self.unknown_call(name, &arguments, place, None),
                },
            },
            Value::Closure(closure) => self.call_closure(&Rc::clone(closure), &arguments),
            Value::OneOf(all) => {
                let mut branches = Vec::new();
                for (condition, func) in all.iter() {
                    let arguments = arguments.clone();
                    branches.push(self.branch(condition, |eval| eval.call_value(func, arguments, place)));
                }
                self.join(branches)
            }
            Value::Decided(it) => self.call_value(&it.inner, arguments, place),
            Value::Unknown(it) if it.is_param => Value::param(None),
            _ => self.unknown_call("a function that is not known", &arguments, place, None),
        }
    }

    fn call_external(
        &mut self,
        function: &FunctionValue,
        path: &Rc<[String]>,
        exprs: &[Expr],
        site: Place,
        place: Place,
    ) -> Value {
        let arguments = frameworks::arguments(self, exprs);
        if arguments.iter().any(|argument| matches!(argument.value, Value::Never)) {
            return Value::Never;
        }
        self.serving.insert(function.named);
        let before: Vec<Value> = arguments.iter().map(|argument| argument.value.clone()).collect();
        let value = self.call_of_another(function, path, arguments, site, place);
        self.after_call_of_another(path, exprs, &before);
        value
    }

    /// What a function of another package makes of what it is lent.
    fn after_call_of_another(&mut self, path: &Rc<[String]>, exprs: &[Expr], values: &[Value]) {
        if !exprs.iter().any(|expr| matches!(expr.kind, ExprKind::Exclusive(_))) {
            return;
        }
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match (names.as_slice(), exprs, values) {
            (["std" | "core", "mem", "swap"], [left, right], [was_left, was_right]) => {
                self.assign(left, was_right.clone());
                self.assign(right, was_left.clone());
            }
            (["std" | "core", "mem", "replace"], [place, _], [_, value]) => {
                self.assign(place, value.clone());
            }
            (["std" | "core" | "alloc", ..], ..) => self.spoil_lent(exprs),
            _ => self.spoil_plain_lent(exprs, values),
        }
    }

    fn call_of_another(
        &mut self,
        function: &FunctionValue,
        path: &Rc<[String]>,
        arguments: Vec<Argument>,
        site: Place,
        place: Place,
    ) -> Value {
        if let Some(local) = self.local_member(path, &arguments) {
            let values: Vec<Value> = arguments.into_iter().map(|argument| argument.value).collect();
            return self.call_local(function, local, values).value;
        }
        frameworks::rmcp::serving::call(self, path, function, &arguments, site);
        if let Some(value) = frameworks::call(self, path, &arguments, site, place) {
            return value;
        }
        let values: Vec<Value> = arguments.into_iter().map(|argument| argument.value).collect();
        self.unknown_call(&path.join("::"), &values, place, Some(path))
    }

    /// The function that the project gives to a type of another package under this path: `impl From<Config> for Router`.
    /// Of a trait's function that the type has already, only one that takes what it is given.
    fn local_member(&mut self, path: &Rc<[String]>, arguments: &[Argument]) -> Option<FnId> {
        let (name, of) = path.split_last()?;
        if !of.last()?.starts_with(char::is_uppercase) {
            return None;
        }
        let found = self.world.associated(&TypeRef::External(of.into()), name);
        let functions = found.into_iter().filter_map(|target| match target {
            Target::Function(id) => Some(id),
            _ => None,
        });
        let functions: Vec<FnId> = functions.collect();
        if functions.is_empty() {
            return None;
        }
        match arguments.first().and_then(|first| type_of(&first.value)) {
            Some(given) => functions.into_iter().find(|id| self.world.takes_first(*id, &given)),
            None if matches!(name.as_str(), "from" | "try_from" | "default") => None,
            None => functions.first().copied(),
        }
    }

    /// What a type's derived `Default` makes: the default of each field.
    fn derived_default(&mut self, of: &TypeRef, depth: usize) -> Value {
        const DEEPEST: usize = 3;
        let TypeRef::Local(id) = of else { return Value::unknown() };
        let Some(def) = self.world.types.get(id.0) else { return Value::unknown() };
        let (module, TypeDefKind::Struct(fields)) = (def.module, &def.kind) else { return Value::unknown() };
        let mut values = BTreeMap::new();
        for (name, field) in fields.clone() {
            let is_named =
                |names: &[&str]| matches!(field.inner(), Type::Path(path) if names.contains(&path.last()));
            let value = if is_named(&["Option"]) {
                Value::Nothing
            } else if is_named(&["Vec", "VecDeque"]) {
                Value::List(Rc::new(Vec::new()))
            } else {
                match self.world.type_ref(module, &field, Some(of)) {
                    Some(TypeRef::External(path)) => {
                        let default: Rc<[String]> =
                            path.iter().cloned().chain(["default".to_owned()]).collect();
                        let made = frameworks::call(self, &default, &[], self.place, self.place);
                        made.unwrap_or_else(|| {
                            Value::Unknown(Unknown {
                                of: Some(TypeRef::External(path)),
                                ..Unknown::default()
                            })
                        })
                    }
                    Some(inner) if depth < DEEPEST => self.derived_default(&inner, depth + 1),
                    _ => Value::unknown(),
                }
            };
            values.insert(name, value);
        }
        Value::Record(Rc::new(Record { of: Some(of.clone()), fields: values, is_param: false }))
    }

    /// A call of what can't be looked into. Closures it is given may run.
    pub(super) fn unknown_call(
        &mut self,
        name: &str,
        arguments: &[Value],
        place: Place,
        path: Option<&Rc<[String]>>,
    ) -> Value {
        let location = self.here(place);
        let mut carries = None;
        for value in arguments {
            if let Value::Closure(closure) = value {
                let unknown = vec![Value::unknown(); closure.params.len()];
                let result = self.perhaps(|eval| eval.call_closure(&Rc::clone(closure), &unknown));
                if result.is_routed() {
                    return result;
                }
            }
            self.escape(location, &format!("`{name}`"), value);
            carries = carries.or_else(|| value.routers().into_iter().next());
        }
        let is_param = arguments.iter().any(Value::is_param);
        // `Type::new(..)` of another package most likely is one of its type.
        let of = path.and_then(|path| {
            let (_, before) = path.split_last()?;
            let is_type = before.last()?.chars().next().is_some_and(char::is_uppercase);
            is_type.then(|| TypeRef::External(before.into()))
        });
        Value::Unknown(Unknown { of, is_param, carries, path: path.cloned() })
    }

    /// Calls a closure: where it was made if that is still being evaluated, so that it can change what is there.
    pub(super) fn call_closure(&mut self, closure: &ClosureValue, arguments: &[Value]) -> Value {
        // One that is given to itself has no end.
        if self.frames.len() > DEEPEST_CALL || self.closures > DEEPEST_CALL {
            return Value::unknown();
        }
        let is_here = self.frame().is_some_and(|frame| frame.id == closure.frame);
        if !is_here {
            self.frames.push(closure.sees.as_ref().clone());
        }
        // What was declared after the closure is not what its names mean: itself in `let open = || open(..)`.
        let visible = closure.sees.bindings.len();
        let (count, later, around) = match self.frame_mut() {
            Some(frame) => {
                let later = if is_here {
                    frame.bindings.split_off(visible.min(frame.bindings.len()))
                } else {
                    Vec::new()
                };
                (frame.bindings.len(), later, std::mem::take(&mut frame.returns))
            }
            None => return Value::unknown(),
        };
        let jumps = self.frame_mut().map(|frame| std::mem::take(&mut frame.jumps)).unwrap_or_default();
        for (at, pattern) in closure.params.iter().enumerate() {
            let value = arguments.get(at).cloned().unwrap_or_else(Value::unknown);
            self.bind(pattern, value);
        }
        self.closures += 1;
        let value = self.expr(&closure.body);
        self.closures -= 1;
        self.join_jumps(!matches!(value, Value::Never), |_| true);
        let value = self.with_returns(value);
        if is_here {
            if let Some(frame) = self.frame_mut() {
                frame.jumps = jumps;
                frame.bindings.truncate(count);
                frame.bindings.extend(later);
                frame.returns = around;
            }
        } else if let Some(after) = self.frames.pop() {
            self.change_around(closure, &after);
        }
        value
    }

    /// A closure that is called elsewhere changes what it sees where it was made.
    fn change_around(&mut self, closure: &ClosureValue, after: &Frame) {
        let is_changed = |at: usize| {
            let seen = closure.sees.bindings.get(at).map(|binding| binding.version);
            after.bindings.get(at).is_some_and(|binding| Some(binding.version) != seen)
        };
        let changed: Vec<usize> = (0..closure.sees.bindings.len()).filter(|at| is_changed(*at)).collect();
        for at in changed {
            let Some(new) = after.bindings.get(at).map(|binding| binding.value.clone()) else { continue };
            let made_in = |frame: &Frame| frame.id == closure.frame;
            let Some(old) = self
                .frames
                .iter()
                .rev()
                .find(|frame| made_in(frame))
                .and_then(|frame| frame.bindings.get(at))
            else {
                return;
            };
            let old = old.value.clone();
            let value = if old.is_in_place() {
                new
            } else {
                self.union(vec![("otherwise".into(), old), ("if called".into(), new)])
            };
            let version = self.next_version();
            let frame = self.frames.iter_mut().rev().find(|frame| frame.id == closure.frame);
            if let Some(binding) = frame.and_then(|frame| frame.bindings.get_mut(at)) {
                binding.value = value;
                binding.version = version;
            }
        }
    }

    /// Calls a function or closure with one argument, which it changes through a reference, and returns that
    /// afterwards. None if the function can't be looked into.
    pub fn call_and_see(&mut self, func: &Value, argument: Value, place: Place) -> Option<Value> {
        match func {
            Value::Function(function) => match &function.of {
                FunctionRef::Local(id) => {
                    let called = self.call_local(function, *id, vec![argument.clone()]);
                    Some(called.changed.into_iter().next().flatten().unwrap_or(argument))
                }
                FunctionRef::External(_) | FunctionRef::Missing(_) => None,
            },
            Value::Closure(closure) => {
                let [Pattern::Name(name)] = closure.params.as_ref() else {
                    self.call_closure(closure, std::slice::from_ref(&argument));
                    return Some(argument);
                };
                // The closure's own body, and then its parameter.
                let after = Expr { kind: ExprKind::Path(Path::of_name(name)), place: Place::default() };
                let statement =
                    Statement::Expr { value: closure.body.as_ref().clone(), is_done: true, cfg: None };
                let last = Statement::Expr { value: after, is_done: false, cfg: None };
                let block = Block { statements: vec![statement, last], scope: None };
                let body = Expr { kind: ExprKind::Block(block), place };
                let closure = ClosureValue { body: Rc::new(body), ..closure.as_ref().clone() };
                Some(self.call_closure(&closure, &[argument]))
            }
            _ => None,
        }
    }

    pub(super) fn with_returns(&mut self, value: Value) -> Value {
        let returns = self.frame_mut().map(|frame| std::mem::take(&mut frame.returns)).unwrap_or_default();
        if returns.is_empty() {
            return value;
        }
        // `if x { return a; } b` is `b` unless x.
        let otherwise = match returns.as_slice() {
            [(condition, _)] => match condition.strip_prefix("if ") {
                Some(condition) => format!("unless {condition}"),
                None => format!("not {condition}"),
            },
            _ => "otherwise".to_owned(),
        };
        let mut values = returns;
        values.push((otherwise.into(), value));
        self.union(values)
    }

    /// Calls a function of the project.
    pub(super) fn call_function(
        &mut self,
        id: FnId,
        receiver: Option<Value>,
        arguments: &[Value],
        through: Through,
    ) -> Called {
        let Through { generics, type_generics, self_type } = through;
        if !self.step_call(arguments, receiver.as_ref()) {
            return Called::of(Value::unknown());
        }
        let Some((file, module)) = self.world.functions.get(id.0).map(|def| (def.file, def.module)) else {
            return Called::of(Value::unknown());
        };
        let Some(mut function) = self.world.function(id) else { return Called::of(Value::unknown()) };
        let self_type = match self_type {
            Some(of) if !self.is_trait(&of) => Some(of),
            _ => match receiver.as_ref().and_then(type_of) {
                Some(of) => Some(of),
                None => self.world.self_type(id),
            },
        };
        let is_routed = arguments.iter().chain(&receiver).any(Value::is_routed);
        if matches!(function.body, Body::Unread) {
            if !is_routed && !self.may_matter(module, &function, self_type.as_ref()) {
                return Called::of(self.unknown_output(module, &function, self_type.as_ref(), arguments));
            }
            self.world.read_all_of(file);
            self.world.read_renamed_words();
            match self.world.function(id) {
                Some(read) => function = read,
                None => return Called::of(Value::unknown()),
            }
        }
        let Body::Read(body) = &function.body else {
            return Called::of(self.unknown_output(module, &function, self_type.as_ref(), arguments));
        };
        let is_plain = receiver.is_none()
            && generics.is_empty()
            && type_generics.is_empty()
            && arguments.is_empty()
            && self.is_its_own(id, self_type.as_ref());
        if is_plain && let Some(known) = self.memo.get(&id) {
            return Called { is_seen: true, ..Called::of(known.clone()) };
        }
        let times = self.frames.iter().filter(|frame| frame.function == Some(id)).count();
        if self.frames.len() > DEEPEST_CALL || times >= MOST_RECURSION {
            if is_routed {
                let help = "build the routes without recursion, in a loop over a list";
                self.lose_router(
                    self.place,
                    "this call of a function within itself is not followed further",
                    help,
                );
            }
            return Called::of(self.unknown_output(module, &function, self_type.as_ref(), arguments));
        }
        self.evaluated.insert(id);
        let mut generics = bind_generics(&function, &generics, arguments);
        self.bind_impl_generics(id, &type_generics, &mut generics);
        self.next_frame += 1;
        self.frames.push(Frame {
            id: self.next_frame,
            function: Some(id),
            scope: module,
            file,
            self_type,
            generics,
            bindings: Vec::new(),
            returns: Vec::new(),
            breaks: Vec::new(),
            jumps: Vec::new(),
        });
        if let Some(receiver) = receiver {
            self.declare("self", receiver);
        }
        let before = self.versions;
        for (at, param) in function.params.iter().enumerate() {
            let value = arguments.get(at).cloned().unwrap_or_else(Value::unknown);
            self.bind(&param.pattern, value);
        }
        let versions_at_start = self.versions;
        let value = self.block(&body.block);
        self.join_jumps(!matches!(value, Value::Never), |_| true);
        let value = self.with_returns(value);
        let changed =
            function.params.iter().map(|param| self.changed_param(param, versions_at_start)).collect();
        let receiver = match self.version_of("self") {
            Some(version) if version > before => self.variable("self").cloned(),
            _ => None,
        };
        self.frames.pop();
        // It stops when somebody awaits it. Whoever only calls it goes on.
        let is_endless = function.is_async && matches!(value, Value::Never);
        let value = if is_endless { Value::unknown() } else { value };
        let value = self.typed(module, &function, value);
        if is_plain {
            self.memo.insert(id, value.clone());
        }
        Called { value, receiver, changed, is_endless, is_seen: true }
    }

    fn changed_param(&self, param: &Param, since: u64) -> Option<Value> {
        let (Pattern::Name(name), Type::Of(_)) = (&param.pattern, &param.of) else { return None };
        self.version_of(name).filter(|version| *version > since)?;
        self.variable(name).cloned()
    }

    /// Whether `Self` is what the function's own place says: what it returns then is always the same.
    fn is_its_own(&mut self, id: FnId, self_type: Option<&TypeRef>) -> bool {
        let owner = self.world.functions.get(id.0).map(|def| def.owner);
        match owner {
            Some(Owner::Module) => true,
            Some(Owner::Impl(of)) => {
                let types = self.world.impl_types(of);
                !types.is_blanket && types.of.as_ref() == self_type
            }
            Some(Owner::Trait(_)) | None => false,
        }
    }

    /// The type parameters of the implementation a function stands in: `Server::<App>::run()` for `impl<M> Server<M>`.
    fn bind_impl_generics(&self, id: FnId, given: &[Option<TypeRef>], into: &mut Map<String, TypeRef>) {
        let Some(Owner::Impl(of)) = self.world.functions.get(id.0).map(|def| def.owner) else { return };
        let Some(def) = self.world.impls.get(of.0) else { return };
        let Type::Path(path) = def.of.inner() else { return };
        let params = path.segments.last().map(|last| last.arguments.as_slice()).unwrap_or_default();
        for (param, given) in params.iter().zip(given) {
            if let (Type::Path(param), Some(given)) = (param.inner(), given)
                && let Some(name) = param.single()
                && def.generics.iter().any(|generic| generic == name)
            {
                into.insert(name.to_owned(), given.clone());
            }
        }
    }

    fn is_trait(&self, of: &TypeRef) -> bool {
        match of {
            TypeRef::Local(id) => {
                self.world.types.get(id.0).is_some_and(|def| matches!(def.kind, TypeDefKind::Trait { .. }))
            }
            TypeRef::External(_) => false,
        }
    }

    /// Says that a router can't be followed.
    pub(crate) fn lose_router(&mut self, place: Place, reason: impl Into<String>, help: impl Into<String>) {
        self.lose_router_of(place, reason, help, None);
    }

    /// Says that a router can't be followed, and what registers its routes, if that has a name.
    pub(crate) fn lose_router_of(
        &mut self,
        place: Place,
        reason: impl Into<String>,
        help: impl Into<String>,
        registrar: Option<String>,
    ) {
        let location = self.here(place);
        let lost = Lost { reason: reason.into(), code: Code::UnresolvedRouter, help: help.into(), location };
        self.lose_of(&lost, registrar.into_iter().collect());
    }
}

/// The types that a function's type parameters stand for: as they are given, else as the arguments have them.
fn bind_generics(
    function: &Function,
    given: &[Option<TypeRef>],
    arguments: &[Value],
) -> Map<String, TypeRef> {
    let mut generics = Map::default();
    for (name, of) in function.generics.iter().zip(given) {
        if let Some(of) = of {
            generics.insert(name.clone(), of.clone());
        }
    }
    for (param, value) in function.params.iter().zip(arguments) {
        if let Type::Path(path) = param.of.inner()
            && let Some(name) = path.single()
            && function.generics.iter().any(|generic| generic == name)
            && let Some(of) = type_of(value)
        {
            generics.entry(name.to_owned()).or_insert(of);
        }
    }
    generics
}
