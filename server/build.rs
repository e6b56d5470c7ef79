//! Puts the app's built files into the binary: writes a table of them, each with its brotli sibling if it has one.
//!
//! The files come from `cargo xtask build-app`. Without them the server builds all the same, and says so.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../dist");
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from("&[\n");
    for (program, address) in [("field", "/"), ("desk", "/desk/")] {
        let folder = dist.join(program);
        // Cargo looks at everything below a folder, and at a missing one again each time it appears.
        fs::create_dir_all(&folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        files_below(&folder, &mut files)?;
        files.sort();
        for file in &files {
            let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
            if name.starts_with('.') || name.ends_with(".br") {
                continue;
            }
            let brotli = PathBuf::from(format!("{}.br", file.display()));
            let brotli =
                if brotli.exists() { format!("Some(include_bytes!({brotli:?}))") } else { "None".to_owned() };
            let path = format!("{address}{name}");
            writeln!(
                table,
                "EmbeddedFile {{ path: {path:?}, plain: include_bytes!({file:?}), brotli: {brotli} }},"
            )?;
        }
    }
    table.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("app_files.rs"), table)?)
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
