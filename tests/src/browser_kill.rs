//! The browser is killed, or its phone loses power, again and again while an inspector ticks and photographs: what the
//! page called stored is stored, bytes included.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::browser::{Browser, Screen};
use crate::chance::Chance;
use crate::demo;
use crate::network::Network;
use crate::pages::{ItemOnPage, Walk, open_signed_in, ready_offline};
use crate::server::Server;

/// What a run found. A run that loses something does not end: it says what, and with which seed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Toll {
    /// Times the browser was killed.
    pub kills: u32,
    /// Marks that the page called stored.
    pub marks: u32,
    /// Photos that the page called stored.
    pub photos: usize,
    /// Kills in the middle of a mark or a photo, before the page called it stored.
    pub in_the_middle: u32,
    /// Times after which the browser had forgotten that it keeps the app, which no page can sync: then the app comes from
    /// the network once more.
    pub shells: u32,
}

/// What must be there when the browser comes back.
#[derive(Debug, Default)]
struct Promised {
    /// Item → the mark that the page called stored.
    marks: BTreeMap<String, String>,
    /// A mark that was pressed last, and the kill came before the page said anything.
    pressed: Option<(String, String)>,
    /// Photos that the page called stored.
    photos: usize,
    /// A shutter that was pressed last.
    shot: usize,
}

/// What the browser's database holds of photos, by their SHA-256.
#[derive(Debug, Deserialize)]
pub struct OnDisk {
    /// Those that parts of the draft name.
    pub named: BTreeSet<String>,
    /// Those whose bytes are there, hashed anew.
    pub kept: BTreeSet<String>,
    /// How many parts name a photo.
    pub parts: usize,
    /// Frames that have not become photos yet.
    pub frames: usize,
    /// Presses of the shutter that have not become photos yet, with or without a frame.
    pub shots: usize,
}

/// Reads the account's database past the app, once every frame that a kill left behind has become a photo or was
/// refused.
///
/// # Panics
/// When the database cannot be read.
pub async fn photos_on_disk(browser: &Browser) -> OnDisk {
    photos_on_disk_when(browser, "every frame has become a photo", |disk| disk.frames == 0).await
}

/// Reads the account's database past the app, again and again until it is as `wanted`.
///
/// # Panics
/// When it does not become so, or cannot be read.
pub async fn photos_on_disk_when(browser: &Browser, what: &str, wanted: impl Fn(&OnDisk) -> bool) -> OnDisk {
    let look = async || {
        let found = browser.run_async(ON_DISK, vec![]).await;
        let disk: OnDisk =
            serde_json::from_value(found.clone()).unwrap_or_else(|error| panic!("{error} in {found}"));
        wanted(&disk).then_some(disk)
    };
    browser.wait(what, look).await
}

