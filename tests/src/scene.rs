//! Where most journeys begin: a server of its own, a network in front of it that can be taken away, and a phone.

use std::path::Path;

use tempfile::TempDir;
use tokio::process::Command;

use crate::browser::{Browser, Screen};
use crate::demo;
use crate::network::Network;
use crate::pages::{open_signed_in, ready_offline};
use crate::server::{Server, binary};

/// A server, its network, and folders that go with the scene.
#[derive(Debug)]
pub struct Scene {
    /// The real server, with the demo county.
    pub server: Server,
    /// What lies between it and every browser.
    pub network: Network,
    /// The address under which browsers reach it.
    pub origin: String,
    profile: TempDir,
    data: TempDir,
}

impl Scene {
    /// Starts the server and the network.
    ///
    /// # Panics
    /// When one of them does not start.
    pub async fn set() -> Self {
        let folder = || tempfile::tempdir().expect("a folder");
        let (data, profile) = (folder(), folder());
        let server = Server::start(data.path()).await;
        let network = Network::in_front_of(server.port()).await;
        let origin = network.origin();
        Self { server, network, origin, profile, data }
    }

    /// A browser on the scene's profile that knows nothing of the server yet.
    pub async fn new_phone(&self) -> Browser {
        Browser::open(self.profile.path(), Screen::Phone).await
    }

    /// The inspector's phone: signed in, and the lamp says that it is ready without a network.
    pub async fn inspectors_phone(&self) -> Browser {
        let browser = self.new_phone().await;
        open_signed_in(&browser, &self.origin, demo::INSPECTOR).await;
        ready_offline(&browser).await;
        browser
    }

    /// The server's data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs `xunan admin` beside the running server, and gives what it says.
    ///
    /// # Panics
    /// When it fails.
    pub async fn administer(&self, arguments: &[&str]) -> String {
        let mut admin = Command::new(binary());
        admin.arg("admin").arg("--data").arg(self.data()).args(arguments);
        let done = admin.output().await.expect("the server's program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }
}
