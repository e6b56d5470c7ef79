//! The walk: starting a visit, answering items, hazard sheets, photos.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;

/// One card on the page.
#[derive(Clone, Debug)]
pub struct ItemOnPage {
    /// The item's name.
    pub id: String,
    /// Whether it is answered by the three marks; otherwise by a number or a date.
    pub has_marks: bool,
    /// Whether a photo is due even when it passes.
    pub photo_required: bool,
}

/// The walk on screen.
#[derive(Debug)]
pub struct Walk<'a>(pub &'a Browser);

impl Walk<'_> {
    /// Starts a visit without a plan at the institution with this name, with all core items.
    pub async fn start_at(&self, origin: &str, facility: &str) {
        self.0.go(&format!("{origin}/start")).await;
        self.0.click("a.card, a.row, .card a, .rows a", facility).await;
        self.begin().await;
    }

    /// Starts a visit without a plan at the institution with this name, with the items of a major hazard alone.
    pub async fn start_short_at(&self, origin: &str, facility: &str) {
        self.0.go(&format!("{origin}/start")).await;
        self.0.click("a.card, a.row, .card a, .rows a", facility).await;
        self.0.click(".choice", "重大隐患专项").await;
        self.begin().await;
    }

    /// Enters the walk from the page with the choices.
    pub async fn begin(&self) {
        self.0.click("button", "进入检查").await;
        self.0.see(".item-card").await;
    }

    /// Every card, in walking order.
    pub async fn items(&self) -> Vec<ItemOnPage> {
        let script = "return [...document.querySelectorAll('.item-card')].map(card => ({ \
            id: card.id.replace('item-', ''), marks: !!card.querySelector('.answers'), \
            photo: card.textContent.includes('须拍照') && !card.textContent.includes('不合格须拍照') }))";
        self.0.see(".item-card").await;
        let found = self.0.run(script, vec![]).await;
        let read = |card: &Value| ItemOnPage {
            id: card["id"].as_str().unwrap_or_default().to_owned(),
            has_marks: card["marks"] == json!(true),
            photo_required: card["photo"] == json!(true),
        };
        found.as_array().map(|cards| cards.iter().map(read).collect()).unwrap_or_default()
    }

    /// Presses 合格 on an item's card.
    pub async fn pass(&self, item: &str) {
        self.0.press_css(&format!("{} .answer[data-answer=pass]", card(item))).await;
    }

    /// Presses 不适用, on cards of any kind.
    pub async fn not_applicable(&self, item: &ItemOnPage) {
        if item.has_marks {
            self.0.press_css(&format!("{} .answer[data-answer=not-applicable]", card(&item.id))).await;
        } else {
            self.0.click(&format!("{} button", card(&item.id)), "不适用").await;
        }
    }

    /// Presses 不合格: the sheet comes from below.
    pub async fn fail(&self, item: &str) {
        self.0.press_css(&format!("{} .answer[data-answer=fail]", card(item))).await;
        self.0.see("dialog.sheet[open] .sheet-body").await;
    }

    /// Fills in what every hazard needs, as the inspector decides on the spot, and closes the sheet.
    pub async fn fill_sheet(&self) {
        self.0.press_css("dialog.sheet[open] .choices .choice").await;
        self.0.choose("dialog.sheet[open] select", 4).await;
        self.0.click("dialog.sheet[open] .sheet-foot button", "写好了").await;
        self.0.gone("dialog.sheet[open]").await;
    }

    /// Takes photos of an item inside the page.
    pub async fn photograph(&self, item: &str, count: usize) {
        self.open_camera(item).await;
        let stored = self.photograph_until(&format!("已存第 {count} 张")).await;
        assert_eq!(stored + 1, count);
        self.close_camera().await;
    }

    /// Picks a file as a photo of an item.
    pub async fn pick_file(&self, item: &str, file: &Path) {
        self.open_camera(item).await;
        let picker = self.0.see("input[type=file]").await;
        picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
        self.0.one_of("dialog.camera[open] [role=status]", &["已存第 1 张"]).await;
        self.close_camera().await;
    }

    /// Opens the camera for an item.
    pub async fn open_camera(&self, item: &str) {
        // A card that is far from the screen is not painted, and has no text yet.
        let script =
            "document.getElementById(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.0.run(script, vec![json!(format!("item-{item}"))]).await;
        self.0.click(&format!("{} .item-actions button", card(item)), "拍照").await;
    }

    /// Presses the shutter.
    pub async fn press_shutter(&self) {
        self.0.press_css("dialog.camera[open] .shutter:not(:disabled)").await;
    }

    /// Presses the shutter until the camera says `said`, and gives how many photos it stored before.
    ///
    /// Past frames that are no picture: the first of a camera may be blank.
    pub async fn photograph_until(&self, said: &str) -> usize {
        let mut stored = 0;
        for _ in 0..40 {
            self.press_shutter().await;
            let next = format!("已存第 {} 张", stored + 1);
            let heard = self.0.one_of("dialog.camera[open] [role=status]", &[said, &next, "用不了"]).await;
            if heard == said {
                return stored;
            } else if heard == next {
                stored += 1;
            } else {
                tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            }
        }
        panic!("the camera never said {said}; it stored {stored}");
    }

    /// Closes the camera.
    pub async fn close_camera(&self) {
        self.0.click("dialog.camera[open] .camera-action", "拍好了").await;
        self.0.gone("dialog.camera[open]").await;
    }

    /// Adds a hazard that no item covers.
    pub async fn add_hazard(&self, title: &str) {
        self.0.click("main .button", "清单外的隐患").await;
        self.0.type_into("dialog.sheet[open] input", title).await;
        self.0.click("dialog.sheet[open] .grade-choice", "一般").await;
        self.0.click("dialog.sheet[open] .segment", "当场整改").await;
        self.0.choose("dialog.sheet[open] select", 4).await;
        self.0.click("dialog.sheet[open] .sheet-foot button", "写好了").await;
        self.0.gone("dialog.sheet[open]").await;
    }

    /// Waits until the page says that everything is on disk.
    pub async fn saved(&self) {
        self.0.see(".saved-mark[data-state=saved]").await;
    }

    /// The answers that the cards show: item and mark.
    pub async fn answers(&self) -> Vec<(String, String)> {
        let script = "return [...document.querySelectorAll('.item-card[data-answer]')].map(card => \
            [card.id.replace('item-', ''), card.dataset.answer])";
        serde_json::from_value(self.0.run(script, vec![]).await).unwrap_or_default()
    }

    /// On to the review.
    pub async fn review(&self) {
        self.0.click(".walk-foot a", "检查签名").await;
    }
}

fn card(item: &str) -> String {
    format!("[id='item-{item}']")
}