/// Reads the account's database past the app.
const ON_DISK: &str = "
    const [done] = arguments;
    const asked = (request) => new Promise((good, bad) => {
        request.onsuccess = () => good(request.result);
        request.onerror = () => bad(request.error);
    });
    const hex = (bytes) => [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, '0')).join('');
    (async () => {
        for (const { name } of await indexedDB.databases()) {
            const database = await asked(indexedDB.open(name));
            if (!database.objectStoreNames.contains('photos')) { database.close(); continue; }
            const all = (table) => asked(database.transaction(table).objectStore(table).getAll());
            // First: what is no frame any more by now is a part when those are read.
            const frames = (await all('frames')).length;
            const shots = (await all('shots')).length;
            const parts = (await all('parts')).map((it) => JSON.parse(it)).filter((it) => it.part === 'photo');
            const kept = [];
            for (const photo of await all('photos'))
                kept.push(hex(await crypto.subtle.digest('SHA-256', await photo.arrayBuffer())));
            database.close();
            const named = parts.map((it) => /\"stored\":\"sha256:([0-9a-f]{64})\"/.exec(JSON.stringify(it))[1]);
            return done({ named, kept, parts: parts.length, frames, shots });
        }
    })().catch((error) => done(String(error)));";

/// How a browser stops.
#[derive(Debug)]
pub enum Stop {
    /// All its processes are killed. What they wrote is written.
    Killed,
    /// The phone loses power. What was not synced may be gone.
    #[cfg(target_os = "linux")]
    PowerCut(crate::power_cut::Mounted),
}

impl Stop {
    /// Everything that was written up to now is on the disk.
    fn settle(&self) {
        #[cfg(target_os = "linux")]
        if let Self::PowerCut(disk) = self {
            disk.settle();
        }
    }

    async fn stop_and_reopen(&self, browser: Browser, chance: &mut Chance) -> Browser {
        match self {
            Self::Killed => browser.kill_and_reopen().await,
            #[cfg(target_os = "linux")]
            Self::PowerCut(disk) => {
                browser.kill().await;
                disk.cut(chance).await;
                Browser::open(disk.folder(), Screen::Phone).await
            }
        }
    }
}

/// Kills a browser so many times between and in the middle of touches, offline.
///
/// # Panics
/// When something that the page called stored is not there after a kill, or a photo is named whose bytes are not.
pub async fn kill_while_ticking_and_photographing(folder: &Path, kills: u32, seed: u64) -> Toll {
    stop_while_ticking_and_photographing(folder, &Stop::Killed, kills, seed).await
}

/// Cuts a phone's power so many times between and in the middle of touches, offline.
///
/// # Panics
/// As [`kill_while_ticking_and_photographing`]; and where no file system can be mounted.
#[cfg(target_os = "linux")]
pub async fn cut_power_while_ticking_and_photographing(folder: &Path, cuts: u32, seed: u64) -> Toll {
    let profile = folder.join("profile");
    std::fs::create_dir_all(&profile).expect("a folder");
    let stop = Stop::PowerCut(crate::power_cut::Mounted::on(&profile));
    stop_while_ticking_and_photographing(folder, &stop, cuts, seed).await
}

async fn stop_while_ticking_and_photographing(folder: &Path, stop: &Stop, kills: u32, seed: u64) -> Toll {
    let mut chance = Chance::from_seed(seed);
    let server = Server::start(&folder.join("server")).await;
    let network = Network::in_front_of(server.port()).await;
    let mut browser = Browser::open(&folder.join("profile"), Screen::Phone).await;
    open_signed_in(&browser, &network.origin(), demo::INSPECTOR).await;
    ready_offline(&browser).await;
    network.take_away();
    Walk(&browser).start_at(&network.origin(), demo::ELDERLY_HOME).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let items: Vec<_> = Walk(&browser).items().await.into_iter().filter(|item| item.has_marks).collect();
    let (mut promised, mut toll) = (Promised::default(), Toll::default());
    for kill in 1..=kills {
        // The page has been open for a while: only what is touched now is at stake.
        stop.settle();
        touch(&browser, &items, &mut chance, &mut promised, &mut toll).await;
        browser = stop.stop_and_reopen(browser, &mut chance).await;
        toll.shells += u32::from(!open_without_network(&browser, &network, &visit).await);
        browser.see(".item-card").await;
        toll.kills = kill;
        compare(&browser, &mut promised, kill, seed).await;
    }
    toll.photos = promised.photos;
    browser.close().await;
    toll
}

/// Opens a page, with the network where the browser cannot do without; tells whether it could.
async fn open_without_network(browser: &Browser, network: &Network, page: &str) -> bool {
    let is_ours = "return document.documentElement.lang !== '' && location.protocol !== 'chrome-error:'";
    if browser.client().goto(page).await.is_ok() && browser.run(is_ours, vec![]).await == true {
        return true;
    }
    network.give_back();
    browser.go(&network.origin()).await;
    ready_offline(browser).await;
    network.take_away();
    browser.go(page).await;
    false
}

/// Ticks twice, then ticks or photographs, and waits for the page's word or not, as chance has it.
async fn touch(
    browser: &Browser,
    items: &[ItemOnPage],
    chance: &mut Chance,
    promised: &mut Promised,
    toll: &mut Toll,
) {
    let walk = Walk(browser);
    for _ in 0..2 {
        let (item, mark) = mark_any(browser, items, chance).await;
        promised.marks.insert(item, mark);
        toll.marks += 1;
    }
    walk.saved().await;
    let hasty = chance.below(2) == 0;
    let pause = Duration::from_millis(chance.below(if hasty { 120 } else { 1 }));
    if chance.below(3) > 0 {
        let item = any(items, chance);
        walk.open_camera(&item.id).await;
        if hasty {
            walk.press_shutter().await;
            promised.shot = 1;
        } else {
            walk.photograph_until("已存第 1 张").await;
            promised.photos += 1;
        }
    } else {
        let pressed = mark_any(browser, items, chance).await;
        if hasty {
            promised.pressed = Some(pressed);
        } else {
            walk.saved().await;
            promised.marks.insert(pressed.0, pressed.1);
            toll.marks += 1;
        }
    }
    toll.in_the_middle += u32::from(hasty);
    // The moment of the kill is chance's, not the page's.
    tokio::time::sleep(pause).await;
}

/// Compares what is there with what was promised; what came through beyond it is promised from now on.
async fn compare(browser: &Browser, promised: &mut Promised, kill: u32, seed: u64) {
    let shown: BTreeMap<_, _> = Walk(browser).answers().await.into_iter().collect();
    if let Some((item, mark)) = promised.pressed.take()
        && shown.get(&item) == Some(&mark)
    {
        promised.marks.insert(item, mark);
    }
    assert_eq!(shown, promised.marks, "marks after kill {kill} of seed {seed}");

    let disk = photos_on_disk(browser).await;
    let lost: Vec<_> = disk.named.difference(&disk.kept).collect();
    assert!(
        lost.is_empty(),
        "photos {lost:?} are named without their bytes after kill {kill} of seed {seed}"
    );
    let whole = promised.photos..=promised.photos + promised.shot;
    assert!(
        whole.contains(&disk.parts),
        "{} photos, not {whole:?}, after kill {kill} of seed {seed}",
        disk.parts
    );
    (promised.photos, promised.shot) = (disk.parts, 0);
}

fn any<'a>(items: &'a [ItemOnPage], chance: &mut Chance) -> &'a ItemOnPage {
    &items[usize::try_from(chance.below(items.len() as u64)).unwrap_or(0)]
}

