//! A whole visit with as few touches as the rules allow: for journeys that are about sending, not about walking.

use super::{Review, Walk};
use crate::browser::Browser;

/// Walks the shortest checklist at an institution, everything "not applicable", and issues the record.
pub async fn issue_short_visit(browser: &Browser, origin: &str, facility: &str) {
    let walk = Walk(browser);
    walk.start_short_at(origin, facility).await;
    for item in walk.items().await {
        walk.not_applicable(&item).await;
    }
    walk.saved().await;
    sign_and_issue(browser).await;
}

/// The same with one item that passes, and a photo of it.
pub async fn issue_short_visit_with_photo(browser: &Browser, origin: &str, facility: &str) {
    let walk = Walk(browser);
    walk.start_short_at(origin, facility).await;
    let items = walk.items().await;
    let shown = items.iter().find(|item| item.has_marks).expect("an item with marks");
    walk.pass(&shown.id).await;
    walk.photograph(&shown.id, 1).await;
    for item in items.iter().filter(|item| item.id != shown.id) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    sign_and_issue(browser).await;
}

/// Names the people of a visit without gaps, signs for all of them, and issues the record.
pub async fn sign_and_issue(browser: &Browser) {
    Walk(browser).review().await;
    let review = Review(browser);
    review.name_people("演示负责人").await;
    review.sign_as_second().await;
    review.sign_as_lead().await;
    review.sign_as_site_person().await;
    review.finish().await;
    browser.see(".parcel").await;
}
