//! Places of syntax in its text, without printing the syntax back to tokens.

use super::written;
use crate::facts::Place;
use proc_macro2::Span;
use syn::Expr;

/// The text of a file with its lines.
pub struct Source<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Reads the line ends.
    pub fn new(text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, line_starts: std::iter::once(0).chain(newlines).collect() }
    }

    /// The place of one byte.
    pub fn place_of_offset(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied().unwrap_or(0);
        let column = narrow(self.text.get(start..offset).map_or(0, |text| text.chars().count()) + 1);
        Place { line: narrow(line), column, end_line: narrow(line), end_column: column + 1, made: 0 }
    }

    /// The byte offset of a line and column.
    fn offset(&self, line: u32, column: u32) -> usize {
        let Some(start) = self.line_starts.get(line as usize - usize::from(line > 0)) else {
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        let wanted = column.saturating_sub(1) as usize;
        if rest.as_bytes().get(..wanted).is_some_and(<[u8]>::is_ascii) {
            return start + wanted;
        }
        rest.char_indices().nth(wanted).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// The text at a place.
    pub fn slice(&self, place: Place) -> &'a str {
        let range = self.offset(place.line, place.column)..self.offset(place.end_line, place.end_column);
        self.text.get(range).unwrap_or_default()
    }

    /// The text at a place on one line, shortened for people.
    pub fn short(&self, place: Place) -> String {
        const LONGEST: usize = 60;
        let mut text = self.slice(place).split_whitespace().collect::<Vec<_>>().join(" ");
        if place.made != 0 {
            // Two conditions that one call writes have one text, and are two.
            text = format!("{text} ({})", place.made);
        }
        if text.chars().count() <= LONGEST {
            return text;
        }
        let mut short: String = text.chars().take(LONGEST - 1).collect();
        short.push('…');
        short
    }
}

pub fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The place of a span.
pub fn of_span(span: Span) -> Place {
    if let Some(place) = written::place(span) {
        return place;
    }
    let (start, end) = (span.start(), span.end());
    Place {
        line: narrow(start.line),
        column: narrow(start.column + 1),
        end_line: narrow(end.line),
        end_column: narrow(end.column + 1),
        made: 0,
    }
}

/// From the start of one span to the end of another.
pub fn between(first: Span, last: Span) -> Place {
    of_span(first).to(of_span(last))
}

/// The place of a path.
pub fn of_path(path: &syn::Path) -> Place {
    let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else {
        return Place::default();
    };
    let start = path.leading_colon.as_ref().map_or(first.ident.span(), |colons| colons.spans[0]);
    let end = match &last.arguments {
        syn::PathArguments::None => last.ident.span(),
        syn::PathArguments::AngleBracketed(arguments) => arguments.gt_token.span,
        syn::PathArguments::Parenthesized(arguments) => arguments.paren_token.span.close(),
    };
    between(start, end)
}

/// The place of an expression. Follows the left and right edges only.
pub fn of_expr(expr: &Expr) -> Place {
    match expr {
        Expr::Array(it) => of_span(it.bracket_token.span.join()),
        Expr::Assign(it) => of_expr(&it.left).to(of_expr(&it.right)),
        Expr::Async(it) => between(it.async_token.span, it.block.brace_token.span.close()),
        Expr::Await(it) => start_of(expr).to(of_span(it.await_token.span)),
        Expr::Binary(it) => start_of(expr).to(of_expr(&it.right)),
        Expr::Block(it) => of_span(it.block.brace_token.span.join()),
        Expr::Call(it) => start_of(expr).to(of_span(it.paren_token.span.close())),
        Expr::Cast(_) => start_of(expr),
        Expr::Closure(it) => of_span(it.inputs_begin.span).to(of_expr(&it.body)),
        Expr::Const(it) => between(it.const_token.span, it.block.brace_token.span.close()),
        Expr::Field(it) => start_of(expr).to(match &it.member {
            syn::Member::Named(name) => of_span(name.span()),
            syn::Member::Unnamed(index) => of_span(index.span),
        }),
        Expr::ForLoop(it) => between(it.for_token.span, it.body.brace_token.span.close()),
        Expr::Group(it) => of_expr(&it.expr),
        Expr::If(it) => between(it.if_token.span, it.then_branch.brace_token.span.close()),
        Expr::Index(it) => start_of(expr).to(of_span(it.bracket_token.span.close())),
        Expr::Let(it) => of_span(it.let_token.span).to(of_expr(&it.expr)),
        Expr::Lit(it) => of_span(it.lit.span()),
        Expr::Loop(it) => between(it.loop_token.span, it.body.brace_token.span.close()),
        Expr::Macro(it) => of_path(&it.mac.path).to(of_span(it.mac.delimiter.span().close())),
        Expr::Match(it) => between(it.match_token.span, it.brace_token.span.close()),
        Expr::MethodCall(it) => start_of(expr).to(of_span(it.paren_token.span.close())),
        Expr::Paren(it) => of_span(it.paren_token.span.join()),
        Expr::Path(it) => match &it.qself {
            Some(qself) => of_span(qself.lt_token.span).to(of_path(&it.path)),
            None => of_path(&it.path),
        },
        Expr::Reference(it) => of_span(it.and_token.span).to(of_expr(&it.expr)),
        Expr::Repeat(it) => of_span(it.bracket_token.span.join()),
        Expr::Return(it) => edge(it.return_token.span, it.expr.as_deref()),
        Expr::Break(it) => edge(it.break_token.span, it.expr.as_deref()),
        Expr::Struct(it) => of_path(&it.path).to(of_span(it.brace_token.span.close())),
        Expr::Try(it) => start_of(expr).to(of_span(it.question_token.span)),
        Expr::Tuple(it) => of_span(it.paren_token.span.join()),
        Expr::Unary(it) => of_span(match &it.op {
            syn::UnOp::Deref(token) => token.span,
            syn::UnOp::Not(token) => token.span,
            syn::UnOp::Neg(token) => token.span,
            _ => return of_expr(&it.expr),
        })
        .to(of_expr(&it.expr)),
        Expr::Unsafe(it) => between(it.unsafe_token.span, it.block.brace_token.span.close()),
        Expr::While(it) => between(it.while_token.span, it.body.brace_token.span.close()),
        _ => Place::default(),
    }
}

fn edge(token: Span, expr: Option<&Expr>) -> Place {
    expr.map_or_else(|| of_span(token), |expr| of_span(token).to(of_expr(expr)))
}

/// The place of the leftmost part of an expression: a loop, because method chains are long.
fn start_of(expr: &Expr) -> Place {
    let mut at = expr;
    loop {
        at = match at {
            Expr::Await(it) => &it.base,
            Expr::Binary(it) => &it.left,
            Expr::Call(it) => &it.func,
            Expr::Cast(it) => &it.expr,
            Expr::Field(it) => &it.base,
            Expr::Index(it) => &it.expr,
            Expr::MethodCall(it) => &it.receiver,
            Expr::Try(it) => &it.expr,
            _ => return of_expr(at),
        };
    }
}
