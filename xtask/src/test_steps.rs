//! The steps of `cargo xtask test`, in the order in which they run: quick ones first, so that a slip shows early, and
//! what the server embeds before what is compiled with the server.

use crate::build_app::{self, Mode};
use crate::native_tests::NativeTests;
use crate::process::{capture, run};
use crate::serve::SERVER_PROFILE;
use crate::setup::Toolbox;
use crate::wasm_opt::Simd;
use crate::wasm_target::TARGET;
use crate::workspace::{Workspace, files_below};
use crate::{size, test_tools, tidy, wasm_floor};
use anyhow::{Result, bail};
use std::cell::OnceCell;
use std::process::Command;

/// One thing that CI checks.
#[derive(Debug)]
pub(crate) struct Step {
    /// For `--only`.
    pub(crate) name: &'static str,
    /// For people.
    pub(crate) what: &'static str,
    /// Does it.
    pub(crate) run: fn(&TestRun) -> Result<()>,
}

/// What every step may need.
#[derive(Debug)]
pub(crate) struct TestRun {
    pub(crate) workspace: Workspace,
    pub(crate) toolbox: Toolbox,
    /// Repair what a tool can repair instead of only telling.
    pub(crate) fix: bool,
    /// Compiled when the first step wants them.
    pub(crate) native_tests: OnceCell<NativeTests>,
}

/// All of them.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "format", what: "every file is formatted", run: format },
    Step { name: "tidy", what: "the project's own style rules", run: |run| tidy::tidy(&run.workspace) },
    Step { name: "boundary", what: "core knows no browser, no network, no database", run: boundary },
    Step { name: "build", what: "both programs and the photo worker, as shipped", run: build },
    Step {
        name: "wasm-features",
        what: "no instruction newer than the oldest supported browsers",
        run: wasm_features,
    },
    Step {
        name: "size",
        what: "bytes of a cold visit against the gate",
        run: |run| size::check(&run.workspace),
    },
    Step {
        name: "compile",
        what: "the programs of all native tests",
        run: |run| run.native_tests().map(|_| ()),
    },
    Step { name: "core", what: "the rules, natively", run: core },
    Step { name: "package-wasm", what: "evidence is judged in WebAssembly as natively", run: package_wasm },
    Step {
        name: "xtask",
        what: "the build's own tests",
        run: |run| run.native_tests()?.run("xtask", &run.toolbox),
    },
    Step {
        name: "photo",
        what: "the photo pipeline, natively",
        run: |run| run.native_tests()?.run("xunan-photo", &run.toolbox),
    },
    Step {
        name: "app",
        what: "what of the app needs no browser",
        run: |run| run.native_tests()?.run("xunan-app", &run.toolbox),
    },
    Step { name: "lint", what: "clippy on everything native", run: lint_native },
    Step { name: "lint-wasm", what: "clippy on everything for the browser", run: lint_wasm },
    Step { name: "docs", what: "every link in the documentation of the code leads somewhere", run: docs },
    Step {
        name: "server",
        what: "the server on real storage",
        run: |run| {
            test_tools::ensure_openssl()?;
            test_tools::ensure_font()?;
            run.native_tests()?.run("xunan-server", &run.toolbox)
        },
    },
    Step {
        name: "journeys",
        what: "people's journeys in a real browser against the real server",
        run: journeys,
    },
    Step { name: "deny", what: "advisories and sources, where cargo-deny is installed", run: deny },
];

