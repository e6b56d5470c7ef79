//! The page of a link: how a report stands, and what its reporter says to it.

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use xunan_core::ids::EntryId;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::reward::Claimant;
use xunan_core::snap::{Command, OwnWords, Report, Satisfaction, Stage};

use super::follow_page::{Refused, SATISFACTIONS, follow_page};
use super::multipart::Form;
use super::page::Lang;
use super::wrong::Wrong;
use super::{Asked, FORM_BYTES, REPORT_BYTES, failed, later, not_found, plain, read, reward_part, secret_of};
use crate::parts::{ClientAddress, Parts};
use crate::snaps::SnapError;

fn followed(parts: &Parts, lang: Lang, text: &str, refused: Option<&Refused>) -> Response {
    match parts.snaps.follow(&secret_of(text)) {
        Ok(Some(followed)) => follow_page(lang, &followed, text, parts.clock.now().date(), refused),
        Ok(None) => not_found(lang),
        Err(error) => failed(lang, &error),
    }
}

pub(super) async fn follow(
    State(parts): State<Parts>,
    Path(secret): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    followed(&parts, asked.lang(&headers), &secret, None)
}

pub(super) async fn say(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = asked.lang(&headers);
    let secret = secret_of(&text);
    // Photos only from whoever has something to show them for.
    let limit = match parts.snaps.standing_of(&secret) {
        Ok(Some(Stage::Answered { .. })) => REPORT_BYTES,
        Ok(_) => FORM_BYTES,
        Err(error) => return failed(lang, &error),
    };
    let (_open, form) = match read(&parts, address, &headers, body, limit).await {
        Ok(read) => read,
        Err(wrong) => return plain(lang, wrong),
    };
    let again = |wrong| {
        let refused = Refused { wrong, words: form.text("words"), claimant: reward_part::typed(&form) };
        later(followed(&parts, lang, &text, Some(&refused)), wrong)
    };
    let said = match said(&form) {
        Ok(said) => said,
        Err(wrong) => return again(wrong),
    };
    let is_claim = matches!(said, Said::Claim { .. });
    let done = match said {
        Said::Forget => parts.snaps.forget(&secret).await,
        Said::Claim { approval, claimant } => parts.snaps.claim(&secret, approval, claimant).await,
        Said::Rate { answer, satisfaction } => {
            parts.snaps.step(&secret, Command::Rate { answer, satisfaction }).await
        }
        Said::NotFixed { answer, words, photos } => {
            if !photos.is_empty()
                && let Err(wait) = parts.snaps.limits.more_photos(address, parts.clock.now())
            {
                return again(Wrong::Later(wait.retry_after_seconds));
            }
            parts.snaps.not_fixed(&secret, answer, words, photos).await
        }
    };
    match done {
        // What was filled in is gone from the tab too: reloading it sends nothing again.
        Ok(Some(())) if is_claim => back_to(lang, &text),
        Ok(_) => followed(&parts, lang, &text, None),
        Err(SnapError::Photo(number, fault)) => again(Wrong::Photo(number, fault)),
        Err(SnapError::Refused(Problem::StepRefused { why })) => again(match why {
            StepRefusal::ReasonMissing => Wrong::NotFixedUntold,
            StepRefusal::TooLong => Wrong::TooManyPhotos,
            StepRefusal::ClaimTooLate => Wrong::ClaimTooLate,
            _ => Wrong::MovedOn,
        }),
        Err(error) => failed(lang, &error),
    }
}

/// The page of the link, to be asked for anew.
fn back_to(lang: Lang, secret: &str) -> Response {
    // Only what opens a report comes here, and that is spelt in letters and digits.
    let address = format!("/snap/f/{secret}?lang={}", lang.name());
    (StatusCode::SEE_OTHER, [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store".to_owned())])
        .into_response()
}

/// What a reporter says on the page of the link.
enum Said {
    Claim { approval: EntryId, claimant: Claimant },
    Rate { answer: EntryId, satisfaction: Satisfaction },
    NotFixed { answer: EntryId, words: OwnWords, photos: Vec<Bytes> },
    Forget,
}

fn said(form: &Form) -> Result<Said, Wrong> {
    let answer = || form.text("answer").parse().map_err(|_| Wrong::NotAForm);
    match form.text("do").as_str() {
        "forget" => Ok(Said::Forget),
        "claim" => {
            let approval = form.text("approval").parse().map_err(|_| Wrong::NotAForm)?;
            let claimant = reward_part::typed(form).filled_in().map_err(|_| Wrong::Claim)?;
            Ok(Said::Claim { approval, claimant })
        }
        "rate" => {
            let name = form.text("satisfaction");
            let named = SATISFACTIONS.into_iter().find(|(it, _)| *it == name);
            let (_, satisfaction) = named.ok_or(Wrong::NotAForm)?;
            Ok(Said::Rate { answer: answer()?, satisfaction })
        }
        "not_fixed" => {
            let words = OwnWords::of(&form.text("words")).map_err(|_| Wrong::TooLong)?;
            let photos = form.files("photo");
            if photos.len() > Report::MAX_PHOTOS {
                return Err(Wrong::TooManyPhotos);
            }
            Ok(Said::NotFixed { answer: answer()?, words, photos })
        }
        _ => Err(Wrong::NotAForm),
    }
}
