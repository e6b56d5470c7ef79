//! A real browser with a profile of its own on disk, driven by WebDriver; it can be killed and opened again.

mod engines;
mod launch;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::process::Child;

pub use engines::Engine;
use launch::{kill_groups_of, kill_processes_of};

/// How long a page may take to show something before a journey gives up. Not a budget: those live in benchmarks.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The member under which WebDriver names an element (W3C WebDriver, 12.1).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A screen to look at the app on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 360 × 740 CSS pixels, touch.
    Phone,
    /// 1280 × 800 CSS pixels.
    Desktop,
}

impl Screen {
    /// Width and height in CSS pixels.
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (360, 740),
            Self::Desktop => (1280, 800),
        }
    }
}

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    /// The driver, and what it needs to run.
    processes: Vec<Child>,
    client: Client,
    engine: Engine,
    profile: PathBuf,
    screen: Screen,
}

/// A DevTools command, which chromedriver passes on to the page.
#[derive(Debug)]
struct DevTools {
    method: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.method, "params": self.params }).to_string()))
    }
}

/// A journey that fails half-way leaves no browser behind: its pages would go on working.
impl Drop for Browser {
    fn drop(&mut self) {
        kill_groups_of(&self.processes);
        kill_processes_of(&self.profile.to_string_lossy());
    }
}

impl Browser {
    /// Shows the page on another screen from now on.
    ///
    /// # Panics
    /// When the browser refuses.
    pub async fn show_on(&self, screen: Screen) {
        let (width, height) = screen.size();
        self.show_in(screen, width, height).await;
    }

