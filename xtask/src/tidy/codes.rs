//! Every diagnostic code has an explanation and a case that shows it.

use super::purposes::tracked;
use crate::process::root;
use anyhow::{Context as _, Result, ensure};
use scopewright_model::Code;

pub fn check() -> Result<Vec<String>> {
    let expectations = expectations()?;
    ensure!(!expectations.is_empty(), "no case folder expects a diagnostic");
    let mut findings = Vec::new();
    for code in Code::ALL {
        let name = code.name();
        let explanation = code.explanation();
        if explanation.matches("```").count() < 4 {
            findings.push(format!(
                "crates/scopewright-model/src/explanations/{name}.md: explain `{name}` with an example that fails and the mended one"
            ));
        }
        let shown = [format!("[{name}]"), format!("\"code\":\"{name}\"")];
        if !expectations.iter().any(|text| shown.iter().any(|form| text.contains(form))) {
            findings.push(format!(
                "no case expects `{name}`: add a folder under a `cases/` folder that shows it"
            ));
        }
    }
    Ok(findings)
}

/// The texts of all expected outputs in case folders.
fn expectations() -> Result<Vec<String>> {
    tracked(&["*/cases/*.txt", "*/cases/*.jsonl", "*/cases/*.json", "*/cases/*.stderr"])?
        .into_iter()
        .map(|file| std::fs::read_to_string(root().join(&file)).with_context(|| file))
        .collect()
}
