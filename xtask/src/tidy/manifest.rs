//! The web app manifest: a browser that finds a wrong size quietly refuses to install the app.

use super::{Finding, Sources};
use anyhow::{Context, Result};
use serde_json::Value;

const MANIFEST: &str = "public/manifest.webmanifest";

pub(super) fn icons_are_what_they_say(sources: &Sources) -> Result<Vec<Finding>> {
    let public = sources.workspace.root.join("public");
    let text = std::fs::read_to_string(sources.workspace.root.join(MANIFEST))?;
    let manifest: Value = serde_json::from_str(&text).context(MANIFEST)?;
    let listed = |value: &Value| value["icons"].as_array().cloned().unwrap_or_default();
    let mut icons = listed(&manifest);
    for shortcut in manifest["shortcuts"].as_array().into_iter().flatten() {
        icons.extend(listed(shortcut));
    }
    let mut findings = Vec::new();
    if !icons.iter().any(|icon| icon["purpose"] == "maskable") {
        findings.push(Finding::new(MANIFEST, "has no maskable icon"));
    }
    for icon in icons {
        let source = icon["src"].as_str().unwrap_or_default();
        if icon["type"] != "image/png" {
            continue;
        }
        let Ok(bytes) = std::fs::read(public.join(source.trim_start_matches('/'))) else {
            findings.push(Finding::new(MANIFEST, format!("names {source}, which is not there")));
            continue;
        };
        let size = png_size(&bytes).map(|(width, height)| format!("{width}x{height}"));
        if size.as_deref() != icon["sizes"].as_str() {
            let real = size.unwrap_or_else(|| "no PNG".to_owned());
            findings.push(Finding::new(
                MANIFEST,
                format!("{source} is declared as {}, yet it is {real}", icon["sizes"]),
            ));
        }
    }
    Ok(findings)
}

/// Width and height from the header of a PNG, in pixels.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some((number(0)?, number(4)?))
}
