//! `multipart/form-data` (RFC 7578), as browsers send it, bounded. File names are not read: nothing that a client names is used
//! for anything.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use multer::{Constraints, Multipart, SizeLimit};

/// Parts of one form, at most: twice what ours have.
const MAX_PARTS: usize = 40;

/// Why no form was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum FormFault {
    /// Not a form of the kind that is asked for.
    #[error("not multipart/form-data")]
    NotAForm,
    /// More bytes than it may have.
    #[error("too large")]
    TooLarge,
    /// The body ended before its end.
    #[error("cut off")]
    CutOff,
}

impl From<multer::Error> for FormFault {
    fn from(error: multer::Error) -> Self {
        match error {
            multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
                Self::TooLarge
            }
            multer::Error::StreamReadFailed(_) => Self::CutOff,
            _ => Self::NotAForm,
        }
    }
}

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, Bytes)>);

impl Form {
    /// Reads a body of at most `limit` bytes.
    pub(super) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Self, FormFault> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind)?;
        let limit = SizeLimit::new().whole_stream(limit as u64);
        let constraints = Constraints::new().size_limit(limit);
        let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await? {
            let name = field.name().map(str::to_owned).ok_or(FormFault::NotAForm)?;
            if parts.len() == MAX_PARTS {
                return Err(FormFault::NotAForm);
            }
            parts.push((name, field.bytes().await?));
        }
        Ok(Self(parts))
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    async fn read_within(limit: usize, content_type: &'static str, body: &[u8]) -> Result<Form, FormFault> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        Form::read(&headers, Body::from(body.to_vec()), limit).await
    }

    async fn read(content_type: &'static str, body: &[u8]) -> Result<Form, FormFault> {
        read_within(100_000, content_type, body).await
    }

    const TYPE: &str = "multipart/form-data; boundary=----x";

    #[tokio::test]
    async fn fields_and_files_are_read_as_browsers_send_them() {
        let body = "------x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n门锁着\r\n第二行\r\n\
                    ------x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../a;name=b.jpg\"\r\n\
                    Content-Type: image/jpeg\r\n\r\n\u{1}\r\n--\r\n\r\n\
                    ------x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n------x--\r\n";
        let form = read(TYPE, body.as_bytes()).await.unwrap();
        assert_eq!(form.text("words"), "门锁着\r\n第二行");
        assert_eq!(form.text("nothing"), "");
        assert_eq!(form.files("photo"), [Bytes::from_static(b"\x01\r\n--\r\n")]);
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused_and_never_panics() {
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
            assert_eq!(
                read(content_type, body.as_bytes()).await.err(),
                Some(FormFault::NotAForm),
                "{body:?}"
            );
        }
        let part = "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n------x";
        assert!(read(TYPE, format!("------x{}--", part.repeat(40)).as_bytes()).await.is_ok());
        assert!(read(TYPE, format!("------x{}--", part.repeat(41)).as_bytes()).await.is_err());
        let whole = format!("------x{}--", part.repeat(3));
        for cut in 0..whole.len() {
            let _ = read(TYPE, &whole.as_bytes()[..cut]).await;
        }
    }
    #[tokio::test]
    async fn a_form_that_is_too_large_is_told_from_one_that_was_cut_off() {
        let body = format!(
            "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n------x--\r\n",
            "x".repeat(1000)
        );
        assert!(read_within(2000, TYPE, body.as_bytes()).await.is_ok());
        assert_eq!(read_within(500, TYPE, body.as_bytes()).await.err(), Some(FormFault::TooLarge));
        let breaks = http_body_util::Limited::new(Body::from(body), 500);
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(TYPE))]);
        assert_eq!(Form::read(&headers, Body::new(breaks), 2000).await.err(), Some(FormFault::CutOff));
    }
}
