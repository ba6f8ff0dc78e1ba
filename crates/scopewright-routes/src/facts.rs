//! The local facts of one file: what pass 1 keeps of it, and all that pass 2 ever sees.
//!
//! A small language of its own, without tokens: items by name, and of the bodies that matter the calls, values and
//! branches a router can flow through. Everything is plain data that can be stored between runs.
//!
//! INVARIANT: `FORMAT` changes whenever the meaning or the shape of any type in here or below changes.

mod expr;
mod item;

pub use expr::{
    Arm, Binding, Block, Expr, ExprKind, Link, LinkKind, MacroCall, Pattern, ScopeItems, Statement,
};
pub use item::{
    Attribute, Body, Constant, Function, Generics, ImplBlock, Item, MacroItem, Module, Param, ReadBody,
    TypeItem, TypeKind, Use,
};

use serde::{Deserialize, Serialize};

/// The version of the stored form.
pub const FORMAT: u64 = 13;

/// A stretch of the file the facts are about, lines and columns from 1, columns in characters, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// Which of the tokens that a macro writes at its call begins here: all of them are shown at the call, and only this
    /// tells them apart. 0 for what is written in the file.
    pub made: u32,
}

impl Place {
    /// Whether `other` lies within.
    pub fn contains(self, other: Self) -> bool {
        (self.line, self.column) <= (other.line, other.column)
            && (other.end_line, other.end_column) <= (self.end_line, self.end_column)
    }

    /// From the start of this to the end of `other`.
    pub fn to(self, other: Self) -> Self {
        Self { end_line: other.end_line, end_column: other.end_column, ..self }
    }

    /// The position that names a function or a block within its file, the same in every reading of the file.
    pub fn key(self) -> Key {
        Key { line: self.line, column: self.column, made: self.made }
    }
}

/// Where something begins: the identity of functions and blocks within their file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Key {
    pub line: u32,
    pub column: u32,
    /// See [`Place::made`].
    pub made: u32,
}

/// What is known about one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The items at the top of the file.
    pub items: Vec<Item>,
    /// All functions of the file, those within other functions too, sorted by key.
    pub functions: Vec<Function>,
    /// Names that this file gives to words that matter (`use axum::Router as R`), which make more text matter.
    pub new_words: Vec<String>,
}

/// A path as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Path {
    /// Whether it begins with `::`.
    pub absolute: bool,
    /// The type of `<T as Trait>::…`, whose trait's segments come first in `segments`.
    pub qualified: Option<Box<Type>>,
    /// The names.
    pub segments: Vec<Segment>,
    /// A macro wrote it that sees no variable of its caller: it names an item.
    pub is_item: bool,
}

/// One name of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub name: String,
    /// Type arguments; lifetimes and constants are left out.
    pub arguments: Vec<Type>,
}

impl Path {
    /// A path that is one name.
    pub fn of_name(name: &str) -> Self {
        let segments = vec![Segment { name: name.to_owned(), arguments: Vec::new() }];
        Self { segments, ..Self::default() }
    }

    /// The last name.
    pub fn last(&self) -> &str {
        self.segments.last().map_or("", |segment| segment.name.as_str())
    }

    /// The one name of a path that is nothing else.
    pub fn single(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [only] if !self.absolute && self.qualified.is_none() && !self.is_item => Some(&only.name),
            _ => None,
        }
    }

    /// The names, joined.
    pub fn text(&self) -> String {
        let names: Vec<&str> = self.segments.iter().map(|segment| segment.name.as_str()).collect();
        names.join("::")
    }
}

/// A type as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// A named type.
    Path(Path),
    /// References and pointers: what they are of.
    Of(Box<Type>),
    /// Slices and arrays: what they are of.
    List(Box<Type>),
    /// A tuple; `()` is the empty one.
    Tuple(Vec<Type>),
    /// `impl A + B`, `dyn A + B`.
    Bounds(Vec<Path>),
    /// Anything else.
    Other,
}

impl Type {
    /// The type below references, slices and arrays.
    pub fn inner(&self) -> &Self {
        let mut at = self;
        while let Self::Of(below) | Self::List(below) = at {
            at = below;
        }
        at
    }

    /// What a type of another package holds, if it is by its name one that derefs to it: a pointer, shared state.
    pub fn held(&self) -> Option<&Self> {
        let Self::Path(path) = self.inner() else { return None };
        let is_holder = matches!(path.last(), "Arc" | "Box" | "Data" | "Extension" | "Rc" | "State");
        path.segments.last().filter(|_| is_holder).and_then(|last| last.arguments.first())
    }
}
