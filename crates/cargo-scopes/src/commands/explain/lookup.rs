//! Looks for what is asked about in every service, and says what is known of it.

use super::question::Question;
use super::subject::Subject;
use super::{Args, Format};
use crate::args::Common;
use crate::commands::compile;
use crate::output::{note, result};
use crate::project::{Project, Unnamed};
use crate::report::Stream;
use crate::status::Status;
use anyhow::{Result, bail};
use scopewright_compiler::{Outcome, nearest};
use scopewright_model::Plan;

/// What is asked about, and how it is found.
pub trait Wanted {
    /// What it is: `endpoint`, `tool`, `prompt` or `resource`.
    fn noun(&self) -> &'static str;

    /// Its name as it was asked for.
    fn name(&self) -> String;

    /// The decided one that is meant.
    fn decided<'p>(&self, plan: &'p Plan) -> Option<Subject<'p>>;

    /// The title of one that was found and has no decision.
    fn undecided(&self, outcome: &Outcome) -> Option<String>;

    /// The names it could have been, in the form of [`name`](Self::name).
    fn known(&self, outcome: &Outcome) -> Vec<String>;

    /// That several decisions hold of it together, in words.
    fn several(&self, _plan: &Plan) -> Option<String> {
        None
    }
}

/// Explains the first that is meant.
pub fn explain<W: Wanted>(common: &Common, args: &Args, wanted: &W) -> Result<Status> {
    let project = Project::find(common, Unnamed::Services)?;
    let compiled = compile(&project, &[]);
    let mut known: Vec<String> = Vec::new();
    for (_, outcome) in &compiled.outcomes {
        let Some(plan) = &outcome.plan else { continue };
        if let Some(several) = wanted.several(plan) {
            bail!("{several}");
        }
        if let Some(subject) = wanted.decided(plan) {
            let question = Question::read(args, subject, plan)?;
            result(&match args.format {
                Format::Text => question.in_words(),
                Format::Json => format!("{}\n", question.to_json()),
            })?;
            return Ok(Status::Clean);
        }
        known.extend(wanted.known(outcome));
        if let Some(title) = wanted.undecided(outcome) {
            note(&format!("`{title}` is not decided, or not rightly: `cargo scopes check` says why\n"));
            return Ok(Status::Findings);
        }
    }
    if compiled.outcomes.iter().any(|(_, outcome)| outcome.plan.is_none()) {
        compiled.report(common.message_format, Stream::Note)?;
        return Ok(Status::Findings);
    }
    let (noun, name) = (wanted.noun(), wanted.name());
    match nearest(&name, known.iter().map(String::as_str)) {
        Some(near) => bail!("there is no {noun} `{name}`; did you mean `{near}`?"),
        None if known.is_empty() => bail!("there is no {noun} `{name}`; not one was found"),
        None => bail!("there is no {noun} `{name}`; `cargo scopes routes` lists them"),
    }
}
