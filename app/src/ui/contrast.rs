//! The colours of `styles/tokens.css` as a reader in the sun sees them.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../styles/tokens.css");

/// Text and what it stands on: contrast 7:1 at least (WCAG 2.2, 1.4.6), for sunlight.
const TEXT: [(&str, &str); 32] = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "sunk"),
    ("ink", "jade-tint"),
    ("ink", "pass-tint"),
    ("ink", "red-tint"),
    ("muted", "paper"),
    ("muted", "card"),
    ("jade", "paper"),
    ("jade", "card"),
    ("jade-strong", "card"),
    ("jade-strong", "jade-tint"),
    ("on-jade", "jade"),
    ("on-jade", "jade-strong"),
    ("on-pass", "pass"),
    ("pass", "card"),
    ("pass", "paper"),
    ("pass", "pass-tint"),
    ("on-night", "night"),
    ("on-night-action", "night"),
    ("red", "card"),
    ("red", "paper"),
    ("red", "red-tint"),
    ("orange", "card"),
    ("orange", "paper"),
    ("orange", "orange-tint"),
    ("yellow", "card"),
    ("yellow", "paper"),
    ("yellow", "yellow-tint"),
    ("blue", "card"),
    ("blue", "paper"),
    ("blue", "blue-tint"),
];

/// Edges of controls and what they stand on: 3:1 at least (WCAG 2.2, 1.4.11).
const EDGES: [(&str, &str); 5] = [
    ("line-strong", "paper"),
    ("line-strong", "card"),
    ("line-strong", "sunk"),
    ("jade", "jade-tint"),
    ("muted", "card"),
];

/// Set by `data-grade` on an element around (components/grade.css).
const OF_A_GRADE: [&str; 2] = ["tone", "tint"];

type Colours = BTreeMap<&'static str, [u8; 3]>;

/// The block after a selector, up to its closing brace.
fn block(selector: &str) -> &'static str {
    let (_, rest) = TOKENS.split_once(selector).unwrap();
    rest.split_once('{').unwrap().1.split_once('}').unwrap().0
}

fn colours(block: &'static str) -> Colours {
    let hex = |text: &str, at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    let declarations = block.split(';').filter_map(|line| line.trim().rsplit_once("--")?.1.split_once(": #"));
    declarations.map(|(name, text)| (name, [hex(text, 0), hex(text, 2), hex(text, 4)])).collect()
}

/// Relative luminance (WCAG 2.2), 0 for black to 1 for white.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// From 1 (none) to 21 (black on white).
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_can_be_read_in_the_sun_and_every_edge_be_seen_in_both_themes() {
    let mut faults = Vec::new();
    for (theme, colours) in
        [("light", colours(block(":root "))), ("dark", colours(block(":root[data-theme=\"dark\"]")))]
    {
        let pairs = TEXT.map(|pair| (pair, 7.0)).into_iter().chain(EDGES.map(|pair| (pair, 3.0)));
        for ((text, ground), least) in pairs {
            let ratio = contrast(colours[text], colours[ground]);
            if ratio < least {
                faults.push(format!("{theme}: {text} on {ground} {ratio:.2}, needs {least}"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_dark_theme_is_the_same_whether_the_system_or_the_reader_chose_it() {
    let chosen = colours(block(":root[data-theme=\"dark\"]"));
    assert_eq!(colours(block(":root:not([data-theme=\"light\"])")), chosen);
    let named: Vec<_> = chosen.keys().collect();
    assert_eq!(
        colours(block(":root ")).keys().collect::<Vec<_>>(),
        named,
        "a colour that only one theme has"
    );
}

#[test]
fn every_colour_in_use_is_a_token_that_exists() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/styles");
    let mut folders = vec![std::path::PathBuf::from(root)];
    let mut faults = Vec::new();
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
                continue;
            }
            let css = std::fs::read_to_string(&file).unwrap();
            for used in css.split("var(--").skip(1) {
                let name = used.split([')', ',']).next().unwrap();
                let declared = format!("--{name}:");
                if !TOKENS.contains(&declared) && !css.contains(&declared) && !OF_A_GRADE.contains(&name) {
                    faults.push(format!("{}: --{name}", file.display()));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
