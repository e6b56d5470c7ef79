//! Pictures of articles by HTTP: everybody's for as long as the article is public, those of its former versions among them.
//!
//! A picture is known by the hash of its bytes, so that the versions which show it share one address. A browser may keep it and asks
//! each time whether it still may show it: what is withdrawn is gone with the next request.

use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use xunan_core::digest::Digest;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::Article;

use super::articles_page::{ARTICLES, no_article};
use super::failed;
use super::page::OURS;
use super::reader::Reader;
use crate::ledger_store::{ListedArticle, StoreResult, Tables};
use crate::parts::{ClientAddress, Parts};
use crate::routes::app_files::has_the_same;
use crate::snaps::SnapError;

/// Pictures that a phone keeps to see without a network, at most: those of four articles that have all they may.
const KEPT: usize = 40;
/// Bytes of these, at most: less than the app itself takes.
const KEPT_BYTES: u64 = 6_000_000;

/// Where a picture is.
pub(super) fn address(article: ArticleId, picture: &Digest) -> String {
    format!("{ARTICLES}/{article}/pictures/{}", picture.hex())
}

/// The addresses of the pictures that a phone keeps with these articles: from the first article on, as far as there is room.
pub(super) fn kept(articles: &[ListedArticle]) -> Vec<String> {
    let pictures = articles.iter().flat_map(|listed| {
        let Article { id, content, .. } = &listed.article;
        content.pictures.all().iter().map(move |it| (it.size_bytes, address(*id, &it.digest)))
    });
    let mut bytes = 0;
    let mut kept = Vec::new();
    for (size, address) in pictures {
        bytes += size;
        if kept.len() == KEPT || bytes > KEPT_BYTES {
            break;
        }
        kept.push(address);
    }
    kept
}

fn may_be_seen(tables: &dyn Tables, article: ArticleId, picture: &Digest) -> StoreResult<bool> {
    let is_public = tables.article(article)?.is_some_and(|it| it.is_public());
    Ok(is_public && tables.shows_picture(article, picture)?)
}

/// What a browser needs to show a picture.
#[derive(Clone, Copy)]
enum Needs {
    ItsBytes,
    /// It has them, and asks whether it still may.
    OurWord,
}

/// What is to be sent of a picture that may be seen.
enum Found {
    Jpeg(Vec<u8>),
    TheSame,
}

async fn find(
    parts: &Parts,
    (article, picture): (ArticleId, Digest),
    needs: Needs,
) -> Result<Option<Found>, SnapError> {
    let (store, folder) = (parts.store.clone(), parts.photos.clone());
    let read = move || {
        if !store.read_blocking(|tables| may_be_seen(tables, article, &picture))? {
            return Ok(None);
        }
        match needs {
            Needs::OurWord => Ok(Some(Found::TheSame)),
            Needs::ItsBytes => Ok(folder.read(&picture)?.map(Found::Jpeg)),
        }
    };
    tokio::task::spawn_blocking(read).await?
}

/// A picture of an article, as long as that is public.
pub(super) async fn picture(
    State(parts): State<Parts>,
    Extension(ClientAddress(client)): Extension<ClientAddress>,
    Path((article, picture)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let reader = Reader::of(None, "", &headers);
    if let Err(wait) = parts.snaps.limits.article_picture(client, parts.clock.now()) {
        // Nobody reads what stands in the place of a picture.
        let later = [(header::RETRY_AFTER, wait.retry_after_seconds.to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, later).into_response();
    }
    let (Ok(article), Ok(picture)) = (article.parse(), Digest::from_hex(&picture)) else {
        return no_article(reader);
    };
    let etag = format!("\"{}\"", &picture.hex()[..32]);
    let needs = if has_the_same(&headers, &etag) { Needs::OurWord } else { Needs::ItsBytes };
    let found = match find(&parts, (article, picture), needs).await {
        Ok(Some(found)) => found,
        Ok(None) => return no_article(reader),
        Err(error) => return failed(reader.lang, &error),
    };
    let Ok(etag) = HeaderValue::from_str(&etag) else { unreachable!("hexadecimal digits are a header") };
    let kept = [(header::ETAG, etag), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    match found {
        Found::TheSame => (StatusCode::NOT_MODIFIED, kept).into_response(),
        Found::Jpeg(jpeg) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CONTENT_DISPOSITION, "inline"),
                (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
            ];
            (kept, headers, [OURS], jpeg).into_response()
        }
    }
}
