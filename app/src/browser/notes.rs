//! Small notes that the browser keeps apart from its databases (`localStorage`): they outlive a database that it threw
//! away. Written to disk in the browser's own time, some seconds late; where there are none, nothing is noted.

use web_sys::Storage;

use super::window;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is noted under a name.
pub(crate) fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Notes something, in place of what was noted.
pub(crate) fn write(name: &str, text: &str) {
    // Full, or switched off: a note is a witness more, and nothing depends on one that is missing.
    let _without_it = storage().map(|storage| storage.set_item(name, text));
}

/// Takes a note back.
pub(crate) fn remove(name: &str) {
    let _was_none = storage().map(|storage| storage.remove_item(name));
}

/// The names that begin with `prefix`.
pub(crate) fn names_under(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    names.filter(|name| name.starts_with(prefix)).collect()
}
