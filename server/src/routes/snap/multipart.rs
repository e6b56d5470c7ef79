//! `multipart/form-data` (RFC 7578), as browsers send it: the parts of a body that is whole and bounded already. File names are
//! not read: nothing that a client names is used for anything.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};

/// Parts of one form, at most: twice what ours have.
const MAX_PARTS: usize = 40;

/// Headers of one part, at most, in bytes.
const MAX_HEADERS: usize = 4096;

/// Not a form of the kind that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not multipart/form-data")]
pub(super) struct NotAForm;

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, Bytes)>);

impl Form {
    /// Reads a body.
    pub(super) fn read(headers: &HeaderMap, body: &Bytes) -> Result<Self, NotAForm> {
        let boundary = boundary(headers).ok_or(NotAForm)?;
        let first = format!("--{boundary}");
        let delimiter = format!("\r\n--{boundary}");
        let start = find(body, first.as_bytes(), 0).ok_or(NotAForm)?;
        let mut at = start + first.len();
        let mut parts = Vec::new();
        loop {
            let rest = body.get(at..).ok_or(NotAForm)?;
            if rest.starts_with(b"--") {
                return Ok(Self(parts));
            }
            if !rest.starts_with(b"\r\n") || parts.len() == MAX_PARTS {
                return Err(NotAForm);
            }
            let headers_at = at + 2;
            let blank = find(body, b"\r\n\r\n", headers_at.saturating_sub(2)).ok_or(NotAForm)?;
            let (content_at, head) = (blank + 4, body.get(headers_at..blank).unwrap_or_default());
            if head.len() > MAX_HEADERS {
                return Err(NotAForm);
            }
            let end = find(body, delimiter.as_bytes(), content_at.saturating_sub(2)).ok_or(NotAForm)?;
            let content = if end >= content_at { body.slice(content_at..end) } else { Bytes::new() };
            parts.push((name(head).ok_or(NotAForm)?, content));
            at = end + delimiter.len();
        }
    }

    /// The text of a field; empty when there is none of that name.
    pub(super) fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(it, _)| it == name);
        found.map(|(_, content)| String::from_utf8_lossy(content).into_owned()).unwrap_or_default()
    }

    /// The files of a field. A file field in which nothing was chosen is sent as an empty one.
    pub(super) fn files(&self, name: &str) -> Vec<Bytes> {
        let of_name = self.0.iter().filter(|(it, content)| it == name && !content.is_empty());
        of_name.map(|(_, content)| content.clone()).collect()
    }
}

/// The boundary that the content type names.
fn boundary(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (kind, parameters) = value.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let named = parameters.split(';').filter_map(|it| it.trim().split_once('='));
    let boundary =
        named.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?.1.trim_matches('"');
    (1..=70).contains(&boundary.len()).then(|| boundary.to_owned())
}

/// The name of the field, from the headers of a part.
fn name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let named = disposition.split(';').filter_map(|it| it.trim().split_once('='));
    named.into_iter().find(|(name, _)| *name == "name").map(|(_, value)| value.trim_matches('"').to_owned())
}

/// Where `wanted` stands in `bytes`, from `from` on.
fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn read(content_type: &'static str, body: &[u8]) -> Result<Form, NotAForm> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        Form::read(&headers, &Bytes::copy_from_slice(body))
    }

    const TYPE: &str = "multipart/form-data; boundary=----x";

    #[test]
    fn fields_and_files_are_read_as_browsers_send_them() {
        let body = "------x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n门锁着\r\n第二行\r\n\
                    ------x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../a;name=b.jpg\"\r\n\
                    Content-Type: image/jpeg\r\n\r\n\u{1}\r\n--\r\n\r\n\
                    ------x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n------x--\r\n";
        let form = read(TYPE, body.as_bytes()).unwrap();
        assert_eq!(form.text("words"), "门锁着\r\n第二行");
        assert_eq!(form.text("nothing"), "");
        assert_eq!(form.files("photo"), [Bytes::from_static(b"\x01\r\n--\r\n")]);
    }

    #[test]
    fn what_is_no_form_is_refused_and_never_panics() {
        for (content_type, body) in [
            ("application/json", "------x--"),
            ("multipart/form-data", "------x--"),
            (TYPE, ""),
            (TYPE, "------x"),
            (TYPE, "------x\r\n"),
            (TYPE, "------x\r\n\r\n"),
            (TYPE, "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"),
            (TYPE, "------x\r\nContent-Type: text/plain\r\n\r\n\r\n------x--"),
        ] {
            assert_eq!(read(content_type, body.as_bytes()).err(), Some(NotAForm), "{body:?}");
        }
        let part = "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n------x";
        assert!(read(TYPE, format!("------x{}--", part.repeat(40)).as_bytes()).is_ok());
        assert!(read(TYPE, format!("------x{}--", part.repeat(41)).as_bytes()).is_err());
        let whole = format!("------x{}--", part.repeat(3));
        for cut in 0..whole.len() {
            let _ = read(TYPE, &whole.as_bytes()[..cut]);
        }
    }
}
