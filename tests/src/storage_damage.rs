//! The files of a browser's database are damaged between two runs of it: bits turn over, files are cut off, files are
//! gone. What comes then is either all of the work, or a page that says what happened and leads on; never a page that
//! opens for ever, and never an empty list that looks like nobody had done anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::browser::{Browser, Screen};
use crate::chance::Chance;
use crate::demo;
use crate::network::Network;
use crate::pages::{ItemOnPage, Walk, open_signed_in, ready_offline};
use crate::server::Server;

/// What happens to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// One bit turns over, this far into the file in thousandths of its length.
    Flipped(u64),
    /// One bit of every so many bytes turns over: no record of it is whole.
    Riddled(usize),
    /// Only so many thousandths of it are left.
    CutOff(u64),
    /// It is not there any more.
    Gone,
}

/// A file of the database, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The journal of writes (`*.log`).
    Journal,
    /// What names the manifest in force (`CURRENT`).
    Current,
    /// The list of tables (`MANIFEST-*`).
    Manifest,
    /// Any of them, or a table (`*.ldb`), by its place among all.
    Any(u64),
}

/// What a person saw after the damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saw {
    /// Everything that was there.
    Everything,
    /// The page that says that something is lost, and leads on.
    SaidLost,
    /// The page that says that nothing can be read, and offers ways out.
    SaidUnreadable,
}

/// A profile with work in it, to be damaged again and again in copies.
#[derive(Debug)]
pub struct Phone {
    folder: PathBuf,
    visit: String,
    answers: BTreeMap<String, String>,
    photos: usize,
    network: Network,
    _server: Server,
}

impl Phone {
    /// An inspector walks without a network, ticks, takes a photo last, and closes the browser.
    pub async fn with_work(folder: &Path) -> Self {
        let server = Server::start(&folder.join("server")).await;
        let network = Network::in_front_of(server.port()).await;
        let browser = Browser::open(&folder.join("profile"), Screen::Phone).await;
        open_signed_in(&browser, &network.origin(), demo::INSPECTOR).await;
        ready_offline(&browser).await;
        network.take_away();
        let walk = Walk(&browser);
        walk.start_short_at(&network.origin(), demo::CEMETERY).await;
        let visit = browser.client().current_url().await.expect("a page").to_string();
        let items: Vec<_> = walk.items().await.into_iter().filter(|item| item.has_marks).collect();
        for item in &items[1..] {
            walk.not_applicable(item).await;
        }
        walk.pass(&items[0].id).await;
        walk.photograph(&items[0].id, 1).await;
        walk.saved().await;
        let (answers, photos) = work_on(&browser).await;
        assert!(answers.len() > 2 && photos == 1, "{answers:?}, {photos} photos");
        browser.close().await;
        until_the_journal_has_work(&folder.join("profile"), &visit, &items[1]).await;
        Self { folder: folder.to_owned(), visit, answers, photos, network, _server: server }
    }

    /// Where the app is found.
    pub fn origin(&self) -> String {
        self.network.origin()
    }

    /// The network is back.
    pub fn give_network_back(&self) {
        self.network.give_back();
    }

    /// Damages a copy of the profile, opens the visit on it, and tells what a person sees then.
    ///
    /// # Panics
    /// When that is neither all of the work, nor a page that says so and leads on.
    pub async fn damaged(&self, target: Target, harm: Harm) -> (Saw, Browser) {
        let profile = self.folder.join("damaged");
        if profile.exists() {
            std::fs::remove_dir_all(&profile).expect("an old copy can be removed");
        }
        copy(&self.folder.join("profile"), &profile);
        let file = find(&profile, target).unwrap_or_else(|| panic!("no {target:?} in {profile:?}"));
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        injure(&file, harm);
        let what = format!("{name} {harm:?}");
        let browser = Browser::open(&profile, Screen::Phone).await;
        browser.go(&self.visit).await;
        let saw = browser
            .wait(&format!("everything or a word on it, after {what}"), async || {
                let script = "return document.querySelector('[data-rescue]')?.dataset.rescue \
                    ?? (document.querySelector('[data-storage=whole] .item-card') && 'walk') ?? null";
                match browser.run(script, vec![]).await.as_str()? {
                    "walk" => Some(Saw::Everything),
                    "lost" => Some(Saw::SaidLost),
                    _ => Some(Saw::SaidUnreadable),
                }
            })
            .await;
        println!("{what}: {saw:?}");
        if saw == Saw::Everything {
            let found = work_on(&browser).await;
            assert_eq!(
                found,
                (self.answers.clone(), self.photos),
                "less than before, without a word, after {what}"
            );
        }
        (saw, browser)
    }
}

