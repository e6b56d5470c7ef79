//! One style sheet from many files: `@import`s are replaced by what they name, comments and indentation go.
//!
//! Browsers would fetch imports one after the other; on a slow network each costs a round trip before anything shows.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The sheet that `entry` and everything it imports make together.
pub(crate) fn bundle(entry: &Path) -> Result<String> {
    let mut open = Vec::new();
    Ok(minify(&inline(entry, &mut open)?))
}

/// `open` is the chain of files that led here: a sheet that imports itself would never end.
fn inline(file: &Path, open: &mut Vec<PathBuf>) -> Result<String> {
    if open.iter().any(|above| above == file) {
        bail!("{} imports itself", file.display());
    }
    let source = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let source = without_comments(&source);
    open.push(file.to_path_buf());
    let mut sheet = String::new();
    for line in source.lines() {
        match parse_import(line.trim()).with_context(|| format!("in {}", file.display()))? {
            None => {
                sheet.push_str(line);
                sheet.push('\n');
            }
            Some(import) => {
                let folder = file.parent().context("a file has a folder")?;
                let content = inline(&folder.join(import.path), open)?;
                match import.layer {
                    Some(layer) => sheet.push_str(&format!("@layer {layer} {{\n{content}}}\n")),
                    None => sheet.push_str(&content),
                }
            }
        }
    }
    open.pop();
    Ok(sheet)
}

#[derive(Debug, PartialEq)]
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
}

/// Reads `@import "file.css" layer(name);` or `@import url("file.css");`. Anything fancier is refused, not guessed.
fn parse_import(line: &str) -> Result<Option<Import<'_>>> {
    let Some(rest) = line.strip_prefix("@import") else { return Ok(None) };
    let parts = || -> Option<Import<'_>> {
        let rest = rest.trim().strip_suffix(';')?.trim();
        let rest = rest.strip_prefix("url(").unwrap_or(rest);
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let (path, after) = rest[1..].split_once(quote)?;
        let after = after.trim_start_matches(')').trim();
        let layer = match after {
            "" => None,
            layer => Some(layer.strip_prefix("layer(")?.strip_suffix(')')?),
        };
        Some(Import { path, layer })
    };
    match parts() {
        Some(import) => Ok(Some(import)),
        None => bail!("cannot read `{line}`; write `@import \"file.css\" layer(name);` on a line of its own"),
    }
}

fn without_comments(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// Takes out what only people read. Quoted strings stay as they are; a blank between two words stays one blank.
fn minify(sheet: &str) -> String {
    let mut small = String::with_capacity(sheet.len());
    let mut quote = None;
    let mut blank = false;
    for character in sheet.chars() {
        if let Some(open) = quote {
            small.push(character);
            if character == open {
                quote = None;
            }
            continue;
        }
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        // Around these a blank never means anything; around `:`, `+`, `-`, `(` it may.
        let separates = |character: char| matches!(character, '{' | '}' | ';' | ',');
        if blank && !separates(character) && !small.ends_with(separates) && !small.is_empty() {
            small.push(' ');
        }
        blank = false;
        if character == '}' && small.ends_with(';') {
            small.pop();
        }
        if matches!(character, '"' | '\'') {
            quote = Some(character);
        }
        small.push(character);
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_may_name_a_layer() {
        let import = parse_import("@import \"a/b.css\" layer(base);").unwrap();
        assert_eq!(import, Some(Import { path: "a/b.css", layer: Some("base") }));
        assert_eq!(
            parse_import("@import url('c.css');").unwrap(),
            Some(Import { path: "c.css", layer: None })
        );
        assert_eq!(parse_import(".import { color: red }").unwrap(), None);
    }

    #[test]
    fn an_import_with_a_media_query_is_refused() {
        assert!(parse_import("@import \"print.css\" print;").is_err());
    }

    /// The desk shows every component that the phone shows, and pages of its own; it has one sheet.
    #[test]
    fn the_desks_sheet_has_every_file_of_the_styles() {
        let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/styles");
        let desk = bundle(&styles.join("desk.css")).unwrap();
        for folder in ["components", "pages"] {
            for file in std::fs::read_dir(styles.join(folder)).unwrap() {
                let file = file.unwrap().path();
                assert!(desk.contains(bundle(&file).unwrap().trim()), "{} is not in it", file.display());
            }
        }
    }

    #[test]
    fn minifying_keeps_meaning() {
        let sheet = ".a  .b,\n.c { margin: 0 calc(1px + 2px);\n content: \"a  b\"; }\n";
        assert_eq!(minify(sheet), ".a .b,.c{margin: 0 calc(1px + 2px);content: \"a  b\"}");
    }

    #[test]
    fn comments_go_even_when_they_never_end() {
        assert_eq!(without_comments("a/* x */b/* y"), "ab");
    }
}
