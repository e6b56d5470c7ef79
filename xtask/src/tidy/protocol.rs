//! A document that describes a file carries that file's hash: when only one of the two moves, somebody must look.

use super::{Finding, Sources};
use crate::fingerprint::sha256_hex;
use anyhow::Result;

/// The document, and the file it describes.
const DESCRIBED: &[(&str, &str)] = &[("docs/sync-protocol.md", "core/src/sync/message.rs")];

pub(super) fn document_matches_messages(sources: &Sources) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (document, described) in DESCRIBED {
        let document_file = sources.workspace.root.join(document);
        let described_file = sources.workspace.root.join(described);
        if !document_file.exists() || !described_file.exists() {
            continue;
        }
        let hash = sha256_hex(&std::fs::read(&described_file)?);
        if !std::fs::read_to_string(&document_file)?.contains(&hash) {
            let complaint =
                format!("{described} has changed: read both, then write `sha256: {hash}` into the document");
            findings.push(Finding::new(*document, complaint));
        }
    }
    Ok(findings)
}
