//! The HTML page of a program, made from its template in `app/`: every file it names becomes the hashed one, and
//! nothing inline is left for the content security policy to refuse.

use anyhow::{Result, bail};

/// Names of the files that a page loads, hashed, relative to the program's address.
#[derive(Debug)]
pub(crate) struct PageFiles {
    pub(crate) boot: String,
    pub(crate) loader: String,
    pub(crate) script: String,
    pub(crate) parts_script: String,
    pub(crate) module: String,
    pub(crate) styles: String,
}

/// Fills in a template. A template that lacks one of the marks is refused: the page would be dead.
pub(crate) fn render(template: &str, public_url: &str, files: &PageFiles) -> Result<String> {
    let PageFiles { boot, loader, script, parts_script, module, styles } = files;
    // Preloading starts the large downloads before the loader has even arrived.
    let program = format!(
        "<link rel=\"modulepreload\" href=\"{public_url}{script}\">\n\
         <link rel=\"modulepreload\" href=\"{public_url}{parts_script}\">\n\
         <link rel=\"preload\" href=\"{public_url}{module}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <script type=\"module\" src=\"{public_url}{loader}\"></script>"
    );
    let mut page = template.to_owned();
    for (mark, replacement) in [
        ("<!-- styles -->", format!("<link rel=\"stylesheet\" href=\"{public_url}{styles}\">")),
        ("<!-- boot -->", format!("<script src=\"{public_url}{boot}\"></script>")),
        ("<!-- program -->", program),
    ] {
        if page.matches(mark).count() != 1 {
            bail!("the page needs the mark {mark} exactly once");
        }
        page = page.replace(mark, &replacement);
    }
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains("data-trunk"));
    let page = lines.collect::<Vec<_>>().join("\n");
    refuse_inline(&page)?;
    Ok(page)
}

/// The policy of the server forbids inline code and inline styles; better to fail here than in a browser.
fn refuse_inline(page: &str) -> Result<()> {
    for tag in page.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name == "style" || (name == "script" && !text.trim().is_empty()) {
            bail!("the page has an inline <{name}>");
        }
        let handler = tag.split_whitespace().skip(1).any(|attribute| attribute.starts_with("on"));
        if handler || tag.contains(" style=") {
            bail!("the page has an inline style or handler in <{tag}>");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> PageFiles {
        PageFiles {
            boot: "boot-1.js".into(),
            loader: "loader-2.js".into(),
            script: "field-3.js".into(),
            parts_script: "parts-3.js".into(),
            module: "field-4.wasm".into(),
            styles: "styles-5.css".into(),
        }
    }

    #[test]
    fn every_mark_becomes_a_hashed_file() {
        let template =
            "<head>\n<!-- styles --><!-- boot -->\n<link data-trunk rel=\"rust\">\n<!-- program --></head>";
        let page = render(template, "/desk/", &files()).unwrap();
        for name in [
            "/desk/boot-1.js",
            "/desk/loader-2.js",
            "/desk/field-3.js",
            "/desk/parts-3.js",
            "/desk/field-4.wasm",
            "/desk/styles-5.css",
        ] {
            assert!(page.contains(name), "{name} in {page}");
        }
        assert!(!page.contains("data-trunk"));
    }

    #[test]
    fn a_template_without_a_mark_is_refused() {
        assert!(render("<!-- styles --><!-- boot -->", "/", &files()).is_err());
    }

    #[test]
    fn inline_code_is_refused() {
        let marks = "<!-- styles --><!-- boot --><!-- program -->";
        for inline in
            ["<script>alert(1)</script>", "<p onclick=x>", "<p style=\"color:red\">", "<style>p{}</style>"]
        {
            assert!(render(&format!("{marks}{inline}"), "/", &files()).is_err(), "{inline}");
        }
    }
}
