//! Makes one kind of request a number of times, and nothing else: what `cargo xtask cost` counts the instructions of.
//!
//! `scopewright-cost SUBJECT CALLS`. Without arguments it lists the subjects.

#[path = "../../../crates/scopewright/benches/subjects/mod.rs"]
mod subjects;

use std::process::ExitCode;
use subjects::{call, request};

/// A subject that is ready to be asked.
type Ready = Box<dyn FnMut()>;

/// A subject's name, and how it is made: when it is asked for, so that none is in another's count.
type Subject = (&'static str, fn() -> Ready);

const SUBJECTS: &[Subject] = &[
    ("plain", || asking(request::plain())),
    ("authenticated", || asking(request::authenticated())),
    ("guarded", || asking(request::authenticated_and_guarded())),
    ("layered", || asking(request::layered_and_guarded())),
    ("from_fn", || asking(request::from_fn_that_does_nothing())),
    #[cfg(feature = "actix")]
    ("actix-plain", || Box::new(subjects::actix_request::plain())),
    #[cfg(feature = "actix")]
    ("actix-authenticated", || Box::new(subjects::actix_request::authenticated())),
    #[cfg(feature = "actix")]
    ("actix-guarded", || Box::new(subjects::actix_request::authenticated_and_guarded())),
];

fn asking<S>(mut service: S) -> Ready
where
    S: tower_service::Service<axum::extract::Request, Response = axum::response::Response> + 'static,
{
    Box::new(move || call(&mut service))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chosen = match arguments.as_slice() {
        [subject, calls] => SUBJECTS.iter().find(|(name, _)| name == subject).zip(calls.parse::<u32>().ok()),
        _ => None,
    };
    let Some(((_, make), calls)) = chosen else {
        #[expect(clippy::print_stdout, reason = "an answer, not a message")]
        for (name, _) in SUBJECTS {
            println!("{name}");
        }
        return ExitCode::from(2);
    };
    let mut subject = make();
    for _ in 0..calls {
        subject();
    }
    ExitCode::SUCCESS
}
