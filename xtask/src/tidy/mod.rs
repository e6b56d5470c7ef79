//! The project's own style rules, checked: what a reader would trip over and no compiler sees.
//!
//! To add a rule: a function `fn(&Sources) -> Vec<Finding>` in a file that names its subject, and a line in [`RULES`].

mod layout;
mod licences;
mod literal_markup;
mod manifest;
mod module_order;
mod protocol;
mod text;

use crate::workspace::{Workspace, files_below};
use anyhow::{Result, bail};
use std::fmt;
use std::path::PathBuf;

type Rule = fn(&Sources) -> Result<Vec<Finding>>;

/// Every rule with the sentence that says what it wants.
const RULES: &[(&str, Rule)] = &[
    ("no file or folder is called utils, helpers, common, misc or manager", layout::names_say_something),
    ("the part of a file that is not tests stays within 400 lines", layout::files_stay_short),
    ("every module opens with //! and its idea", text::modules_have_documentation),
    ("only app/src/browser and app/src/store touch web_sys", text::web_sys_stays_at_the_edge),
    (
        "no markup is literal throughout: Leptos sets it by innerHTML, which our Trusted Types refuse",
        literal_markup::nothing_is_literal_throughout,
    ),
    ("nothing is left unfinished in the sources", text::nothing_is_unfinished),
    ("a module of core uses only modules above it", module_order::core_uses_only_what_stands_above),
    ("docs/sync-protocol.md describes the messages as they are", protocol::document_matches_messages),
    ("the manifest's icons have the sizes it declares", manifest::icons_are_what_they_say),
    ("every dependency has a licence that deny.toml allows", licences::dependencies_are_allowed),
];

/// The checkout as the rules see it.
struct Sources {
    workspace: Workspace,
    /// Every Rust file of our own.
    rust: Vec<SourceFile>,
}

/// One Rust file.
struct SourceFile {
    /// From the top of the checkout, with forward slashes.
    path: String,
    text: String,
}

/// One thing that breaks a rule.
struct Finding {
    place: String,
    complaint: String,
}

impl Finding {
    fn new(place: impl Into<String>, complaint: impl Into<String>) -> Self {
        Self { place: place.into(), complaint: complaint.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.complaint)
    }
}

impl SourceFile {
    /// Whether all of it is tests.
    fn is_only_tests(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/") || self.path.starts_with("tests/")
    }

    /// The lines above the test module.
    fn lines_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
    }
}

/// Checks every rule and prints what breaks one.
pub(crate) fn tidy(workspace: &Workspace) -> Result<()> {
    let sources = Sources { workspace: workspace.clone(), rust: rust_files(workspace)? };
    let mut found = 0;
    for (wanted, rule) in RULES {
        let findings = rule(&sources)?;
        if findings.is_empty() {
            continue;
        }
        println!("  {wanted}:");
        for finding in &findings {
            println!("    {finding}");
        }
        found += findings.len();
    }
    if found > 0 {
        bail!("{found} findings");
    }
    println!("  {} rules, {} Rust files: nothing to complain about", RULES.len(), sources.rust.len());
    Ok(())
}

fn rust_files(workspace: &Workspace) -> Result<Vec<SourceFile>> {
    let mut sources = Vec::new();
    for folder in ["core", "app", "server", "tests", "xtask"] {
        for file in files_below(&workspace.root.join(folder))? {
            if file.extension().is_some_and(|extension| extension == "rs") && !is_foreign(&file) {
                let path = file.strip_prefix(&workspace.root)?.to_string_lossy().replace('\\', "/");
                sources.push(SourceFile { path, text: std::fs::read_to_string(&file)? });
            }
        }
    }
    Ok(sources)
}

/// Files that others wrote or a tool did.
fn is_foreign(file: &std::path::Path) -> bool {
    let foreign: PathBuf = file
        .components()
        .filter(|part| matches!(part.as_os_str().to_str(), Some("node_modules" | "target")))
        .collect();
    foreign.components().count() > 0
}
