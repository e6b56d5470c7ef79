//! Scripts without what only people read: lines that are comments, documentation blocks, indentation.
//!
//! Line by line on purpose. A real minifier would win some hundred bytes more after brotli, and is one more tool that
//! must understand every new word of the language (Trunk's own does not read today's wasm-bindgen output).

/// Takes the comments out of a script whose comments stand on lines of their own, which ours and wasm-bindgen's do.
/// A line that carries a multi-line template string would be changed; neither has any.
pub(crate) fn strip(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut in_block = false;
    for line in source.lines().map(str::trim) {
        if in_block || line.starts_with("/*") {
            in_block = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let source = "// why\n/**\n * @param {number} a\n */\nfunction f(a) {\n    return a / 2; // half\n}\n/* one line */\n";
        assert_eq!(strip(source), "function f(a) {\nreturn a / 2; // half\n}\n");
    }
}
