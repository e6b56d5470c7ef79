//! The built program, as people start it: accounts made on the command line, a server that starts, answers and stops.

#![expect(clippy::unwrap_used, reason = "helpers of tests may, as tests may: a failure is the test's")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const XUNAN: &str = env!("CARGO_BIN_EXE_xunan");

fn admin(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(XUNAN)
        .args(["admin", "--data"])
        .arg(data)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const SUPERVISOR: [&str; 10] = [
    "create-account",
    "zhou",
    "--role",
    "supervisor",
    "--name",
    "周某",
    "--organisation",
    "某县民政局",
    "--region",
    "371526",
];

/// A running server.
struct Serving {
    process: Child,
    address: String,
}

impl Serving {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(XUNAN)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "quiet", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line =
            lines.find_map(|line| Some(line.unwrap().strip_prefix("listening on http://")?.to_owned()));
        Self { process, address: line.unwrap() }
    }

    /// Sends a request; answers all of the response.
    fn ask(&self, request: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let head = "host: localhost\r\nconnection: close\r\ncontent-type: application/json";
        write!(stream, "{request} HTTP/1.1\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    fn sign_in(&self, login: &str, password: &str) -> String {
        let body = format!(r#"{{"login":"{login}","password":"{password}"}}"#);
        self.ask("POST /api/session", &body).split(' ').nth(1).unwrap().to_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn accounts_made_on_the_command_line_work_beside_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let made = said(&admin(data.path(), &SUPERVISOR, ""));
    let password = made.lines().find_map(|line| line.strip_prefix("password: ")).unwrap();
    let server = Serving::start(data.path());
    assert!(server.ask("GET /healthz", "").ends_with("\r\n\r\nok"));
    assert_eq!(server.sign_in("zhou", password), "200");
    let reset = ["reset-password", "zhou", "--password-stdin"];
    said(&admin(data.path(), &reset, "九月的第一个早晨\n"));
    assert_eq!(server.sign_in("zhou", password), "401");
    assert_eq!(server.sign_in("zhou", "九月的第一个早晨"), "200");
    said(&admin(data.path(), &["lock", "zhou"], ""));
    assert_eq!(server.sign_in("zhou", "九月的第一个早晨"), "403");
    said(&admin(data.path(), &["unlock", "zhou"], ""));
    assert_eq!(server.sign_in("zhou", "九月的第一个早晨"), "200");
    assert!(
        said(&admin(data.path(), &["list-accounts"], "")).contains("zhou  active  supervisor  371526  周某")
    );
    assert_eq!(said(&admin(data.path(), &["list-devices"], "")), "");
}

#[test]
fn a_client_hears_why_its_huge_request_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let server = Serving::start(data.path());
    let ten_megabytes = "x".repeat(10_000_000);
    // Nobody is signed in: known before the first byte of the body, and said after the last.
    for request in ["POST /api/push", "POST /api/devices", "POST /nowhere"] {
        let answer = server.ask(request, &ten_megabytes);
        assert!(answer.starts_with("HTTP/1.1 4"), "{request} {answer}");
    }
    assert_eq!(server.sign_in("zhou", &ten_megabytes), "413");
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_changed() {
    let data = tempfile::tempdir().unwrap();
    said(&admin(data.path(), &SUPERVISOR, ""));
    assert!(complained(&admin(data.path(), &SUPERVISOR, "")).contains("taken"));
    assert!(complained(&admin(data.path(), &["lock", "nobody"], "")).contains("no account nobody"));
    let short = ["reset-password", "zhou", "--password-stdin"];
    assert!(complained(&admin(data.path(), &short, "1234567\n")).contains("8 characters"));
    let device = ["revoke-device", "01M360TTGF1354W0K7HRZW0WS2"];
    assert!(complained(&admin(data.path(), &device, "")).contains("no such device"));
    assert_eq!(said(&admin(data.path(), &["list-accounts"], "")).lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_server_that_is_asked_to_stop_stops() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Serving::start(data.path());
    let process = server.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    assert!(server.process.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_data_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let outer = tempfile::tempdir().unwrap();
    let data = outer.path().join("data");
    said(&admin(&data, &SUPERVISOR, ""));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join("ledger.sqlite"))), (0o700, 0o600));
}

/// A frozen package or the keys of its server.
fn golden(name: &str) -> String {
    format!("{}/../core/tests/golden/packages/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(XUNAN).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code(), said)
}

#[test]
fn verify_says_by_its_exit_code_what_holds() {
    let keys = golden("server-keys.json");
    for (package, keys, exit, chinese, english) in [
        ("two_visits.zip", Some(&keys), 0, "✓ 核对通过", "✓ All of it holds"),
        ("two_visits.zip", None, 2, "? 没有发现改动", "? Nothing is wrong"),
        ("unsent.zip", Some(&keys), 2, "没有回执", "no receipt"),
        ("doctored.zip", Some(&keys), 1, "✗ 有问题", "its device's key was revoked"),
        ("server-keys.json", Some(&keys), 3, "不是 ZIP 文件", "not a ZIP file"),
        ("nowhere.zip", None, 3, "cannot read", "cannot read"),
    ] {
        let file = golden(package);
        for (language, words) in [("zh", chinese), ("en", english)] {
            let mut arguments = vec!["verify", &file, "--lang", language];
            arguments.extend(keys.into_iter().flat_map(|keys| ["--server-keys", keys]));
            let (code, said) = run(&arguments);
            assert_eq!(code, Some(exit), "{package}: {said}");
            assert!(said.contains(words), "{package}: {said}");
        }
    }
}

#[test]
fn an_exported_visit_is_verified_by_the_keys_of_its_server_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, package, keys) = (path("data"), path("visit.zip"), path("jwks.json"));
    let mut demo = Command::new(XUNAN)
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--log", "quiet", "--data", &data])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| Some(line.unwrap().strip_prefix("listening on http://")?.to_owned()));
    let server = Serving { process: demo, address: line.unwrap() };
    let said = server.ask("GET /.well-known/jwks.json", "");
    std::fs::write(&keys, said.split_once("\r\n\r\n").unwrap().1).unwrap();
    let database = rusqlite::Connection::open(folder.path().join("data/ledger.sqlite")).unwrap();
    let visit: String =
        database.query_row("SELECT id FROM rows WHERE kind = 'visit' LIMIT 1", [], |row| row.get(0)).unwrap();
    let export = ["export", "--data", &data, "--visit", &visit, "--to", &package];
    assert_eq!(run(&export), (Some(0), String::new()));
    let (code, said) = run(&["verify", &package, "--server-keys", &keys, "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("photo"), "{said}");
    assert!(run(&export).1.contains("cannot write"), "a package is never written over a file");
}
