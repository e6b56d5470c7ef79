//! What stands, or must not stand, in the text of a source file.

use super::{Finding, Sources};
use anyhow::Result;

/// Folders of the app that may name `web_sys`: the browser as seen by everybody else.
const BROWSER_EDGE: &[&str] = &["app/src/browser/", "app/src/store/"];

pub(super) fn modules_have_documentation(sources: &Sources) -> Result<Vec<Finding>> {
    let documented = |text: &str| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("#!["));
        lines.next().is_some_and(|line| line.starts_with("//!"))
    };
    let silent = sources.rust.iter().filter(|file| !file.is_only_tests() && !documented(&file.text));
    Ok(silent.map(|file| Finding::new(&file.path, "begin with //! and the idea of the module")).collect())
}

pub(super) fn web_sys_stays_at_the_edge(sources: &Sources) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in &sources.rust {
        if !file.path.starts_with("app/src/") || BROWSER_EDGE.iter().any(|edge| file.path.starts_with(edge)) {
            continue;
        }
        for (number, line) in file.lines_before_tests() {
            if line.contains("web_sys") && !line.trim_start().starts_with("//") {
                findings.push(Finding::new(
                    format!("{}:{}", file.path, number + 1),
                    "ask app/src/browser for it",
                ));
            }
        }
    }
    Ok(findings)
}

pub(super) fn nothing_is_unfinished(sources: &Sources) -> Result<Vec<Finding>> {
    // Put together here, so that this file does not find itself.
    let marks = ["TO", "FIX", "XX"].map(|start| match start {
        "TO" => format!("{start}DO"),
        "FIX" => format!("{start}ME"),
        _ => format!("{start}X"),
    });
    let macros = ["todo", "unimplemented"].map(|name| format!("{name}!("));
    let ignored = format!("#[{}", "ignore");
    let mut findings = Vec::new();
    for file in &sources.rust {
        for (number, line) in file.text.lines().enumerate() {
            let words = line.split(|character: char| !character.is_alphanumeric());
            let marked =
                line.contains("//") && words.into_iter().any(|word| marks.iter().any(|mark| mark == word));
            if marked
                || macros.iter().any(|name| line.contains(name))
                || line.trim_start().starts_with(&ignored)
            {
                findings.push(Finding::new(
                    format!("{}:{}", file.path, number + 1),
                    "finish it, or write an issue",
                ));
            }
        }
    }
    Ok(findings)
}
