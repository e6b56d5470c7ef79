//! Looking at a page as people see it: on a phone and at a desk, in normal and in elder mode, in the dark. Each time
//! a picture for our own eyes, axe over all of it, and nothing that sticks out to the side.

use serde_json::json;

use crate::accessibility::assert_accessible;
use crate::browser::{Browser, Screen};

/// The ways in which a page is looked at: screen, mode, theme, and what the picture's name ends with.
const SIGHTS: [(Screen, &str, &str, &str); 5] = [
    (Screen::Desktop, "normal", "light", "desktop"),
    (Screen::Desktop, "elder", "light", "desktop-elder"),
    (Screen::Phone, "normal", "dark", "phone-dark"),
    (Screen::Phone, "elder", "light", "phone-elder"),
    (Screen::Phone, "normal", "light", "phone"),
];

/// No more than this of a long page is looked at, in CSS pixels.
const TALLEST_PX: u32 = 6_000;

/// Elements that stick out of the page to the side, unless something above them scrolls or cuts them off.
const STICKING_OUT: &str = "
    const width = arguments[0];
    const held = (element) => {
        for (let up = element.parentElement; up; up = up.parentElement) {
            if (getComputedStyle(up).overflowX !== 'visible') return true;
        }
        return false;
    };
    const out = [...document.querySelectorAll('body *')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && box.right > width + 1 && !held(element);
    });
    return { width: document.documentElement.scrollWidth, out: out.slice(0, 5).map((it) => it.outerHTML.slice(0, 160)) };";

/// Whether a dialog that stands over the page lets the page shine through, as it would without its styles.
const SHINES_THROUGH: &str = "return [...document.querySelectorAll('dialog[open]')].some((it) => \
    /^transparent$|^rgba.*, 0\\)$/.test(getComputedStyle(it).backgroundColor))";

/// Boxes to tick that take room and show nothing: neither the browser's own look nor one of ours.
const UNSEEN_BOXES: &str = "
    const shown = (element, part) => {
        const look = getComputedStyle(element, part);
        const drawn = look.borderTopWidth !== '0px' || !/^transparent$|^rgba.*, 0\\)$/.test(look.backgroundColor);
        return (!part || look.content !== 'none') && (look.appearance === 'auto' || drawn);
    };
    return [...document.querySelectorAll('input[type=checkbox], input[type=radio]')].filter((it) => {
        const box = it.getBoundingClientRect();
        const hidden = box.width < 8 || getComputedStyle(it).opacity === '0' || getComputedStyle(it).clipPath !== 'none';
        return !hidden && !shown(it, null) && !shown(it, '::before');
    }).map((it) => it.closest('label')?.className ?? it.outerHTML);";

/// Nothing moves any more, and nothing is still to come.
const AT_REST: &str = "return document.fonts.status === 'loaded' && !document.querySelector('.skeleton') && \
    document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getComputedTiming().endTime === Infinity)";

/// What comes into sight is drawn: only then do items far down the page take on their colours, by and by.
const DRAWN: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))";

/// Looks at the page in every way.
///
/// The screen is made as tall as the page, so that nothing lies behind the bars that stay in place: what a thumb
/// would scroll to is looked at too. A dialog that fills the screen is looked at as it is.
///
/// # Panics
/// When axe finds something, something sticks out to the side, or the page shines through a dialog.
pub async fn look(browser: &Browser, name: &str) {
    for (screen, mode, theme, ending) in SIGHTS {
        let sight = format!("{name}-{ending}");
        browser.show_on(screen).await;
        let script = "const root = document.documentElement.dataset; \
            arguments[0] === 'elder' ? root.mode = 'elder' : delete root.mode; root.theme = arguments[1];";
        browser.run(script, vec![json!(mode), json!(theme)]).await;
        browser.becomes(AT_REST, &json!(true)).await;
        let tall =
            "return document.querySelector('dialog[open]') ? 0 : document.documentElement.scrollHeight";
        let tall = browser.run(tall, vec![]).await.as_u64().and_then(|tall| u32::try_from(tall).ok());
        let (width, height) = screen.size();
        browser.show_in(screen, width, tall.unwrap_or(0).clamp(height, TALLEST_PX)).await;
        browser.run_async(DRAWN, vec![]).await;
        browser.becomes(AT_REST, &json!(true)).await;
        browser.picture(&sight).await;
        let found = browser.run(STICKING_OUT, vec![json!(width)]).await;
        assert!(
            found["width"].as_u64() <= Some(width.into()),
            "{sight} can be pushed to the side: {found:#}"
        );
        assert_eq!(found["out"], json!([]), "{sight} sticks out");
        assert_eq!(browser.run(UNSEEN_BOXES, vec![]).await, json!([]), "{sight}: boxes that nobody sees");
        assert_eq!(
            browser.run(SHINES_THROUGH, vec![]).await,
            json!(false),
            "{sight}: the page shines through"
        );
        assert_accessible(browser, &sight).await;
    }
    browser.show_on(browser.screen()).await;
}
