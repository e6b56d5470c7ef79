//! What an administrator does about devices on the command line, beside a running server.

use std::process::{Command, Output};

use xunan_core::log::{Body, Effect, SignedEntry};
use xunan_core::problem::Problem;
use xunan_core::sync::Outcome;

use crate::support::{Phone, Server, facility, receipt, refusal};

/// A phone that wrote six entries, of which the first, the fourth and the sixth arrived.
async fn with_gaps(server: &Server) -> (Phone, Vec<SignedEntry>) {
    let mut phone = server.phone("supervisor1").await;
    let entries: Vec<_> = (0..6).map(|_| phone.sign(&Body::FacilityRegistered(facility("999901")))).collect();
    phone.push(&[&entries[0], &entries[3], &entries[5]]).await;
    (phone, entries)
}

fn admin(server: &Server, arguments: &[&str]) -> Output {
    let mut xunan = Command::new(env!("CARGO_BIN_EXE_xunan"));
    xunan.args(["admin", "--data"]).arg(server.folder()).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn a_lost_phone_is_found_in_the_list_and_heard_no_more_once_it_is_revoked() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let entry = phone.sign(&Body::FacilityRegistered(facility("999901")));
    let device = phone.device;
    let listed = || {
        let list = said(&admin(&server, &["list-devices"]));
        list.lines().find(|line| line.starts_with(&device.to_string())).unwrap().to_owned()
    };
    assert!(listed().contains("  enrolled  ") && listed().contains("  supervisor1  测试"), "{}", listed());
    assert!(said(&admin(&server, &["revoke-device", &device.to_string()])).ends_with(" is revoked\n"));
    assert!(listed().contains("  revoked  "));
    assert_eq!(refusal(phone.push_one(&entry).await), Problem::DeviceRevoked { device });
}

#[tokio::test]
async fn what_waited_behind_a_gap_that_was_given_up_takes_effect_and_what_comes_after_all_does_not() {
    let server = Server::start().await;
    let (phone, entries) = with_gaps(&server).await;
    let device = phone.device.to_string();
    let give_up = |words: &str| admin(&server, &["give-up-gap", &device, "--confirm", words]);
    assert!(said(&admin(&server, &["list-devices"])).contains("测试  (entries 2 to 3 are missing)\n"));
    assert!(said(&give_up("give up 2 to 3")).ends_with("are given up; its chain goes on to 4\n"));
    assert_eq!(receipt(&phone.push_one(&entries[3]).await).receipt().effect, Effect::Taken);
    assert_eq!(phone.push_one(&entries[5]).await, Outcome::AwaitingEarlier { have_seq: 4 });
    let late = receipt(&phone.push_one(&entries[1]).await).receipt().effect.clone();
    assert_eq!(late, Effect::None { problem: Problem::ChainForked { seq: 2 } });
    assert!(said(&give_up("give up 5 to 5")).ends_with("its chain goes on to 6\n"));
    assert!(said(&admin(&server, &["give-up-gap", &device])).ends_with("has no gap\n"));
    assert!(said(&admin(&server, &["list-devices"])).contains("测试\n"));
}

#[tokio::test]
async fn a_gap_is_given_up_only_with_the_words_that_name_it() {
    let server = Server::start().await;
    let (phone, entries) = with_gaps(&server).await;
    let device = phone.device.to_string();
    let told = said(&admin(&server, &["give-up-gap", &device]));
    assert!(
        told.starts_with(&format!("Entries 2 to 3 of {device} are missing; 2 that follow them")),
        "{told}"
    );
    assert!(told.ends_with(&format!("xunan admin give-up-gap {device} --confirm \"give up 2 to 3\"\n")));
    for words in ["", "yes", "give up 2 to 4", "Give up 2 to 3"] {
        let output = admin(&server, &["give-up-gap", &device, "--confirm", words]);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && complaint.contains("\"give up 2 to 3\""), "{complaint}");
    }
    assert_eq!(phone.push_one(&entries[3]).await, Outcome::AwaitingEarlier { have_seq: 1 });
    // Half of it comes: the words that were right before name another gap now.
    phone.push_one(&entries[1]).await;
    assert!(!admin(&server, &["give-up-gap", &device, "--confirm", "give up 2 to 3"]).status.success());
    phone.push_one(&entries[2]).await;
    assert_eq!(receipt(&phone.push_one(&entries[3]).await).receipt().effect, Effect::Taken);
    let stranger = admin(&server, &["give-up-gap", "01M360TTGF1354W0K7HRZW0WS2"]);
    assert!(String::from_utf8_lossy(&stranger.stderr).contains("no such device"));
}

#[tokio::test]
async fn a_gap_that_moved_since_it_was_looked_at_is_left_alone() {
    let server = Server::start().await;
    let (phone, entries) = with_gaps(&server).await;
    let now = crate::support::now();
    assert_eq!(server.parts.intake.give_up_gap(phone.device, 2..=2, now).await.unwrap(), None);
    assert_eq!(phone.push_one(&entries[3]).await, Outcome::AwaitingEarlier { have_seq: 1 });
    let head = server.parts.intake.give_up_gap(phone.device, 2..=3, now).await.unwrap();
    assert_eq!(head, Some(entries[3].head()));
}
