//! A whole visit with as few touches as the rules allow: for journeys that are about sending, not about walking.

use super::{Review, Walk};
use crate::browser::Browser;

/// Walks the shortest checklist at an institution, everything "not applicable", and issues the record.
pub async fn issue_short_visit(browser: &Browser, origin: &str, facility: &str) {
    let walk = Walk(browser);
    browser.go(&format!("{origin}/start")).await;
    browser.click("a.card, a.row, .card a, .rows a", facility).await;
    browser.click(".choice", "重大隐患专项").await;
    walk.begin().await;
    for item in walk.items().await {
        walk.not_applicable(&item).await;
    }
    walk.saved().await;
    walk.review().await;
    let review = Review(browser);
    review.name_people("演示负责人").await;
    review.sign_as_second().await;
    review.sign_as_lead().await;
    review.sign_as_site_person().await;
    review.finish().await;
    browser.see_text("检查记录").await;
}
