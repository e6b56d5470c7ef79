//! What the journeys need from outside: browsers with their drivers, and independent implementations that check ours
//! (a JOSE library, a tus client, axe), each pinned in `tests/`;
//! Debian's own are the browsers and exiftool.

use crate::fingerprint::Fingerprint;
use crate::process::{announce, capture, run};
use crate::tools;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the outside tools are, for the tests' environment.
#[derive(Debug)]
pub(crate) struct OutsideTools {
    node_modules: PathBuf,
    python: PathBuf,
    geckodriver: PathBuf,
}

impl OutsideTools {
    /// Tells a test run where they are.
    pub(crate) fn apply(&self, command: &mut Command) {
        command
            .env("XUNAN_NODE_MODULES", &self.node_modules)
            .env("XUNAN_PYTHON", &self.python)
            .env("XUNAN_GECKODRIVER", &self.geckodriver);
    }
}

/// Gets what is missing.
pub(crate) fn ensure(workspace: &Workspace) -> Result<OutsideTools> {
    ensure_chromium()?;
    ensure_font()?;
    ensure_other_engines()?;
    ensure_exiftool()?;
    let tests = workspace.root.join("tests");
    Ok(OutsideTools {
        node_modules: ensure_node_modules(&tests)?,
        python: ensure_python(workspace, &tests)?,
        geckodriver: tools::ensure_geckodriver()?,
    })
}

/// The program of Lighthouse, for its benchmark: apart from what the journeys need, since it is large.
pub(crate) fn ensure_lighthouse(workspace: &Workspace) -> Result<PathBuf> {
    let modules = ensure_node_modules(&workspace.root.join("tests").join("lighthouse"))?;
    Ok(modules.join("lighthouse").join("cli").join("index.js"))
}

fn answers(program: &str) -> bool {
    capture(Command::new(program).arg("--version")).is_ok()
}

/// Chromium and its driver.
fn ensure_chromium() -> Result<()> {
    if answers("chromium") && answers("chromedriver") {
        return Ok(());
    }
    apt_install("a browser for the journeys", &["chromium", "chromium-driver"])
        .context("the journeys need chromium, and chromedriver of the same version")
}

/// A font with Chinese characters: without one the server makes no documents, and every screenshot shows boxes.
pub(crate) fn ensure_font() -> Result<()> {
    if capture(Command::new("fc-list").arg(":lang=zh")).is_ok_and(|fonts| !fonts.trim().is_empty()) {
        return Ok(());
    }
    apt_install("a Chinese font for the tests", &["fonts-noto-cjk", "fontconfig"])
        .context("the tests need a font with Chinese characters")
}

/// Safari's engine with its driver, a display for it and what its browser in `tests/webkit` is written with; and Firefox.
fn ensure_other_engines() -> Result<()> {
    let starts = |program, flag| capture(Command::new(program).arg(flag)).is_ok();
    let binding = "import gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2";
    let has_webkit = starts("WebKitWebDriver", "--help")
        && starts("xvfb-run", "--help")
        && capture(Command::new("/usr/bin/python3").args(["-c", binding])).is_ok();
    if has_webkit && answers("firefox") {
        return Ok(());
    }
    let packages = ["webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1", "firefox-esr"];
    apt_install("Safari's engine and Firefox for the journeys", &packages)
        .context("the journeys of every engine need WebKitGTK with its driver, Xvfb and Firefox")
}

/// OpenSSL's program, the time-stamping authority of the server's tests.
pub(crate) fn ensure_openssl() -> Result<()> {
    if capture(Command::new("openssl").arg("version")).is_ok() {
        return Ok(());
    }
    apt_install("OpenSSL for the server's tests", &["openssl"]).context("the server's tests need openssl")
}

/// What reads more kinds of metadata than anything else: it judges what leaves a telephone.
fn ensure_exiftool() -> Result<()> {
    if capture(Command::new("exiftool").arg("-ver")).is_ok() {
        return Ok(());
    }
    apt_install("a judge of metadata", &["libimage-exiftool-perl"])
}

fn apt_install(what: &str, packages: &[&str]) -> Result<()> {
    if !Path::new("/etc/debian_version").exists() || capture(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("missing: {}; only on Debian and as root can they be installed from here", packages.join(" "));
    }
    announce(&format!("installing {what}"), "2 minutes, once per machine");
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
    ]);
    run(install.args(packages))
}

/// `node_modules` in a folder, exactly as its `package-lock.json` says.
fn ensure_node_modules(home: &Path) -> Result<PathBuf> {
    let folder = home.join("node_modules");
    let record = folder.join(".xunan-fingerprint");
    let fingerprint = Fingerprint::of("npm", &[home.join("package.json"), home.join("package-lock.json")])?;
    if !fingerprint.is_recorded_in(&record) {
        announce("getting independent checkers from npm", "half a minute");
        run(Command::new("npm").current_dir(home).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
        ]))?;
        fingerprint.record_in(&record)?;
    }
    Ok(folder)
}

/// A Python with the packages of `tests/requirements.txt`, in a virtual environment of its own.
fn ensure_python(workspace: &Workspace, tests: &Path) -> Result<PathBuf> {
    let home = workspace.build_state().join("python");
    let python = home.join("bin/python");
    let record = home.join("fingerprint");
    let requirements = tests.join("requirements.txt");
    let fingerprint = Fingerprint::of("pip", std::slice::from_ref(&requirements))?;
    if !fingerprint.is_recorded_in(&record) || !python.exists() {
        announce("getting independent checkers from PyPI", "half a minute");
        if run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home)).is_err() {
            apt_install("Python's virtual environments", &["python3-venv"])?; // Debian ships them apart
            run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
        }
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(&requirements))?;
        fingerprint.record_in(&record)?;
    }
    Ok(python)
}
