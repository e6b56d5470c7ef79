//! axe-core, in the page, over everything that is on it.

use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;

/// Where the npm packages are: `tests/node_modules`, or what `XUNAN_NODE_MODULES` names.
pub fn node_modules() -> PathBuf {
    std::env::var_os("XUNAN_NODE_MODULES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules"), PathBuf::from)
}

/// Asserts that axe finds no violation of WCAG 2.0 to 2.2, A and AA.
///
/// # Panics
/// With every violation and the element it is on.
pub async fn assert_accessible(browser: &Browser, page: &str) {
    // Half a megabyte: once for each document.
    if browser.run("return 'axe' in window", vec![]).await != true {
        let file = node_modules().join("axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // The driver runs it from outside the page, so the page's own content policy stays as it is.
        browser.run(&format!("{axe}; window.axe = axe;"), vec![]).await;
    }
    let script = "const done = arguments[arguments.length - 1]; \
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }) \
            .then(found => done(found.violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(' | ')}`)), \
                  error => done([String(error)]))";
    let found = browser.run_async(script, vec![]).await;
    let none = found.as_array().is_some_and(Vec::is_empty);
    assert!(
        none,
        "axe on {page}: {}",
        serde_json::to_string_pretty(&found).unwrap_or_else(|_| Value::Null.to_string())
    );
}
