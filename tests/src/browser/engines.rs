//! The engines of the browsers that people have: Chromium's, Safari's and Firefox's. All journeys run in the first; what everybody needs
//! runs in all three.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::{PATIENCE, Screen};

/// What draws a page and runs its scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium's, and so that of Chrome, Edge, WeChat on Android and most phones' own browsers.
    Blink,
    /// Safari's, and so that of every browser on an iPhone: WebKitGTK on a display of its own, in our `tests/webkit/browser.py`.
    WebKit,
    /// Firefox's.
    Gecko,
}

/// A driver that listens, and what a session with it asks for.
pub(super) struct Driver {
    /// The driver, and what it needs to run.
    pub(super) processes: Vec<Child>,
    pub(super) port: u16,
    pub(super) capabilities: Capabilities,
}

/// Starts the driver of WebKit.
pub(super) async fn webkit(profile: &Path, screen: Screen) -> Result<Driver, String> {
    let (display, name) = start_display().await?;
    let (width, height) = screen.size();
    let browser = Path::new(env!("CARGO_MANIFEST_DIR")).join("webkit/browser.py");
    let arguments = json!([profile, width.to_string(), height.to_string()]);
    let port = free_port()?;
    let mut command = Command::new("WebKitWebDriver");
    let driver = start(command.arg(format!("--port={port}")).env("DISPLAY", name))?;
    answers(port).await?;
    let options = json!({ "webkitgtk:browserOptions": { "binary": browser, "args": arguments } });
    Ok(Driver { processes: vec![driver, display], port, capabilities: members(options) })
}

/// Starts the driver of Firefox: `geckodriver`, or what `XUNAN_GECKODRIVER` names.
pub(super) async fn gecko(profile: &Path) -> Result<Driver, String> {
    let program = std::env::var_os("XUNAN_GECKODRIVER").unwrap_or_else(|| "geckodriver".into());
    let port = free_port()?;
    let driver = start(Command::new(program).arg(format!("--port={port}")))?;
    answers(port).await?;
    let options = json!({
        "moz:firefoxOptions": {
            "args": ["-headless", "-profile", profile],
            "prefs": { "intl.accept_languages": "zh-CN" },
        },
    });
    Ok(Driver { processes: vec![driver], port, capabilities: members(options) })
}

fn start(command: &mut Command) -> Result<Child, String> {
    let program = command.as_std().get_program().to_owned();
    // In a group of its own, whose end is that of its browser, too.
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).process_group(0);
    quiet.spawn().map_err(|error| format!("{}: {error}", program.display()))
}

/// A display that nobody sees, and its name.
async fn start_display() -> Result<(Child, String), String> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]);
    let mut display = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("Xvfb: {error}"))?;
    let stdout = display.stdout.take().ok_or("stdout is piped")?;
    match BufReader::new(stdout).lines().next_line().await {
        Ok(Some(number)) => Ok((display, format!(":{}", number.trim()))),
        _ => Err("Xvfb names no display".to_owned()),
    }
}

/// A port that nobody listens on: these drivers do not choose one themselves.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no port: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| format!("no port: {error}"))
}

async fn answers(port: u16) -> Result<(), String> {
    let listens = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, listens).await.map_err(|_| format!("no driver listens on {port}"))
}

/// The members of an object that was written as JSON.
pub(super) fn members(object: Value) -> Capabilities {
    match object {
        Value::Object(members) => members,
        _ => unreachable!("an object was written"),
    }
}
