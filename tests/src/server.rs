//! The real server, as a process of its own that can be killed and started again on the same data.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use xunan_core::clock::Span;

/// Where the built server is: as shipped (`target/server/xunan`), or what `XUNAN_BIN` names.
pub fn binary() -> PathBuf {
    std::env::var_os("XUNAN_BIN")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/server/xunan"), PathBuf::from)
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    process: Child,
    data: PathBuf,
    port: u16,
}

impl Server {
    /// Starts a server with the demo county on an empty or existing folder, on a port that is free.
    ///
    /// # Panics
    /// When it does not say within 60 s that it listens: nothing can be tested then.
    pub async fn start(data: &Path) -> Self {
        Self::start_on(data, 0).await
    }

    /// Starts a server that also publishes a rule pack from a file.
    ///
    /// # Panics
    /// When it does not say within 60 s that it listens.
    pub async fn start_with_pack(data: &Path, pack: &Path) -> Self {
        let mut command = serve(data, 0);
        command.arg("--pack").arg(pack);
        Self::started(command, data).await
    }

    /// Starts a server on a given port; 0 for any.
    ///
    /// # Panics
    /// When it does not say within 60 s that it listens.
    pub async fn start_on(data: &Path, port: u16) -> Self {
        Self::started(serve(data, port), data).await
    }

    async fn started(mut command: Command, data: &Path) -> Self {
        let mut process =
            command.stdout(Stdio::piped()).stderr(log_file(data)).kill_on_drop(true).spawn().unwrap_or_else(
                |error| panic!("{} does not start: {error}; build it first", binary().display()),
            );
        let stdout = process.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(stdout).lines();
        let listening = async {
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some((_, address)) = line.split_once("listening on http://") {
                    return address
                        .trim()
                        .rsplit(':')
                        .next()
                        .and_then(|port| port.trim_end_matches('/').parse().ok());
                }
            }
            None
        };
        let port = tokio::time::timeout(std::time::Duration::from_secs(60), listening).await.ok().flatten();
        let port = port.unwrap_or_else(|| {
            panic!("the server does not listen; see {}", data.join("server.log").display())
        });
        // Whatever it prints from now on must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { process, data: data.to_owned(), port }
    }

    /// The port it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The process id.
    ///
    /// # Panics
    /// When it has ended.
    pub fn pid(&self) -> u32 {
        self.process.id().expect("the server runs")
    }

    /// The reports of citizens, which nobody has looked at yet, came so many days ago; and no reminder of today went out.
    ///
    /// # Panics
    /// When there is none, or the database cannot be written.
    pub fn let_reports_wait(&self, days: u32) {
        let database = self.data.join(crate::demo::DATABASE);
        let database = rusqlite::Connection::open(database).expect("the database opens");
        let then = crate::phone::now().plus(Span::days(-i64::from(days))).to_string();
        let moved =
            "UPDATE snaps SET card = json_set(card, '$.received', ?1, '$.life.story[0].mark.received', ?1)";
        assert!(database.execute(moved, [then]).expect("reports can be moved") > 0, "there is no report");
        database.execute("DELETE FROM reminded_days", []).expect("today can come again");
    }

    /// Three institutions of each township with a public case have a known position from now on: those of the demo county have none.
    ///
    /// # Panics
    /// When nothing is public, or the database cannot be written.
    pub fn place_institutions(&self) {
        let database = self.data.join(crate::demo::DATABASE);
        let database = rusqlite::Connection::open(database).expect("the database opens");
        let place = "INSERT INTO map_points (facility, division, latitude_e7, longitude_e7)
                     SELECT division || '-' || value, division, 364000000 + 9000 * value, 1160000000
                     FROM plaza_places, (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3)";
        assert!(database.execute(place, []).expect("points can be written") > 0, "nothing is public");
    }

    /// Every sign-in ended so many days ago.
    ///
    /// # Panics
    /// When nobody was signed in, or the database cannot be written.
    pub fn expire_sign_ins(&self, days: i64) {
        let database = self.data.join(crate::demo::DATABASE);
        let database = rusqlite::Connection::open(database).expect("the database opens");
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock");
        let then = i64::try_from(now.as_millis()).expect("a time") - days * 24 * 60 * 60 * 1000;
        let ended = database.execute("UPDATE sessions SET expires = ?1", [then]).expect("sign-ins can end");
        assert!(ended > 0, "nobody was signed in");
    }

    /// Kills it with SIGKILL, as a power cut of the process.
    ///
    /// # Panics
    /// When the operating system refuses.
    pub async fn kill(mut self) {
        self.process.kill().await.expect("the server can be killed");
    }

    /// Kills it and starts it again on the same data and port.
    pub async fn kill_and_restart(self) -> Self {
        let (data, port) = (self.data.clone(), self.port);
        self.kill().await;
        Self::start_on(&data, port).await
    }
}

fn serve(data: &Path, port: u16) -> Command {
    let mut command = Command::new(binary());
    command.args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
    command
}

fn log_file(data: &Path) -> Stdio {
    std::fs::create_dir_all(data).expect("the data folder can be made");
    let log = std::fs::OpenOptions::new().create(true).append(true).open(data.join("server.log"));
    Stdio::from(log.expect("the log can be written"))
}
