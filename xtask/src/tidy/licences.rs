//! Licences of all dependencies against the list in `deny.toml`, which cargo-deny reads too.
//!
//! cargo-deny does this and more, but takes minutes to install; this takes a second and runs everywhere.

use super::{Finding, Sources};
use crate::process::capture;
use anyhow::{Context, Result};
use serde_json::Value;
use std::process::Command;

pub(super) fn dependencies_are_allowed(sources: &Sources) -> Result<Vec<Finding>> {
    let deny = std::fs::read_to_string(sources.workspace.root.join("deny.toml"))?;
    let allowed = allowed_licences(&deny).context("deny.toml has no [licenses] allow list")?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&sources.workspace.root).args(["metadata", "--format-version", "1", "--locked"]);
    let metadata: Value = serde_json::from_str(&capture(&mut cargo)?)?;
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if package["source"].is_null() {
            continue; // our own
        }
        let name = format!(
            "{} {}",
            package["name"].as_str().unwrap_or("?"),
            package["version"].as_str().unwrap_or("?")
        );
        match package["license"].as_str() {
            None => findings.push(Finding::new(name, "names no licence")),
            Some(licence) if is_allowed(licence, &allowed) => {}
            Some(licence) => findings.push(Finding::new(name, format!("`{licence}` is not on the list"))),
        }
    }
    Ok(findings)
}

/// The strings of `allow = [ … ]`.
fn allowed_licences(deny: &str) -> Option<Vec<String>> {
    let (_, list) = deny.split_once("[licenses]")?.1.split_once("allow = [")?;
    let (list, _) = list.split_once(']')?;
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    Some(lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect())
}

/// An SPDX expression: every term of an `AND` must have an allowed alternative.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let bare = expression.replace(['(', ')'], "");
    let alternatives = |terms: &str| {
        terms
            .replace('/', " OR ")
            .split(" OR ")
            .any(|licence| allowed.iter().any(|known| known == licence.trim()))
    };
    bare.split(" AND ").all(alternatives)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_with_its_comments() {
        let deny = "[licenses]\nallow = [\n  \"MIT\", # usual\n  \"ISC\",\n]\n";
        assert_eq!(allowed_licences(deny), Some(vec!["MIT".to_owned(), "ISC".to_owned()]));
    }

    #[test]
    fn one_alternative_is_enough_and_every_term_is_needed() {
        let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
        assert!(is_allowed("MIT OR Apache-2.0", &allowed));
        assert!(is_allowed("MIT/Apache-2.0", &allowed));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
        assert!(!is_allowed("MIT AND OpenSSL", &allowed));
        assert!(!is_allowed("GPL-2.0", &allowed));
    }
}