    /// Shows the page on a screen of another size, in CSS pixels.
    ///
    /// # Panics
    /// When the browser refuses.
    pub async fn show_in(&self, screen: Screen, width: u32, height: u32) {
        if self.engine != Engine::Blink {
            self.client.set_window_size(width, height).await.expect("a window has a size");
            return;
        }
        let mobile = screen == Screen::Phone;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": mobile });
        self.dev_tools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// The WebDriver session.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The screen it shows.
    pub const fn screen(&self) -> Screen {
        self.screen
    }

    /// Sends a DevTools command to the page of a Chromium.
    ///
    /// # Panics
    /// When the browser refuses it.
    pub async fn dev_tools(&self, method: &'static str, params: Value) -> Value {
        match self.client.issue_cmd(DevTools { method, params }).await {
            Ok(answer) => answer,
            Err(error) => panic!("{method}: {error}"),
        }
    }

    /// Goes to an address.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn go(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Kills the browser with SIGKILL: every process of it, at once, without a chance to save anything.
    pub async fn kill(mut self) {
        kill_processes_of(&self.profile.to_string_lossy());
        self.end_processes().await;
    }

    /// Of the driver, which has nothing left to drive, and of what it needed.
    async fn end_processes(&mut self) {
        kill_groups_of(&self.processes);
        for process in &mut self.processes {
            // One that has ended by itself cannot be killed, and need not be.
            let _ = process.kill().await;
        }
    }

    /// Kills it and opens it again on the same profile.
    pub async fn kill_and_reopen(self) -> Self {
        let (engine, profile, screen) = (self.engine, self.profile.clone(), self.screen);
        self.kill().await;
        Self::open_in(engine, &profile, screen).await
    }

    /// Closes it as a person would.
    pub async fn close(mut self) {
        // The profile is thrown away: an error on the way out changes nothing.
        let _ = self.client.clone().close().await;
        self.end_processes().await;
        kill_processes_of(&self.profile.to_string_lossy());
    }

    /// Waits for the first element that fits a CSS selector.
    ///
    /// # Panics
    /// When none appears within [`PATIENCE`].
    pub async fn see(&self, css: &str) -> Element {
        self.wait(css, async || self.client.find(Locator::Css(css)).await.ok()).await
    }

    /// Waits for an element of a role-like selector with exactly this visible text or accessible name.
    ///
    /// # Panics
    /// When none appears within [`PATIENCE`].
    pub async fn see_named(&self, css: &str, name: &str) -> Element {
        let script = "return [...document.querySelectorAll(arguments[0])].find(it => \
            it.checkVisibility?.() !== false && ((it.getAttribute('aria-label') ?? it.innerText).trim() === arguments[1] \
            || it.innerText.includes(arguments[1]))) ?? null";
        self.wait(&format!("{css} “{name}”"), async || {
            let found = self.client.execute(script, vec![json!(css), json!(name)]).await.ok()?;
            self.element_of(&found)
        })
        .await
    }

    /// The element that a script returned.
    fn element_of(&self, found: &Value) -> Option<Element> {
        let id = found.get(ELEMENT_KEY)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// The field under a label with these words: of the open dialog, if there is one.
    async fn field(&self, label: &str) -> Option<Element> {
        let script = "return [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('label')] \
            .find(it => it.checkVisibility?.() !== false && it.innerText.includes(arguments[0]))?.control ?? null";
        self.element_of(&self.client.execute(script, vec![json!(label)]).await.ok()?)
    }

    /// Types into the field under a label, in place of what stands there.
    ///
    /// # Panics
    /// When it cannot be typed into within [`PATIENCE`].
    pub async fn fill(&self, label: &str, text: &str) {
        self.wait(&format!("fill in “{label}”"), async || {
            let field = self.field(label).await?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }

    /// Chooses a day in the field under a label, as its calendar does: what keys it takes depends on the machine's language.
    ///
    /// # Panics
    /// When there is no such field within [`PATIENCE`].
    pub async fn choose_day(&self, label: &str, day: &str) {
        let script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))";
        self.wait(&format!("choose a day as “{label}”"), async || {
            let field = serde_json::to_value(self.field(label).await?).ok()?;
            self.client.execute(script, vec![field, json!(day)]).await.ok()
        })
        .await;
    }

    /// Chooses the option with these words in the list under a label.
    ///
    /// # Panics
    /// When there is no such option within [`PATIENCE`].
    pub async fn pick(&self, label: &str, words: &str) {
        let script = "return [...arguments[0].options].findIndex(it => it.text.includes(arguments[1]))";
        self.wait(&format!("pick “{words}” of “{label}”"), async || {
            let list = self.field(label).await?;
            let arguments = vec![serde_json::to_value(&list).ok()?, json!(words)];
            let at = self.client.execute(script, arguments).await.ok()?.as_u64()?;
            list.select_by_index(usize::try_from(at).ok()?).await.ok()
        })
        .await;
    }

    /// Waits until an element of a selector says one of these words, and gives which.
    ///
    /// # Panics
    /// When it says none of them within [`PATIENCE`].
    pub async fn one_of<'a>(&self, css: &str, words: &[&'a str]) -> &'a str {
        self.wait(&format!("{css} with one of {words:?}"), async || {
            let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
            let said = self.client.execute(script, vec![json!(css)]).await.ok()?;
            let said = said.as_str()?.to_owned();
            words.iter().copied().find(|word| said.contains(word))
        })
        .await
    }

    /// Waits until the page shows `text` somewhere.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`].
    pub async fn see_text(&self, text: &str) {
        self.wait(&format!("text “{text}”"), async || self.text().await.contains(text).then_some(())).await;
    }

    /// All visible text of the page.
    pub async fn text(&self) -> String {
        match self.client.execute("return document.body?.innerText ?? ''", vec![]).await {
            Ok(text) => text.as_str().map(str::to_owned).unwrap_or_default(),
            Err(error) => format!("(no page answers: {error})"),
        }
    }

    /// Clicks what [`Self::see_named`] finds, in the middle of the screen, as a finger would.
    ///
    /// # Panics
    /// When it cannot be clicked within [`PATIENCE`].
    pub async fn click(&self, css: &str, name: &str) {
        let mut refusal = String::new();
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let element = self.see_named(css, name).await;
            match self.press(&element).await {
                Ok(()) => return,
                Err(error) => refusal = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{css} “{name}” cannot be clicked: {refusal}");
    }

    /// Scrolls an element to the middle and clicks it.
    ///
    /// # Errors
    /// When something lies over it or it is gone.
    pub async fn press(&self, element: &Element) -> Result<(), CmdError> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(script, vec![serde_json::to_value(element)?]).await?;
        self.settle().await?;
        element.click().await
    }

    /// Cards that come into sight get their own height. Chromium keeps what is on the screen in its place meanwhile; others do not, and
    /// a driver presses where a thing was.
    async fn settle(&self) -> Result<(), CmdError> {
        if self.engine != Engine::Blink {
            let two_frames =
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))";
            self.client.execute_async(two_frames, vec![]).await?;
        }
        Ok(())
    }

    /// Waits for the element of a selector and clicks it, scrolled to the middle.
    ///
    /// # Panics
    /// When it cannot be clicked within [`PATIENCE`].
    pub async fn press_css(&self, css: &str) {
        self.press_nth(css, 0).await;
    }

    /// Clicks the element of a selector at a place in the page's order, from 0.
    ///
    /// # Panics
    /// When it cannot be clicked within [`PATIENCE`].
    pub async fn press_nth(&self, css: &str, at: usize) {
        let mut refusal = "it is not there".to_owned();
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let found = self.client.find_all(Locator::Css(css)).await.unwrap_or_default();
            if let Some(element) = found.get(at) {
                match self.press(element).await {
                    Ok(()) => return,
                    Err(error) => refusal = error.to_string(),
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{css} cannot be clicked: {refusal}; the page says:\n{}", self.text().await);
    }

    /// How many elements fit a selector now.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.map(|found| found.len()).unwrap_or(0)
    }

    /// Waits until nothing fits a selector any more.
    ///
    /// # Panics
    /// When something still does after [`PATIENCE`].
    pub async fn gone(&self, css: &str) {
        self.wait(&format!("no {css}"), async || (self.count(css).await == 0).then_some(())).await;
    }

    /// Waits until a script returns this.
    ///
    /// # Panics
    /// When it returns something else for longer than [`PATIENCE`].
    pub async fn becomes(&self, script: &str, wanted: &Value) {
        self.wait(&format!("{script} = {wanted}"), async || {
            // Between two documents there is none to ask.
            let found = self.client.execute(script, vec![]).await.ok()?;
            (found == *wanted).then_some(())
        })
        .await;
    }

    /// Types into the first field of a selector, key by key, in place of what stands there.
    ///
    /// # Panics
    /// When it cannot be typed into within [`PATIENCE`].
    pub async fn type_into(&self, css: &str, text: &str) {
        self.wait(&format!("type into {css}"), async || {
            let field = self.client.find(Locator::Css(css)).await.ok()?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Panics
    /// When the browser refuses.
    pub async fn type_into_page(&self, key: &str) {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "text": if kind == "keyDown" { key } else { "" } });
            self.dev_tools("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Chooses the option at a place, from 0, of the first select of a selector.
    ///
    /// # Panics
    /// When there is no such option within [`PATIENCE`].
    pub async fn choose(&self, css: &str, at: usize) {
        self.wait(&format!("choose {css} {at}"), async || {
            let select = self.client.find(Locator::Css(css)).await.ok()?;
            select.select_by_index(at).await.ok()
        })
        .await;
    }

    /// Draws a line that looks like a name on an element, as a finger would.
    ///
    /// # Panics
    /// When the browser cannot move the pointer.
    pub async fn draw_on(&self, css: &str) {
        use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
        let pad = self.see(css).await;
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.run(script, vec![serde_json::to_value(&pad).unwrap_or_default()]).await;
        let quick = Some(Duration::from_millis(5));
        let at = |x, y| PointerAction::MoveToElement { element: pad.clone(), duration: quick, x, y };
        let line = MouseActions::new("mouse".to_owned())
            .then(at(-80.0, -20.0))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at(-20.0, 25.0))
            .then(at(30.0, -25.0))
            .then(at(90.0, 20.0))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(line).await.unwrap_or_else(|error| panic!("draw on {css}: {error}"));
    }

    /// Opens another tab at an address and turns to it.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn open_tab(&self, address: &str) {
        let tab = self.client.new_window(true).await.unwrap_or_else(|error| panic!("a new tab: {error}"));
        self.client.switch_to_window(tab.handle).await.unwrap_or_else(|error| panic!("the new tab: {error}"));
        self.go(address).await;
    }

    /// The tab that is looked at.
    ///
    /// # Panics
    /// When the browser has none.
    pub async fn tab(&self) -> WindowHandle {
        self.client.window().await.unwrap_or_else(|error| panic!("a tab: {error}"))
    }

    /// Closes another tab than the one that is looked at.
    ///
    /// # Panics
    /// When there is no such tab.
    pub async fn close_tab(&self, other: WindowHandle) {
        let here = self.tab().await;
        self.client.switch_to_window(other).await.unwrap_or_else(|error| panic!("the other tab: {error}"));
        self.client.close_window().await.unwrap_or_else(|error| panic!("to close it: {error}"));
        self.client.switch_to_window(here).await.unwrap_or_else(|error| panic!("the tab before: {error}"));
    }

    /// Writes what the page looks like into `tests/screenshots/`, which git ignores, when `XUNAN_PICTURES` is set: they are
    /// for people's eyes, and there are hundreds.
    ///
    /// # Panics
    /// When the picture cannot be taken or written.
    pub async fn picture(&self, name: &str) {
        if std::env::var_os("XUNAN_PICTURES").is_none() {
            return;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let png = self.client.screenshot().await.expect("a picture can be taken");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("the picture can be written");
    }

    /// What the browser sends along with what the page asks for, by the name of the cookie; also what no script sees.
    ///
    /// # Panics
    /// When there is none.
    pub async fn cookie(&self, name: &str) -> String {
        let cookie = self.client.get_named_cookie(name).await;
        cookie.unwrap_or_else(|error| panic!("cookie {name}: {error}")).value().to_owned()
    }

    /// Runs a script in the page and gives what it returns.
    ///
    /// # Panics
    /// When it throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script that calls `arguments[arguments.length - 1]` when it is done.
    ///
    /// # Panics
    /// When it throws.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute_async(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Asks until there is an answer.
    ///
    /// # Panics
    /// When there is none within [`PATIENCE`].
    pub async fn wait<T>(&self, what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            if begun.elapsed() > PATIENCE {
                let url =
                    self.client.current_url().await.map_or_else(|error| format!("({error})"), String::from);
                panic!("{what} does not appear on {url}; the page says:\n{}", self.text().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
