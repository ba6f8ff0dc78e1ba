//! Facts about bodies: the values a router can flow through.
//!
//! `*x`, `(x)`, `x as T`, `x?`, `x.await`, `&x` are all just `x` here: they change nothing about which routes there are.

use super::{Item, Key, Path, Place, Type};
use serde::{Deserialize, Serialize};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expr {
    pub kind: ExprKind,
    pub place: Place,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExprKind {
    /// A string literal.
    Text(String),
    /// An integer literal, as far as it fits.
    Number(u64),
    Flag(bool),
    Path(Path),
    /// A value and what is done with it, first to last: flat, because chains of thousands of calls exist.
    Chain(Box<Expr>, Vec<Link>),
    Call(Box<Expr>, Vec<Expr>),
    Macro(MacroCall),
    /// Also `unsafe` and `const` blocks.
    Block(Block),
    /// `async { .. }`: a value that runs later, in which `return` and `?` end nothing but it.
    Async {
        block: Block,
        /// Whether what it names is moved into it.
        is_move: bool,
    },
    /// `'label: { .. }`
    Labelled(String, Block),
    If {
        condition: Box<Expr>,
        /// The condition as it is written, shortened.
        text: String,
        then: Block,
        otherwise: Option<Box<Expr>>,
    },
    Match {
        subject: Box<Expr>,
        text: String,
        arms: Vec<Arm>,
    },
    For {
        label: Option<String>,
        pattern: Pattern,
        over: Box<Expr>,
        body: Block,
    },
    /// `while` and `loop`.
    Loop {
        label: Option<String>,
        condition: Option<Box<Expr>>,
        body: Block,
    },
    /// `let pattern = value` within a condition.
    Let(Pattern, Box<Expr>),
    Closure {
        params: Vec<Pattern>,
        body: Box<Expr>,
    },
    Record {
        path: Path,
        fields: Vec<(String, Expr)>,
        rest: Option<Box<Expr>>,
    },
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    /// `a..b`, `a..=b`: an end that is missing is open.
    Range {
        start: Option<Box<Expr>>,
        end: Option<Box<Expr>>,
        is_closed: bool,
    },
    Assign(Box<Expr>, Box<Expr>),
    /// `&mut x`
    Exclusive(Box<Expr>),
    Return(Option<Box<Expr>>),
    /// The label, and the value.
    Break(Option<String>, Option<Box<Expr>>),
    Continue(Option<String>),
    /// `a + b + c`, flat; also `a += b` as an assignment of it.
    Sum(Vec<Expr>),
    /// Anything else, with what stands in it.
    Other(Vec<Expr>),
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub kind: LinkKind,
    /// From the name to the closing parenthesis.
    pub place: Place,
}

/// What the step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    Method {
        name: String,
        turbofish: Vec<Type>,
        arguments: Vec<Expr>,
    },
    Field(String),
    Index(Box<Expr>),
    /// `.await` of a call or an `async` block, first of all: elsewhere it is left out.
    Await,
}

/// A macro in a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacroCall {
    pub path: Path,
    /// Its content as expressions, where it can be read as such.
    pub arguments: Vec<Expr>,
    /// Whether all of its content is in `arguments`.
    pub is_read: bool,
    /// Whether it is a macro of the project whose rules could not be applied.
    pub is_refused: bool,
    /// Whether the content registers or serves routes.
    pub registers: bool,
    /// The names in content that could not be read.
    pub names: Vec<String>,
}

/// `{ .. }`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub statements: Vec<Statement>,
    /// The key of the [`ScopeItems`] with the items declared in it, if any are.
    pub scope: Option<Key>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statement {
    Let(Box<Binding>),
    /// The last one of a block is the block's value unless it `is_done`.
    Expr {
        value: Expr,
        is_done: bool,
        cfg: Option<String>,
    },
}

/// `let pattern: of = value else { otherwise };`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub pattern: Pattern,
    pub of: Option<Type>,
    pub value: Option<Expr>,
    pub otherwise: Option<Expr>,
    pub cfg: Option<String>,
}

/// An arm of a `match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    pub pattern: Pattern,
    /// The pattern as it is written, shortened.
    pub text: String,
    pub guard: Option<Expr>,
    pub body: Expr,
    pub cfg: Option<String>,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pattern {
    /// A name, or a constant or unit variant of that name.
    Name(String),
    /// A unit variant or constant with a longer path.
    Path(Path),
    /// `Some(x)`, `Kind::Other(a, b)`
    Variant(Path, Vec<Pattern>),
    /// `(a, b)`
    Tuple(Vec<Pattern>),
    /// `[a, b]`
    List(Vec<Pattern>),
    /// `S { a, b: c }`
    Record(Path, Vec<(String, Pattern)>),
    /// `a | b`
    Either(Vec<Pattern>),
    /// A string.
    Text(String),
    /// `..`
    Rest,
    /// `_`
    Any,
    /// Ranges, other literals, macros.
    Other,
}

/// The items declared in a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeItems {
    /// Where the block begins.
    pub key: Key,
    /// The block with items around it, in the same function.
    pub parent: Option<Key>,
    pub items: Vec<Item>,
}
