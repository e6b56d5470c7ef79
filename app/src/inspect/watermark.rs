//! What is written into the picture 水印: when to the second, where, by whom, and under which number. It says what the
//! phone believed; how much of that is proven stands in the signed manifest.

use xunan_core::evidence::{DeviceTime, Position};
use xunan_core::ids::PhotoId;

use super::photos_of::PhotosOf;
use crate::i18n::Texts;

/// The lines, from the top down.
pub(super) fn lines(
    words: Texts,
    of: PhotosOf,
    photo: PhotoId,
    time: &DeviceTime,
    position: &Position,
) -> Vec<String> {
    let (facility, who) = of.names();
    let place = match position.fix() {
        Some(fix) => format!("{} ±{} m", fix.point, fix.accuracy),
        None => words.photo().no_position().to_owned(),
    };
    let when = format!("{} {}", time.at.date(), time.at.time_of_day());
    let who = who.map_or_else(String::new, |who| format!("{who} · "));
    vec![when, facility, place, format!("{who}{}", short_id(photo))]
}

/// The end of the id, which is random: enough to find the photo among those of a visit, and short enough to read out.
pub(super) fn short_id(photo: PhotoId) -> String {
    let id = photo.to_string();
    id[id.len() - 8..].to_owned()
}
