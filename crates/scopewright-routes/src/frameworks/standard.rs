//! The standard library and tower, as far as routers pass through them.

use super::Argument;
use crate::eval::Eval;
use crate::facts::Place;
use crate::value::Value;
use std::rc::Rc;

/// Constants.
pub fn value(path: &[String]) -> Option<Value> {
    match path {
        [std, none] if std == "std" && none == "None" => Some(Value::Nothing),
        _ => None,
    }
}

/// Whether a type of this name holds values, in order or by key.
fn is_collection(name: &str) -> bool {
    matches!(
        name,
        "BTreeMap"
            | "BTreeSet"
            | "BinaryHeap"
            | "HashMap"
            | "HashSet"
            | "IndexMap"
            | "IndexSet"
            | "LinkedHashMap"
            | "LinkedList"
            | "SmallVec"
            | "Vec"
            | "VecDeque"
    )
}

/// A call that hands on what it is given, or makes something whose content is known.
pub fn call(eval: &mut Eval<'_>, path: &Rc<[String]>, arguments: &[Argument], place: Place) -> Option<Value> {
    let (last, before) = path.split_last()?;
    let of = before.last().map_or("", String::as_str);
    let first = arguments.first().map(|argument| argument.value.clone());
    let is_std = path.first().is_some_and(|first| {
        matches!(
            first.as_str(),
            "std"
                | "core"
                | "alloc"
                | "once_cell"
                | "hashbrown"
                | "indexmap"
                | "linked_hash_map"
                | "smallvec"
        )
    });
    if !is_std {
        // tower and its kin wrap services and never add a route; `Ok` is a function of `anyhow` too.
        let wraps = path.first().is_some_and(|first| {
            matches!(
                first.as_str(),
                "anyhow"
                    | "eyre"
                    | "color_eyre"
                    | "hyper_util"
                    | "tower"
                    | "tower_http"
                    | "tower_layer"
                    | "tower_service"
            )
        });
        return first.filter(|value| wraps && value.is_routed());
    }
    match (of, last.as_str()) {
        ("process", "exit" | "abort") => Some(Value::Never),
        (
            "LazyLock" | "LazyCell" | "Lazy" | "OnceCell" | "OnceLock" | "sync" | "unsync",
            "new" | "from_fn",
        ) => match first {
            Some(closure) => Some(eval.call_value(&closure, Vec::new(), place)),
            None => Some(Value::unknown()),
        },
        (of, "new" | "with_capacity" | "empty") if of == "iter" || is_collection(of) => {
            Some(Value::List(Rc::new(Vec::new())))
        }
        // A map of known pairs is a list of pairs.
        (of, "from" | "from_iter") if is_collection(of) => first,
        (of, "default") if is_collection(of) => Some(Value::List(Rc::new(Vec::new()))),
        ("iter", "once_with") => {
            let made = first.map(|made| eval.call_value(&made, Vec::new(), place));
            made.map(|value| Value::List(Rc::new(vec![value])))
        }
        ("iter", "from_fn") => first.and_then(|next| eval.all_of(&next, place)),
        ("iter", "zip") => match arguments {
            [left, right] => eval.zipped(&left.value, &right.value),
            _ => None,
        },
        ("String", "new") => Some(Value::text("")),
        ("iter", "once") => first.map(|value| Value::List(Rc::new(vec![value]))),
        (_, "Err" | "drop") => Some(Value::Nothing),
        (_, "Ok" | "Some") => Some(first.unwrap_or(Value::Nothing)),
        (
            "Box" | "Arc" | "Rc" | "Mutex" | "RwLock" | "RefCell" | "Cell" | "Pin" | "Cow" | "String"
            | "Some" | "Vec" | "convert" | "mem" | "ready" | "future" | "Into" | "From" | "Clone",
            _,
        ) => first,
        _ => None,
    }
}
