//! Bytes that a phone fetches before it has a working list, against a gate that only moves down.
//!
//! Counted from the built page: the page itself, everything it names, the manifest and the service worker, each as
//! brotli. The rest of the shell (the program's other parts, the photo worker) is fetched behind the user's back and told
//! apart.

use crate::compress::{brotli, sibling};
use crate::workspace::{Workspace, files_below};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::Path;

/// Where the gate is written down.
const RECORD: &str = "docs/size.json";

/// A new gate leaves this much room, in percent of what was measured.
const ROOM_PERCENT: u64 = 1;

/// One file of a visit.
#[derive(Debug)]
struct Fetched {
    path: String,
    raw_bytes: u64,
    transfer_bytes: u64,
}

/// Prints the cold visit and fails past the gate.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let measured = measure(workspace)?;
    let gate = recorded_gate(workspace)?;
    println!(
        "  cold visit {} bytes, gate {gate} bytes ({:.1} KiB of {:.1} KiB)",
        measured,
        kib(measured),
        kib(gate)
    );
    if measured > gate {
        bail!("a cold visit grew past the gate by {} bytes", measured - gate);
    }
    Ok(())
}

/// Lowers the gate to what is measured now. It never goes up: that takes a decision and an editor.
pub(crate) fn record(workspace: &Workspace) -> Result<()> {
    let measured = measure(workspace)?;
    let gate = recorded_gate(workspace)?.min(measured + measured * ROOM_PERCENT / 100);
    let record = json!({ "cold_visit_gate_bytes": gate, "cold_visit_measured_bytes": measured });
    std::fs::write(workspace.root.join(RECORD), format!("{record:#}\n"))?;
    println!("  {RECORD}: gate {gate} bytes ({:.1} KiB)", kib(gate));
    Ok(())
}

fn recorded_gate(workspace: &Workspace) -> Result<u64> {
    let record: Value = serde_json::from_str(&std::fs::read_to_string(workspace.root.join(RECORD))?)?;
    record["cold_visit_gate_bytes"].as_u64().with_context(|| format!("{RECORD} has no gate"))
}

/// Total transfer bytes of a cold visit; prints every file.
fn measure(workspace: &Workspace) -> Result<u64> {
    let folder = workspace.dist().join("field");
    let page =
        std::fs::read_to_string(folder.join("index.html")).context("build first: cargo xtask build-app")?;
    let mut names = vec!["index.html".to_owned(), "sw.js".to_owned()];
    names.extend(named_files(&page));
    let mut visit = Vec::new();
    for name in &names {
        visit.push(fetched(&folder, name)?);
    }
    visit.sort_by_key(|file| std::cmp::Reverse(file.transfer_bytes));
    println!("  {:>9} {:>9}", "raw", "brotli");
    for file in &visit {
        println!("  {:>9} {:>9}  /{}", file.raw_bytes, file.transfer_bytes, file.path);
    }
    let behind = |part: &dyn Fn(&str) -> bool| -> Result<u64> {
        files_below(&folder)?
            .iter()
            .filter_map(|file| file.strip_prefix(&folder).ok()?.to_str())
            .filter(|path| !path.ends_with(".br") && !path.ends_with(".png") && part(path))
            .map(|path| fetched(&folder, path).map(|file| file.transfer_bytes))
            .sum()
    };
    let parts =
        behind(&|path| path.ends_with(".wasm") && !path.contains('/') && !names.iter().any(|it| it == path))?;
    let photo = behind(&|path| path.starts_with("photo/") && !path.contains("plain-"))?;
    println!(
        "  later, in the background: {parts} bytes of the program's other parts, {photo} bytes of the photo worker"
    );
    Ok(visit.iter().map(|file| file.transfer_bytes).sum())
}

/// Addresses in `src` and `href`, without the icons that only a launcher fetches.
fn named_files(page: &str) -> Vec<String> {
    let mut names = Vec::new();
    for tag in page.split('<').filter(|tag| !tag.contains("apple-touch-icon")) {
        for attribute in ["src=\"/", "href=\"/"] {
            if let Some((_, rest)) = tag.split_once(attribute)
                && let Some((name, _)) = rest.split_once('"')
                && !name.is_empty()
            {
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

/// Sizes of one file, as the server would send it. A compressed sibling that is not of this content is an error: the
/// server would send it.
fn fetched(folder: &Path, path: &str) -> Result<Fetched> {
    let file = folder.join(path);
    let raw = std::fs::read(&file).with_context(|| format!("the page names {path}, which was not built"))?;
    let compressed = sibling(&file);
    let transfer_bytes = if compressed.exists() {
        std::fs::metadata(&compressed)?.len()
    } else if is_compressed_kind(path) {
        raw.len() as u64
    } else {
        brotli(&raw)?.len() as u64 // a quick build has no siblings; the figure is what a release would add
    };
    Ok(Fetched { path: path.to_owned(), raw_bytes: raw.len() as u64, transfer_bytes })
}

fn is_compressed_kind(path: &str) -> bool {
    path.ends_with(".png")
}

fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_the_page_names_is_counted_once() {
        let page = r#"<link rel="icon" href="/icons/icon.svg"><link rel="apple-touch-icon" href="/icons/x.png">
            <script src="/boot-1.js"></script><link href="/field.wasm"><script src="/boot-1.js"></script>"#;
        assert_eq!(named_files(page), ["boot-1.js", "field.wasm", "icons/icon.svg"]);
    }
}