/// Presses 合格 or 不适用 on any item.
async fn mark_any(browser: &Browser, items: &[ItemOnPage], chance: &mut Chance) -> (String, String) {
    let (walk, item) = (Walk(browser), any(items, chance));
    let mark = if chance.below(2) == 0 {
        walk.pass(&item.id).await;
        "pass"
    } else {
        walk.not_applicable(item).await;
        "not-applicable"
    };
    (item.id.clone(), mark.to_owned())
}

/// Bytes that an origin uses, shell and database, as a browser counts them that was just opened.
///
/// Counted on a page that leaves the database alone. Beside a page of ours Chromium counts the shell twice for a while, which is
/// more than the whole reserve for text; and what a database may still use, it believes for half a minute.
///
/// # Panics
/// When the browser does not say it.
pub async fn used_bytes(browser: &Browser, origin: &str) -> u64 {
    browser.go(&format!("{origin}/sw.js")).await;
    let script = "navigator.storage.estimate().then(it => \
                  arguments[0](it.usageDetails.caches > 0 && it.usageDetails.indexedDB > 0 ? it.usage : null))";
    browser
        .wait("the count of what is used, shell and database", async || {
            browser.run_async(script, vec![]).await.as_u64()
        })
        .await
}

/// The storage refuses the last of the three writes of a photo, as a full one may, until there is room again.
pub const LAST_PHOTO_WRITE_REFUSED: &str = "
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'photos' && !self.roomAgain) throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, given);
    };";
