//! The service worker of a program: its source from `public/sw/`, headed by the list of what it keeps.
//!
//! The list names every file of the shell with the beginning of the SHA-256 of its content, which most files carry in
//! their names. The worker installs all of them or none, and keeps nothing whose hash differs: a captive portal's page
//! never becomes part of the app. 64 bits tell accidents; whoever could forge them on our server could forge the list.

use crate::build_app::Program;
use crate::fingerprint::sha256_hex;
use crate::scripts;
use crate::workspace::files_below;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;

/// The parts of the worker in the order in which they stand in the file.
const PARTS: [&str; 3] = ["what.js", "how.js", "events.js"];

/// Writes `sw.js` into `folder`, which must hold everything else already.
pub(crate) fn write_service_worker(program: Program, source: &Path, folder: &Path) -> Result<()> {
    let mut assets = Vec::new();
    for file in files_below(folder)? {
        let path = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        if is_of_the_shell(&path) {
            assets.push(asset(program, &path, &std::fs::read(&file)?));
        }
    }
    let mut parts = String::new();
    for part in PARTS {
        let part = source.join(part);
        parts +=
            &std::fs::read_to_string(&part).with_context(|| format!("cannot read {}", part.display()))?;
    }
    // The worker's own text counts too: two workers never share a cache, so one that fails to install harms nobody.
    let version = &sha256_hex(format!("{}{parts}", Value::from(assets.clone())).as_bytes())[..16];
    let build = json!({
        "program": program.name(),
        "scope": program.public_url(),
        "version": version,
        "assets": assets,
    });
    Ok(std::fs::write(folder.join("sw.js"), format!("const BUILD = {build};\n{}", scripts::strip(&parts)))?)
}

/// The icons in pixels are for the launcher, which fetches them by itself when the app is installed.
fn is_of_the_shell(path: &str) -> bool {
    !path.ends_with(".png") && !path.ends_with(".br") && path != "sw.js"
}

/// The address, where it has the hash in it; `[address, hash]` otherwise.
fn asset(program: Program, path: &str, content: &[u8]) -> Value {
    let address = match path {
        "index.html" => program.public_url().to_owned(),
        path => format!("{}{path}", program.public_url()),
    };
    let hash = &sha256_hex(content)[..16];
    match address.contains(&format!("-{hash}.")) {
        true => json!(address),
        false => json!([address, hash]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_listed_with_its_hash_once() {
        let hash = &sha256_hex(b"x")[..16];
        let named = format!("photo/simd-{hash}.wasm");
        assert_eq!(asset(Program::Field, &named, b"x"), json!(format!("/{named}")));
        assert_eq!(
            asset(Program::Field, &named, b"y"),
            json!([format!("/{named}"), &sha256_hex(b"y")[..16]])
        );
        assert_eq!(asset(Program::Field, "index.html", b"x"), json!(["/", hash]));
    }
}
