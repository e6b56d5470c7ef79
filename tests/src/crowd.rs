//! Citizens who report at once, each from a network of their own on this machine, as fast as they are let.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::StatusCode;
use tokio::task::JoinSet;

use crate::http::Http;
use crate::snap_form::{Puzzle, fresh_token, send};

/// A crowd under way.
#[derive(Debug)]
pub struct Crowd {
    goes_home: Arc<AtomicBool>,
    people: JoinSet<Answered>,
}

/// What a crowd was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Reports that were taken.
    pub taken: u64,
    /// Those who were told when to come again.
    pub later: u64,
}

impl Crowd {
    /// So many people begin to report, each with this photo, again and again.
    pub fn gathers(port: u16, people: u8, photo: &[u8]) -> Self {
        let (goes_home, photo) = (Arc::new(AtomicBool::new(false)), Arc::<[u8]>::from(photo));
        let mut running = JoinSet::new();
        for number in 0..people {
            let address = IpAddr::V4(Ipv4Addr::new(127, 1, number, 1));
            let (http, photo) = (Http::from_address(port, address), Arc::clone(&photo));
            let goes_home = Arc::clone(&goes_home);
            running.spawn(async move {
                let mut answered = Answered::default();
                while !goes_home.load(Ordering::Relaxed) {
                    match report(&http, &photo).await {
                        Reported::Taken => answered.taken += 1,
                        Reported::Later => answered.later += 1,
                    }
                }
                answered
            });
        }
        Self { goes_home, people: running }
    }

    /// Everybody waits for the answer that is due, and goes.
    pub async fn goes_home(self) -> Answered {
        self.goes_home.store(true, Ordering::Relaxed);
        let all = self.people.join_all().await;
        let sum = |of: fn(&Answered) -> u64| all.iter().map(of).sum();
        Answered { taken: sum(|it| it.taken), later: sum(|it| it.later) }
    }
}

enum Reported {
    Taken,
    Later,
}

/// Opens the form and sends it, with work when that is asked for.
async fn report(http: &Http, photo: &[u8]) -> Reported {
    let token = fresh_token(http).await;
    let mut answer = send(http, &token, Some(photo), "").await;
    if let Some(puzzle) = Puzzle::of(&answer) {
        answer = send(http, &token, Some(photo), &puzzle.solved()).await;
    }
    match answer.status {
        StatusCode::OK => Reported::Taken,
        StatusCode::TOO_MANY_REQUESTS => {
            assert!(!answer.header("retry-after").is_empty(), "a limit says when to try again");
            Reported::Later
        }
        other => panic!("{other} {}", String::from_utf8_lossy(&answer.body)),
    }
}
