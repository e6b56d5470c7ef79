//! Plain HTML pages, made of escaped texts: they work in any browser of the last fifteen years, without scripts; those of
//! the form make it keep what is written.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::assets::{Scripts, style_address};

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

/// Only our own style sheet and pictures, and forms that come back here. No scripts at all.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same, with our own scripts: they fetch from here alone, show photos of this phone, and start one worker.
const POLICY_WITH_SCRIPTS: &str = "default-src 'none'; style-src 'self'; img-src 'self' blob:; script-src 'self'; connect-src 'self'; \
     worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types snap";

/// Says that an answer is ours. A captive portal answers every address, and with 200: the phone's worker keeps and shows only
/// what bears this.
pub(super) const OURS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("xunan-page"), HeaderValue::from_static("snap"));

/// A page without scripts. `title` is a text, `content` is HTML whose texts are escaped.
pub(super) fn page(status: StatusCode, lang: Lang, title: &str, content: &str) -> Response {
    answer(status, POLICY, html(lang, title, content, None))
}

/// A page that scripts make better, and that works without them.
pub(super) fn scripted_page(status: StatusCode, html: String) -> Response {
    answer(status, POLICY_WITH_SCRIPTS, html)
}

fn answer(status: StatusCode, policy: &'static str, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::VARY, "accept-language"),
    ];
    (status, headers, [OURS], html).into_response()
}

/// The text of a page. `title` is a text; `content` is HTML whose texts are escaped.
pub(super) fn html(lang: Lang, title: &str, content: &str, scripts: Option<Scripts>) -> String {
    let scripts = scripts.map(Scripts::elements).unwrap_or_default();
    let code = lang.pick("zh-CN", "en");
    let title = escaped(title);
    let style = style_address();
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"/icons/icon.svg\">\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n{scripts}</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n"
    )
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
