//! In `core` the order of the `mod` lines is the order in which data flows, and a permission: a module may use only
//! modules that stand above it. Read from the `crate::…` paths, tests apart.

use super::{Finding, Sources};
use anyhow::Result;

pub(super) fn core_uses_only_what_stands_above(sources: &Sources) -> Result<Vec<Finding>> {
    let Some(library) = sources.rust.iter().find(|file| file.path == "core/src/lib.rs") else {
        return Ok(vec![Finding::new("core/src/lib.rs", "is missing")]);
    };
    let order: Vec<&str> = library.text.lines().filter_map(declared_module).collect();
    let rank = |module: &str| order.iter().position(|known| *known == module);
    let mut findings = Vec::new();
    for file in sources.rust.iter().filter(|file| !file.is_only_tests()) {
        let Some(inside) = file.path.strip_prefix("core/src/") else { continue };
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = rank(module) else { continue };
        for (number, line) in file.lines_before_tests() {
            let code = line.split("//").next().unwrap_or_default();
            for used in code.split("crate::").skip(1).flat_map(first_names) {
                if rank(used).is_some_and(|used| used > own) {
                    let place = format!("{}:{}", file.path, number + 1);
                    findings.push(Finding::new(
                        place,
                        format!("`{module}` uses `{used}`, which stands below it"),
                    ));
                }
            }
        }
    }
    Ok(findings)
}

/// `mod x;` or `pub mod x;` at the top of the library.
fn declared_module(line: &str) -> Option<&str> {
    line.strip_prefix("pub(crate) ")
        .or(line.strip_prefix("pub "))
        .unwrap_or(line)
        .strip_prefix("mod ")?
        .strip_suffix(';')
}

/// The modules that a path after `crate::` starts with: one, or each of `{a::X, b::Y}`.
fn first_names(path: &str) -> Vec<&str> {
    let name = |text: &str| {
        text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len())
    };
    match path.strip_prefix('{') {
        None => vec![&path[..name(path)]],
        Some(group) => group.split(',').map(str::trim).map(|part| &part[..name(part)]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_read_from_the_library() {
        assert_eq!(declared_module("pub mod ids;"), Some("ids"));
        assert_eq!(declared_module("mod chain;"), Some("chain"));
        assert_eq!(declared_module("pub use ids::EntryId;"), None);
    }

    #[test]
    fn paths_are_read_alone_and_in_groups() {
        assert_eq!(first_names("ids::EntryId;"), ["ids"]);
        assert_eq!(first_names("{ids::EntryId, log};"), ["ids", "log"]);
    }
}
