//! How browsers and their drivers are started, and ended for good.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::ClientBuilder;
use fantoccini::wd::Capabilities;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::engines::{Driver, Engine, gecko, members, webkit};
use super::{Browser, Screen};

impl Browser {
    /// Opens Chromium on a profile folder, new or used before.
    ///
    /// # Panics
    /// When chromedriver or Chromium cannot be started: nothing can be tested then.
    pub async fn open(profile: &Path, screen: Screen) -> Self {
        Self::open_with(profile, screen, &[]).await
    }

    /// The same with further flags on Chromium's command line.
    ///
    /// # Panics
    /// As [`Browser::open`].
    pub async fn open_with(profile: &Path, screen: Screen, flags: &[&str]) -> Self {
        Self::opened(Engine::Blink, profile, screen, flags).await
    }

    /// Opens a browser of another engine on a profile folder of its own kind. DevTools are Chromium's.
    ///
    /// # Panics
    /// When it or its driver cannot be started: nothing can be tested then.
    pub async fn open_in(engine: Engine, profile: &Path, screen: Screen) -> Self {
        Self::opened(engine, profile, screen, &[]).await
    }

    async fn opened(engine: Engine, profile: &Path, screen: Screen, flags: &[&str]) -> Self {
        let mut failure = None;
        // A killed browser may hold its profile's lock for a moment.
        for _ in 0..3 {
            match Self::try_open(engine, profile, screen, flags).await {
                Ok(browser) => return browser,
                Err(error) => failure = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("the browser does not open: {}", failure.unwrap_or_default());
    }

    async fn try_open(
        engine: Engine,
        profile: &Path,
        screen: Screen,
        flags: &[&str],
    ) -> Result<Self, String> {
        let Driver { processes, port, capabilities } = match engine {
            Engine::Blink => blink(profile, screen, flags).await?,
            Engine::WebKit => webkit(profile, screen).await?,
            Engine::Gecko => gecko(profile).await?,
        };
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(|error| format!("session: {error}"))?;
        let browser = Self { processes, client, engine, profile: profile.to_owned(), screen };
        browser.show_on(screen).await;
        Ok(browser)
    }
}

/// Starts the driver of Chromium.
async fn blink(profile: &Path, screen: Screen, flags: &[&str]) -> Result<Driver, String> {
    let (driver, port) = start_chromedriver().await?;
    Ok(Driver { processes: vec![driver], port, capabilities: capabilities(profile, screen, flags) })
}

/// On a port that is free.
async fn start_chromedriver() -> Result<(Child, u16), String> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        // Its own process group, so that the browser ends with it.
        .process_group(0)
        .spawn()
        .map_err(|error| format!("chromedriver: {error}"))?;
    let stdout = driver.stdout.take().ok_or("stdout is piped")?;
    let mut lines = BufReader::new(stdout).lines();
    let mut port = None;
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, found)) = line.split_once("started successfully on port ") {
            port = found.trim().trim_end_matches('.').parse::<u16>().ok();
            break;
        }
    }
    let port = port.ok_or("chromedriver names no port")?;
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((driver, port))
}

/// What a session on a profile folder asks for.
fn capabilities(profile: &Path, screen: Screen, flags: &[&str]) -> Capabilities {
    let (width, height) = screen.size();
    let mut arguments = vec![
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-extensions".to_owned(),
        // What Chromium would load for its address bar, which nobody sees here: half of what its start costs.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup".to_owned(),
        "--lang=zh-CN".to_owned(),
        // The camera inside the page is Chromium's own test picture, without asking.
        "--use-fake-device-for-media-stream".to_owned(),
        "--use-fake-ui-for-media-stream".to_owned(),
        format!("--window-size={width},{height}"),
        format!("--user-data-dir={}", profile.display()),
    ];
    arguments.extend(flags.iter().map(|flag| (*flag).to_owned()));
    members(json!({
        "goog:chromeOptions": { "args": arguments, "prefs": { "intl.accept_languages": "zh-CN" } },
        "unhandledPromptBehavior": "ignore",
    }))
}

/// Kills the groups that these processes lead. WebKit's own processes name no profile, and outlive the window that they drew for.
pub(super) fn kill_groups_of(leaders: &[Child]) {
    for leader in leaders.iter().filter_map(Child::id) {
        kill(&format!("-{leader}"));
    }
}

fn kill(whom: &str) {
    // Who has just ended cannot be killed, and need not be.
    let _ = std::process::Command::new("kill").args(["-9", "--", whom]).stderr(Stdio::null()).status();
}

/// Kills every process whose command line names the profile.
pub(super) fn kill_processes_of(profile: &str) {
    let Ok(processes) = std::fs::read_dir("/proc") else { return };
    for process in processes.flatten() {
        let Some(pid) = process.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(command) = std::fs::read(process.path().join("cmdline")) else { continue };
        if String::from_utf8_lossy(&command).contains(profile) {
            kill(&pid.to_string());
        }
    }
}