/// The browser folds its journal into tables whenever it likes, also at its end. Then harm to the journal harms no
/// work: so somebody ticks once more and takes it back, until the journal has the visit.
async fn until_the_journal_has_work(profile: &Path, visit: &str, item: &ItemOnPage) {
    let id = visit.rsplit('/').next().expect("the address ends with the visit");
    let in_keys: Vec<u8> = id.bytes().flat_map(|letter| [0, letter]).collect();
    for _ in 0..5 {
        let journal = find(profile, Target::Journal)
            .map_or_else(Vec::new, |file| std::fs::read(file).expect("the journal can be read"));
        let has = |wanted: &[u8]| journal.windows(wanted.len()).any(|part| part == wanted);
        if has(id.as_bytes()) || has(&in_keys) {
            return;
        }
        println!("the journal has nothing of the visit: ticking once more");
        let browser = Browser::open(profile, Screen::Phone).await;
        browser.go(visit).await;
        Walk(&browser).pass(&item.id).await;
        Walk(&browser).not_applicable(item).await;
        Walk(&browser).saved().await;
        browser.close().await;
    }
    panic!("five times the browser closed with nothing of the visit in its journal");
}

/// The answers that the walk shows, and how many photos.
async fn work_on(browser: &Browser) -> (BTreeMap<String, String>, usize) {
    browser
        .becomes("return document.querySelector('.photo img[src^=\"blob:\"]') !== null", &json!(true))
        .await;
    let answers = Walk(browser).answers().await.into_iter().collect();
    (answers, browser.count(".photo img").await)
}

/// Damages it so many times as chance has it, and counts what was seen.
pub async fn damage_by_chance(folder: &Path, times: u32, seed: u64) -> BTreeMap<Saw, u32> {
    let mut chance = Chance::from_seed(seed);
    let phone = Phone::with_work(folder).await;
    let mut seen = BTreeMap::new();
    for _ in 0..times {
        let target = Target::Any(chance.below(1_000));
        let harm = match chance.below(5) {
            0 | 1 => Harm::Flipped(chance.below(1_000)),
            2 | 3 => Harm::CutOff(chance.below(1_000)),
            _ => Harm::Gone,
        };
        let (saw, browser) = phone.damaged(target, harm).await;
        browser.kill().await;
        *seen.entry(saw).or_insert(0) += 1;
    }
    seen
}

fn injure(file: &Path, harm: Harm) {
    let bytes = std::fs::read(file).expect("the file is there");
    let at = |thousandths: u64| bytes.len() * usize::try_from(thousandths).unwrap_or(0) / 1_000;
    let injured = match harm {
        Harm::Gone => return std::fs::remove_file(file).expect("the file can be removed"),
        Harm::CutOff(thousandths) => bytes[..at(thousandths)].to_vec(),
        Harm::Flipped(thousandths) => {
            let mut bytes = bytes.clone();
            bytes[at(thousandths)] ^= 4;
            bytes
        }
        Harm::Riddled(every) => {
            let mut bytes = bytes.clone();
            bytes.iter_mut().step_by(every).for_each(|byte| *byte ^= 4);
            bytes
        }
    };
    std::fs::write(file, injured).expect("the file can be written");
}

/// The database's file. LevelDB's own notes for people and its lock have nothing to lose.
fn find(profile: &Path, target: Target) -> Option<PathBuf> {
    let mut files = Vec::new();
    below(&profile.join("Default/IndexedDB"), &mut files);
    let name =
        |file: &PathBuf| file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    files.retain(|file| {
        let of_database = file.parent().is_some_and(|it| it.to_string_lossy().ends_with(".leveldb"));
        let is_empty = std::fs::metadata(file).is_ok_and(|it| it.len() == 0);
        of_database && !is_empty && !name(file).starts_with("LOG") && name(file) != "LOCK"
    });
    files.sort();
    let wanted = |file: &&PathBuf| match target {
        Target::Journal => name(file).ends_with(".log"),
        Target::Current => name(file) == "CURRENT",
        Target::Manifest => name(file).starts_with("MANIFEST-"),
        Target::Any(_) => true,
    };
    let mut fitting: Vec<_> = files.iter().filter(wanted).collect();
    match target {
        Target::Any(at) if !fitting.is_empty() => {
            fitting.get(usize::try_from(at).unwrap_or(0) % fitting.len()).map(|file| (*file).clone())
        }
        // The names are numbers: the last one is in force.
        _ => fitting.pop().cloned(),
    }
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() { below(&path, files) } else { files.push(path) }
    }
}

/// Copies a profile; not the lock of the browser that had it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the profile is there").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with("Singleton") {
            continue;
        }
        if path.is_dir() {
            copy(&path, &target);
        } else {
            // What the browser is just throwing away need not be copied.
            let _gone = std::fs::copy(&path, &target);
        }
    }
}