impl TestRun {
    fn native_tests(&self) -> Result<&NativeTests> {
        if let Some(compiled) = self.native_tests.get() {
            return Ok(compiled);
        }
        let compiled = NativeTests::compile(&self.workspace, &self.toolbox)?;
        Ok(self.native_tests.get_or_init(|| compiled))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<()> {
        run(self.toolbox.cargo(&self.workspace).args(arguments))
    }
}

fn format(run: &TestRun) -> Result<()> {
    if run.fix { run.cargo(&["fmt", "--all"]) } else { run.cargo(&["fmt", "--all", "--check"]) }
}

/// Packages that must never appear below core. (`ulid` brings `wasm-bindgen` for a clock that core never asks: its
/// ids are made from a time that is an argument.)
const FORBIDDEN_IN_CORE: &[&str] =
    &["web-sys", "leptos", "tokio", "sqlx", "rusqlite", "axum", "hyper", "reqwest", "getrandom", "rand"];

fn boundary(run: &TestRun) -> Result<()> {
    let mut cargo = run.toolbox.cargo(&run.workspace);
    cargo.args([
        "tree",
        "--package",
        "xunan-core",
        "--edges",
        "normal",
        "--target",
        "all",
        "--prefix",
        "none",
    ]);
    let tree = capture(&mut cargo)?;
    let packages: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let found: Vec<&&str> = FORBIDDEN_IN_CORE.iter().filter(|name| packages.contains(*name)).collect();
    if !found.is_empty() {
        bail!("xunan-core depends on {found:?}");
    }
    println!("  {} packages under core, none of them forbidden", packages.len());
    Ok(())
}

/// With the examples of its documentation, which cargo alone can run.
fn core(run: &TestRun) -> Result<()> {
    run.native_tests()?.run("xunan-core", &run.toolbox)?;
    run.cargo(&["test", "--package", "xunan-core", "--doc"])
}

/// Ten thousand packages with one bit turned over, judged in Node: the reports must be those of the native test.
fn package_wasm(run_: &TestRun) -> Result<()> {
    const EXAMPLE: &str = "package_flips";
    let build = ["build", "--package", "xunan-core", "--example", EXAMPLE, "--target", TARGET];
    run(run_.toolbox.cargo(&run_.workspace).args(build).args(["--profile", SERVER_PROFILE]))?;
    let folder = run_.workspace.target.join(TARGET).join(SERVER_PROFILE).join("examples");
    let core = run_.workspace.root.join("core");
    run(Command::new("node")
        .arg(core.join("examples").join(EXAMPLE).with_extension("mjs"))
        .arg(folder.join(EXAMPLE).with_extension("wasm"))
        .arg(core.join("tests/golden/packages/two_visits.flips.sha256")))
}

fn build(run: &TestRun) -> Result<()> {
    build_app::build(&run.workspace, &run.toolbox, Mode::Release)
}

fn wasm_features(run: &TestRun) -> Result<()> {
    let mut modules = 0;
    for file in files_below(&run.workspace.dist())? {
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let has_simd = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("simd-"));
        wasm_floor::check(&file, if has_simd { Simd::With } else { Simd::Without })?;
        modules += 1;
    }
    if modules < 4 {
        bail!(
            "only {modules} wasm modules in dist; four are expected: field, desk and the photo worker twice"
        );
    }
    println!("  {modules} modules stay inside the floor");
    Ok(())
}

/// The app is checked where it runs (`lint-wasm`).
fn lint_native(run: &TestRun) -> Result<()> {
    run.clippy(&["--workspace", "--exclude", "xunan-app", "--all-targets"])
}

fn lint_wasm(run: &TestRun) -> Result<()> {
    run.clippy(&[
        "--package",
        "xunan-core",
        "--package",
        "xunan-app",
        "--package",
        "xunan-photo",
        "--target",
        TARGET,
    ])
}

/// The packages that build natively; the app's links lead to the same core.
fn docs(run_: &TestRun) -> Result<()> {
    let mut cargo = run_.toolbox.cargo(&run_.workspace);
    cargo.env("RUSTDOCFLAGS", "--deny warnings").args(["doc", "--no-deps"]);
    for package in ["xunan-core", "xunan-server", "xtask"] {
        cargo.args(["--package", package]);
    }
    run(&mut cargo)
}

impl TestRun {
    fn clippy(&self, what: &[&str]) -> Result<()> {
        let mut cargo = self.toolbox.cargo(&self.workspace);
        cargo.arg("clippy").args(what);
        if self.fix {
            cargo.args(["--fix", "--allow-dirty", "--allow-staged"]);
        }
        run(cargo.args(["--", "--deny", "warnings"]))
    }
}

fn journeys(run_: &TestRun) -> Result<()> {
    build(run_)?;
    let outside = test_tools::ensure(&run_.workspace)?;
    let tests = run_.native_tests()?;
    // The program of the tests' own profile: it panics where its arithmetic overflows. Cargo builds it for the server's tests.
    let binary = run_.workspace.target.join("debug").join("xunan");
    tests.run_with("xunan-e2e", &run_.toolbox, |program| {
        outside.apply(program);
        // One after the other: each starts a server and a browser, and two cores are for one of them.
        program.env("XUNAN_BIN", &binary).arg("--test-threads=1");
    })
}

/// The server with the app inside, as shipped.
pub(crate) fn build_server(workspace: &Workspace, toolbox: &Toolbox) -> Result<()> {
    run(toolbox.cargo(workspace).args(["build", "--package", "xunan-server", "--profile", SERVER_PROFILE]))
}

/// Where [`build_server`] puts it.
pub(crate) fn server_binary(workspace: &Workspace) -> std::path::PathBuf {
    workspace.target.join(SERVER_PROFILE).join("xunan")
}

fn deny(run_: &TestRun) -> Result<()> {
    if capture(Command::new("cargo-deny").arg("--version")).is_err() {
        println!("  cargo-deny is not installed: licences were checked by tidy, advisories were not");
        return Ok(());
    }
    run(run_.toolbox.cargo(&run_.workspace).args(["deny", "check"]))
}
