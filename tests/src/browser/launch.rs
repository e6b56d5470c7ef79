//! How Chromium and its driver are started, and ended for good.

use std::path::Path;
use std::process::Stdio;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::Screen;

/// Starts a driver on a port that is free.
pub(super) async fn start_driver() -> Result<(Child, u16), String> {
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
pub(super) fn capabilities(profile: &Path, screen: Screen) -> Capabilities {
    let (width, height) = screen.size();
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--lang=zh-CN".to_owned(),
        // The camera inside the page is Chromium's own test picture, without asking.
        "--use-fake-device-for-media-stream".to_owned(),
        "--use-fake-ui-for-media-stream".to_owned(),
        format!("--window-size={width},{height}"),
        format!("--user-data-dir={}", profile.display()),
    ];
    let options = json!({
        "goog:chromeOptions": { "args": arguments, "prefs": { "intl.accept_languages": "zh-CN" } },
        "unhandledPromptBehavior": "ignore",
    });
    match options {
        Value::Object(capabilities) => capabilities,
        _ => unreachable!("an object was written above"),
    }
}

/// Kills every process whose command line names the profile.
pub(super) fn kill_processes_of(profile: &str) {
    let Ok(processes) = std::fs::read_dir("/proc") else { return };
    for process in processes.flatten() {
        let Some(pid) = process.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(command) = std::fs::read(process.path().join("cmdline")) else { continue };
        if String::from_utf8_lossy(&command).contains(&format!("--user-data-dir={profile}")) {
            // A process that has just ended by itself cannot be killed, and need not be.
            let _ = std::process::Command::new("kill")
                .args(["-9", &pid.to_string()])
                .stderr(Stdio::null())
                .status();
        }
    }
}
