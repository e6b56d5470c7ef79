//! One person's own device: a browser profile, and a network of its own that can be taken away from nobody else.

use tempfile::TempDir;

use crate::browser::{Browser, Screen};
use crate::network::Network;
use crate::pages::{open_signed_in, ready_offline, sign_in_with};
use crate::server::Server;

/// A browser in somebody's hands.
#[derive(Debug)]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// What lies between it and the server.
    pub network: Network,
    profile: TempDir,
}

impl Device {
    /// A device that knows nothing of the server yet.
    ///
    /// # Panics
    /// When it cannot be started.
    pub async fn new(server: &Server, screen: Screen) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let network = Network::in_front_of(server.port()).await;
        let browser = Browser::open(profile.path(), screen).await;
        Self { browser, network, profile }
    }

    /// A phone on which somebody of the demo county is signed in, ready to go offline.
    pub async fn phone_of(server: &Server, login: &str) -> Self {
        let phone = Self::new(server, Screen::Phone).await;
        open_signed_in(&phone.browser, &phone.origin(), login).await;
        ready_offline(&phone.browser).await;
        phone
    }

    /// A computer at whose desk somebody is signed in.
    pub async fn desk_of(server: &Server, login: &str, password: &str) -> Self {
        let desk = Self::new(server, Screen::Desktop).await;
        desk.go("/desk").await;
        sign_in_with(&desk.browser, login, password).await;
        desk.browser.see(".desk-head").await;
        desk
    }

    /// Where its browser finds the server.
    pub fn origin(&self) -> String {
        self.network.origin()
    }

    /// Goes to a path of the server.
    pub async fn go(&self, path: &str) {
        self.browser.go(&format!("{}{path}", self.origin())).await;
    }

    /// Kills its browser and opens it again.
    pub async fn kill_and_reopen(self) -> Self {
        let Self { browser, network, profile } = self;
        Self { browser: browser.kill_and_reopen().await, network, profile }
    }

    /// Closes its browser.
    pub async fn close(self) {
        self.browser.close().await;
    }
}
