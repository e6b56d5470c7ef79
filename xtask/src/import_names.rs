//! Short names between a program and its script. wasm-bindgen gives each function that the module takes from the script a
//! name with 16 digits of a hash in it: some 350 of them, which no compression can shorten, in both files.

use crate::wasm_bytes::{Bytes, change_section, put_number, put_sized};
use anyhow::{Result, bail};

/// The module and its script, which call each other by new names.
#[derive(Debug)]
pub(crate) struct Shortened {
    pub(crate) module: Vec<u8>,
    pub(crate) script: String,
}

/// The id of a module's import section (WebAssembly core specification, 5.5.5).
const IMPORT_SECTION: u8 = 2;

/// Renames what `module` imports from `from`, and `from` itself, in the module and in the script. The script's lines
/// begin with the names ([`crate::scripts::strip`] has been there).
pub(crate) fn shorten(module: &[u8], script: &str, from: &str) -> Result<Shortened> {
    let mut script = script.to_owned();
    let module = change_section(module, IMPORT_SECTION, |section| rename(section, from, &mut script))?;
    let script = replace_line_start(&script, &format!("\"{from}\""), &format!("\"{SHORT_FROM}\""))?;
    Ok(Shortened { module, script })
}

/// What the script is called in the module.
const SHORT_FROM: &str = "s";

fn rename(section: &[u8], from: &str, script: &mut String) -> Result<Vec<u8>> {
    let mut imports = Bytes(section);
    let count = imports.number()?;
    let mut renamed = Vec::with_capacity(section.len());
    put_number(&mut renamed, count);
    let mut next = 0;
    for _ in 0..count {
        let (module, name) = (imports.text()?, imports.text()?);
        let before = imports.0;
        imports.skip_description()?;
        let description = &before[..before.len() - imports.0.len()];
        if module == from {
            let short = short_name(next);
            next += 1;
            *script = replace_line_start(script, name, &short)?;
            put_sized(&mut renamed, SHORT_FROM.as_bytes());
            put_sized(&mut renamed, short.as_bytes());
        } else {
            put_sized(&mut renamed, module.as_bytes());
            put_sized(&mut renamed, name.as_bytes());
        }
        renamed.extend_from_slice(description);
    }
    if !imports.0.is_empty() {
        bail!("the import section has {} bytes too many", imports.0.len());
    }
    Ok(renamed)
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn short_name(mut number: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'a' + (number % 26) as u8);
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    name.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Replaces a member's name, which stands at the beginning of exactly one line and before a colon.
fn replace_line_start(script: &str, name: &str, short: &str) -> Result<String> {
    let member = format!("\n{name}:");
    if script.matches(&member).count() != 1 {
        bail!("the script does not give {name} exactly once");
    }
    Ok(script.replace(&member, &format!("\n{short}:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with two imports from the script, one from elsewhere, and a section behind them.
    fn module(from: &str, names: [&str; 2]) -> Vec<u8> {
        let mut imports = vec![3];
        for (module, name, description) in [
            (from, names[0], &[0, 5][..]),
            ("./parts.js", "__load", &[0, 1]),
            (from, names[1], &[2, 1, 17, 0x80, 2]),
        ] {
            put_sized(&mut imports, module.as_bytes());
            put_sized(&mut imports, name.as_bytes());
            imports.extend_from_slice(description);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(IMPORT_SECTION);
        put_sized(&mut module, &imports);
        module.extend([10, 2, 7, 7]);
        module
    }

    #[test]
    fn module_and_script_call_each_other_by_new_names_and_nothing_else_changes() {
        let long = module("./field_bg.js", ["__wbg_get_0123", "__wbg_memory"]);
        let script = "const import0 = {\n__wbg_get_0123: function(a) {\n},\n__wbg_memory: memory,\n};\nreturn {\n\"./field_bg.js\": import0,\n};\n";
        let Shortened { module: short, script } = shorten(&long, script, "./field_bg.js").unwrap();
        assert_eq!(short, module("s", ["a", "b"]));
        let expected =
            "const import0 = {\na: function(a) {\n},\nb: memory,\n};\nreturn {\n\"s\": import0,\n};\n";
        assert_eq!(script, expected);
    }

    #[test]
    fn a_name_that_the_script_does_not_give_stops_the_build() {
        let long = module("./field_bg.js", ["__wbg_get_0123", "__wbg_memory"]);
        let script = "\n__wbg_memory: memory,\n\"./field_bg.js\": import0,\n";
        assert!(shorten(&long, script, "./field_bg.js").unwrap_err().to_string().contains("__wbg_get_0123"));
    }

    #[test]
    fn names_are_as_short_as_they_can_be_and_all_different() {
        let names: std::collections::BTreeSet<String> = (0..1000).map(short_name).collect();
        assert_eq!(names.len(), 1000);
        assert_eq!([short_name(0), short_name(25), short_name(26), short_name(27)], ["a", "z", "aa", "ab"]);
    }
}
