//! Names and lengths of files.

use super::{Finding, Sources};
use anyhow::Result;
use std::path::Path;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager"];

/// Lines above the tests; the most a reader can hold.
const MAX_LINES: usize = 400;

pub(super) fn names_say_something(sources: &Sources) -> Result<Vec<Finding>> {
    let says_nothing = |path: &str| {
        Path::new(path).with_extension("").components().any(|part| {
            part.as_os_str().to_str().is_some_and(|part| EMPTY_NAMES.contains(&part.to_lowercase().as_str()))
        })
    };
    let named = sources.rust.iter().filter(|file| says_nothing(&file.path));
    Ok(named.map(|file| Finding::new(&file.path, "name the idea instead")).collect())
}

pub(super) fn files_stay_short(sources: &Sources) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in sources.rust.iter().filter(|file| !file.is_only_tests()) {
        let lines = file.lines_before_tests().count();
        if lines > MAX_LINES {
            findings.push(Finding::new(&file.path, format!("{lines} lines; split it by meaning")));
        }
    }
    Ok(findings)
}
