//! Everything unsent as a file that only a password opens: by our program, and by the Python of the document.

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use xunan_e2e::demo;
use xunan_e2e::pages::{Outbox, issue_short_visit};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::binary;
use xunan_e2e::sights::look;

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_export_is_opened_by_our_program_and_by_the_python_of_the_document() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.entries(1).await;
    let folder = tempfile::tempdir().expect("a folder");
    outbox.open_sealed_export().await;
    look(&browser, "outbox-export-sealed").await;
    let sealed = outbox.export_sealed(folder.path(), "九月 ‧ 密码").await;
    let (ours, theirs) = (folder.path().join("ours.zip"), folder.path().join("theirs.zip"));
    let program = |out: &Path| {
        let mut command = Command::new(binary());
        command.arg("decrypt").arg(&sealed).arg("--out").arg(out);
        command
    };
    assert!(!with_password(program(&ours), "another one").await);
    assert!(!ours.exists(), "nothing half");
    assert!(with_password(program(&ours), "九月 ‧ 密码").await);
    let script = folder.path().join("decrypt.py");
    std::fs::write(&script, python_of_the_document()).expect("a file");
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let other = |out: &Path| {
        let mut command = Command::new(&python);
        command.arg(&script).arg(&sealed).arg(out);
        command
    };
    assert!(!with_password(other(&theirs), "another one").await);
    assert!(with_password(other(&theirs), "九月 ‧ 密码").await);
    let (ours, theirs) = (std::fs::read(ours).expect("a file"), std::fs::read(theirs).expect("a file"));
    assert!(ours.starts_with(b"PK") && ours == theirs);
    browser.close().await;
}

/// Runs a program that reads a password, and says whether it liked it.
async fn with_password(mut command: Command, password: &str) -> bool {
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let mut input = process.stdin.take().expect("piped");
    input.write_all(format!("{password}\n").as_bytes()).await.expect("it reads");
    drop(input);
    process.wait().await.expect("it ends").success()
}

/// What stands in the document, as anybody would copy it.
fn python_of_the_document() -> &'static str {
    let document = include_str!("../../docs/export-encryption.md");
    let (_, rest) = document.split_once("```python\n").expect("the document has it");
    rest.split_once("```").expect("it ends").0
}
