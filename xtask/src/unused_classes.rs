//! Classes that nobody can have an object of. wasm-bindgen hands out every class of every library that is linked; what
//! hangs on one that the program never makes stays in the module, because a script might call it.

use crate::wasm_bytes::{Bytes, change_section, put_number, put_sized};
use anyhow::Result;

/// The id of a module's export section (WebAssembly core specification, 5.5.10).
const EXPORT_SECTION: u8 = 7;

/// Takes the classes that the program never makes out of its script (after [`crate::scripts::strip`]), and what only
/// they call out of the module's exports.
pub(crate) fn remove(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut left = script.to_owned();
    let mut uncalled = Vec::new();
    for class in classes(script).filter(|class| !script.contains(&format!("{class}.__wrap("))) {
        let (rest, taken) = without(&left, class);
        left = rest;
        uncalled.extend(called(&taken));
    }
    uncalled.retain(|name| !left.contains(&format!("wasm.{name}")));
    let module = change_section(module, EXPORT_SECTION, |section| without_exports(section, &uncalled))?;
    Ok((module, left))
}

fn classes(script: &str) -> impl Iterator<Item = &str> {
    script.lines().filter_map(|line| line.strip_prefix("export class ")?.strip_suffix(" {"))
}

/// The script without a class, and what was taken: the class, and the statements that begin with its name. A statement
/// ends where its brackets are closed, with a semicolon or a brace alone.
fn without(script: &str, class: &str) -> (String, String) {
    let begins = |line: &str| {
        line == format!("export class {class} {{")
            || line.starts_with(&format!("if (Symbol.dispose) {class}.prototype"))
            || line.starts_with(&format!("const {class}Finalization = "))
    };
    let (mut left, mut taken) = (String::with_capacity(script.len()), String::new());
    let mut open: Option<i32> = None;
    for line in script.lines() {
        if open.is_none() && !begins(line) {
            left += line;
            left.push('\n');
            continue;
        }
        let depth = open.unwrap_or(0) + brackets(line);
        open = (depth > 0 || !(line.ends_with(';') || line == "}")).then_some(depth);
        taken += line;
        taken.push('\n');
    }
    (left, taken)
}

fn brackets(line: &str) -> i32 {
    line.chars()
        .map(|letter| match letter {
            '(' | '{' => 1,
            ')' | '}' => -1,
            _ => 0,
        })
        .sum()
}

/// The functions of the module that a piece of script calls.
fn called(script: &str) -> impl Iterator<Item = String> {
    script.split("wasm.").skip(1).map(|rest| {
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
    })
}

fn without_exports(section: &[u8], names: &[String]) -> Result<Vec<u8>> {
    let mut exports = Bytes(section);
    let (mut kept, mut count) = (Vec::with_capacity(section.len()), 0);
    for _ in 0..exports.number()? {
        let name = exports.text()?;
        let (kind, index) = (exports.byte()?, exports.number()?);
        if !names.iter().any(|unwanted| unwanted == name) {
            count += 1;
            put_sized(&mut kept, name.as_bytes());
            kept.push(kind);
            put_number(&mut kept, index);
        }
    }
    let mut changed = Vec::with_capacity(kept.len() + 5);
    put_number(&mut changed, count);
    changed.extend(kept);
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
export class Made {
free() {
wasm.__wbg_made_free(this.ptr, 0);
}
}
export class Never {
free() {
wasm.__wbg_never_free(this.ptr, 0);
wasm.shared(this.ptr);
}
}
if (Symbol.dispose) Never.prototype[Symbol.dispose] = Never.prototype.free;
const ret = Made.__wrap(wasm.shared(1));
const NeverFinalization = (typeof FinalizationRegistry === 'undefined')
? { register: () => {}, unregister: () => {} }
: new FinalizationRegistry(ptr => wasm.__wbg_never_free(ptr, 1));
";

    fn exports(names: &[&str]) -> Vec<u8> {
        let mut section = vec![names.len() as u8];
        for name in names {
            put_sized(&mut section, name.as_bytes());
            section.extend([0, 7]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(EXPORT_SECTION);
        put_sized(&mut module, &section);
        module
    }

    #[test]
    fn what_hangs_on_a_class_that_nobody_makes_goes_and_everything_else_stays() {
        let all = exports(&["main", "__wbg_made_free", "__wbg_never_free", "shared"]);
        let (module, script) = remove(&all, SCRIPT).unwrap();
        assert_eq!(module, exports(&["main", "__wbg_made_free", "shared"]));
        let expected = "\
export class Made {
free() {
wasm.__wbg_made_free(this.ptr, 0);
}
}
const ret = Made.__wrap(wasm.shared(1));
";
        assert_eq!(script, expected);
    }
}
