//! The long text of a diagnostic.

use super::{Args, Format};
use crate::output::result;
use crate::status::Status;
use anyhow::{Result, bail};
use scopewright_compiler::nearest;
use scopewright_model::Code;
use serde_json::json;

pub fn explain(args: &Args, name: &str) -> Result<Status> {
    let name = name.trim();
    let Ok(code) = name.parse::<Code>() else {
        let known = Code::ALL.iter().map(|code| code.name());
        match nearest(name, known) {
            Some(near) => bail!("there is no finding `{name}`; did you mean `{near}`?"),
            None => bail!(
                "`{name}` is neither an endpoint, such as `GET /cameras/{{id}}`, nor an MCP tool, such as \
                 `tool list_cameras`, nor the code of a finding"
            ),
        }
    };
    result(&match args.format {
        Format::Text => format!("{}\n", code.explanation().trim_end()),
        Format::Json => {
            let level = code.level().as_str();
            format!("{}\n", json!({ "code": code.name(), "level": level, "explanation": code.explanation() }))
        }
    })?;
    Ok(Status::Clean)
}
