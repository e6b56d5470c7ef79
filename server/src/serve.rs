//! `xunan serve`: from the command line to a listening server, and back down in order.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::serve::ListenerExt as _;
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::filter::LevelFilter;

use crate::accounts::{Attempts, Pace, PasswordError, Passwords};
use crate::clock::Clock;
use crate::command_line::{LogFormat, ServeOptions};
use crate::connectors;
use crate::data_folder::{self, DataFolderError};
use crate::demo::{self, DemoError};
use crate::documents::Press;
use crate::intake::{Intake, PackError, Packs};
use crate::keys::{KeyError, ServerKeys};
use crate::ledger_store::{LedgerStore, StoreError};
use crate::notices::Reminders;
use crate::parts::{AddressSource, Parts, Standing, Transport};
use crate::photo_store::{Claims, PhotoFolder, UPLOAD_LASTS};
use crate::rebuild::{RebuildError, rebuild_when_needed};
use crate::routes;
use crate::shadows::Shadows;
use crate::snaps::{SnapError, Snaps};
use crate::trainings::Trainings;
use crate::transparency::TransparencyLog;

/// How often what nobody needs any more is removed.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// How long requests under way may take once the server was asked to stop.
const STOP_PATIENCE: Duration = Duration::from_secs(20);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder.
    #[error(transparent)]
    DataFolder(#[from] DataFolderError),
    /// The receipt keys.
    #[error("cannot load the receipt keys: {0}")]
    Keys(#[from] KeyError),
    /// The rule packs.
    #[error("cannot load the rule packs: {0}")]
    Packs(#[from] PackError),
    /// The rows, which this version wants in another form.
    #[error("cannot make the rows again: {0}")]
    Rebuild(#[from] RebuildError),
    /// The key of citizens' reports.
    #[error("cannot load the key of citizens' reports: {0}")]
    Snaps(#[from] SnapError),
    /// The password hasher.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// The demo county.
    #[error("cannot load the demo county: {0}")]
    Demo(#[from] DemoError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The network.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// The runtime or standard output.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Runs the server until it is stopped.
///
/// # Errors
/// [`ServeError`] when it does not start.
pub fn run(options: &ServeOptions) -> Result<(), ServeError> {
    write_log_lines(options.log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(options))
}

/// Puts together everything that the routes need.
///
/// # Errors
/// [`ServeError`].
pub async fn assemble(
    (store, photos): (LedgerStore, PhotoFolder),
    standing: Standing,
    clock: Clock,
) -> Result<Parts, ServeError> {
    let keys = ServerKeys::load(&store, &clock).await?;
    let packs = Packs::publish(&store).await?;
    if let Some(rebuilt) = rebuild_when_needed(&store, &packs).await? {
        tracing::info!(entries = rebuilt.entries, "rows were made again in the form of this version");
    }
    let intake = Intake::new(store.clone(), photos.clone(), keys.clone(), packs.clone());
    Ok(Parts {
        snaps: Snaps::open(store.clone(), intake.clone(), photos.clone(), clock.clone())?,
        trainings: Trainings::new(store.clone(), intake.clone(), clock.clone()),
        intake,
        transparency: TransparencyLog::new(store.clone(), keys.clone(), clock.clone()),
        shadows: Shadows::new(store.clone(), photos.clone()),
        press: Press::find_fonts(),
        passwords: Passwords::new()?,
        store,
        photos,
        claims: Claims::default(),
        keys,
        packs,
        attempts: Arc::new(Attempts::default()),
        pace: Arc::new(Pace::default()),
        clock,
        standing,
    })
}

async fn serve(options: &ServeOptions) -> Result<(), ServeError> {
    let standing = Standing {
        transport: if options.secure_cookies { Transport::Tls } else { Transport::Plain },
        addresses: if options.trust_forwarded_for { AddressSource::Proxy } else { AddressSource::Connection },
    };
    let opened = data_folder::open(&options.data)?;
    let files = options.packs.iter().map(std::fs::read).collect::<io::Result<Vec<_>>>()?;
    Packs::store_foreign(&opened.0, files).await?;
    let parts = assemble(opened, standing, Clock::default()).await?;
    if options.demo {
        demo::load(&parts).await?;
        io::stdout().write_all(demo::logins().as_bytes())?;
    }
    let refused = |cause| ServeError::Listen { address: options.listen, cause };
    let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
    let stop = listen_for_stop()?;
    // Programs that start this one wait for this line.
    writeln!(io::stdout(), "listening on http://{}", listener.local_addr().map_err(refused)?)?;
    io::stdout().flush()?;

    let sweeper = tokio::spawn(sweep_now_and_then(parts.clone()));
    let log_keeper = tokio::spawn(parts.transparency.clone().keep_up());
    let reminders = tokio::spawn(Reminders::new(parts.store.clone(), parts.clock.clone()).keep_up());
    let connectors = connectors::start(&options.connectors, &parts);
    let service = routes::router(parts).into_make_service_with_connect_info::<SocketAddr>();
    let served = tokio::select! {
        served = axum::serve(listener.tap_io(send_at_once), service).with_graceful_shutdown(stopped(stop.clone())) => served,
        // A phone at the edge of the network may take minutes for a photo: it goes on with the next server.
        () = async { stopped(stop.clone()).await; tokio::time::sleep(STOP_PATIENCE).await } => Ok(()),
    };
    sweeper.abort();
    log_keeper.abort();
    reminders.abort();
    drop(connectors);
    tracing::info!("stopped");
    Ok(served?)
}

/// Listens, from this call on, for somebody who asks the process to stop; then the value turns true.
fn listen_for_stop() -> io::Result<watch::Receiver<bool>> {
    let (asked, stop) = watch::channel(false);
    #[cfg(unix)]
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    #[cfg(unix)]
    let signalled = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    #[cfg(not(unix))]
    let signalled = async move { _ = tokio::signal::ctrl_c().await };
    tokio::spawn(async move {
        signalled.await;
        tracing::info!("asked to stop: finishing the requests under way");
        asked.send_replace(true);
    });
    Ok(stop)
}

/// Resolves when the process was asked to stop.
async fn stopped(mut stop: watch::Receiver<bool>) {
    // The sender is gone only when the runtime is: that is a stop as well.
    let _ = stop.wait_for(|asked| *asked).await;
}

/// Removes what nobody needs any more: ended sessions, copies of drafts, forsaken uploads, photos and recordings that no entry names.
async fn sweep_now_and_then(parts: Parts) {
    let mut hours = tokio::time::interval(SWEEP_EVERY);
    loop {
        hours.tick().await;
        let now = parts.clock.now();
        if let Err(error) = parts.store.write(move |tables| tables.delete_ended_sessions(now)).await {
            tracing::warn!(%error, "ended sessions could not be swept");
        }
        if let Err(error) = parts.shadows.sweep(now).await {
            tracing::warn!(%error, "copies of drafts could not be swept");
        }
        if let Err(error) = parts.snaps.sweep_recordings().await {
            tracing::warn!(%error, "recordings that no report names could not be swept");
        }
        let photos = parts.photos.clone();
        let uploads =
            tokio::task::spawn_blocking(move || photos.sweep(SystemTime::now() - UPLOAD_LASTS)).await;
        let unclaimed = parts.intake.sweep(now).await;
        match (uploads, unclaimed) {
            (Ok(Ok(uploads)), Ok(photos)) => {
                tracing::info!(swept.uploads = uploads, swept.photos = photos, "swept");
            }
            (uploads, unclaimed) => tracing::warn!(?uploads, ?unclaimed, "sweeping failed"),
        }
    }
}

fn write_log_lines(format: LogFormat) {
    let lines = tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).with_ansi(false);
    match format {
        LogFormat::Compact => lines.compact().with_max_level(LevelFilter::INFO).init(),
        LogFormat::Json => lines.json().with_max_level(LevelFilter::INFO).init(),
        LogFormat::Quiet => lines.compact().with_max_level(LevelFilter::WARN).init(),
    }
}

/// Sends what is written at once: of an answer in pieces, each would wait some 40 ms until the other side has acknowledged the one
/// before.
fn send_at_once(stream: &mut TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection waits before it sends");
    }
}
