//! Plain HTML pages, made of escaped texts: they work in any browser of the last fifteen years, without scripts.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// In which language a page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// As the address says (`?lang=en`), or else as the browser does; Chinese when neither does.
    pub(super) fn of(asked: Option<&str>, headers: &HeaderMap) -> Self {
        let said = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        match asked {
            Some("en") => Self::En,
            Some(_) => Self::Zh,
            None if said.trim_start().to_ascii_lowercase().starts_with("en") => Self::En,
            None => Self::Zh,
        }
    }

    /// As it is written in addresses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// One of two texts.
    pub(super) const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A text as it stands in HTML, also inside of quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Only our own style sheet and pictures, and forms that come back here. No scripts at all: this page has none.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page. `title` is a text, `content` is HTML whose texts are escaped.
pub(super) fn page(status: StatusCode, lang: Lang, title: &str, content: &str) -> Response {
    let code = lang.pick("zh-CN", "en");
    let title = escaped(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/snap/snap.css\">\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::VARY, "accept-language"),
    ];
    (status, headers, html).into_response()
}

/// A list of names and texts; those without a text are left out.
pub(super) fn facts(facts: &[(&str, String)]) -> String {
    let lines = facts.iter().filter(|(_, text)| !text.is_empty());
    let lines: String =
        lines.map(|(name, text)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(text))).collect();
    format!("<dl>\n{lines}</dl>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_address_decides_the_language_and_then_the_browser() {
        for (asked, said, expected) in [
            (None, "", Lang::Zh),
            (None, "zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
            (None, "en-GB,en;q=0.9", Lang::En),
            (Some("en"), "zh-CN", Lang::En),
            (Some("zh"), "en", Lang::Zh),
            (Some("fr"), "en", Lang::Zh),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(said))]);
            assert_eq!(Lang::of(asked, &headers), expected, "{asked:?} {said}");
        }
    }

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
    }
}
