//! A disk in memory that knows what was synced. When its power is cut, the rest is there or not as chance has it: files
//! keep any of the pages that were overwritten and as much as was added up to any page, and the newest changes of folders
//! are gone, in the order in which they came. So do the file systems of phones (ext4, f2fs), where a file grows only by
//! what is written, and syncing one file writes the journal of all.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::SystemTime;

use crate::chance::Chance;

/// A number that stands for a file or folder.
pub(super) type Node = u64;

/// The folder that is mounted.
pub(super) const ROOT: Node = 1;

const PAGE: usize = 4096;

/// What stands behind a number.
#[derive(Debug)]
pub(super) enum Content {
    /// A folder. What is in it stands in the tree.
    Folder,
    /// A file.
    File(File),
    /// A symbolic link.
    Link(PathBuf),
}

/// A file's bytes, and those of them that a loss of power leaves for certain.
#[derive(Debug, Default)]
pub(super) struct File {
    now: Vec<u8>,
    synced: Vec<u8>,
    /// Pages that differ, or may.
    dirty: BTreeSet<usize>,
}

/// Which names are in which folders.
type Tree = BTreeMap<(Node, OsString), Node>;

/// One change of the tree.
#[derive(Debug)]
enum Change {
    Named { folder: Node, name: OsString, node: Node },
    Gone { folder: Node, name: OsString },
    Moved { from: (Node, OsString), to: (Node, OsString) },
}

/// The disk.
#[derive(Debug)]
pub(super) struct Disk {
    nodes: BTreeMap<Node, Content>,
    tree: Tree,
    synced_tree: Tree,
    journal: Vec<Change>,
    changed: BTreeMap<Node, SystemTime>,
    next: Node,
}

impl Default for Disk {
    fn default() -> Self {
        let nodes = BTreeMap::from([(ROOT, Content::Folder)]);
        let (tree, synced_tree, journal) = (Tree::new(), Tree::new(), Vec::new());
        Self { nodes, tree, synced_tree, journal, changed: BTreeMap::new(), next: ROOT + 1 }
    }
}

impl Disk {
    /// What stands behind a number.
    pub(super) fn content(&self, node: Node) -> Option<&Content> {
        self.nodes.get(&node)
    }

    /// When something was last changed: Chromium's caches tell by it whether their list is up to date.
    pub(super) fn changed(&self, node: Node) -> SystemTime {
        self.changed.get(&node).copied().unwrap_or(SystemTime::UNIX_EPOCH)
    }

    fn note(&mut self, node: Node) {
        self.changed.insert(node, SystemTime::now());
    }

    /// What a folder has under a name.
    pub(super) fn find(&self, folder: Node, name: &OsStr) -> Option<Node> {
        self.tree.get(&(folder, name.to_owned())).copied()
    }

    /// Everything in a folder, in the order of the names.
    pub(super) fn list(&self, folder: Node) -> impl Iterator<Item = (&OsStr, Node)> {
        let from = (folder, OsString::new());
        let inside = self.tree.range(from..).take_while(move |((parent, _), _)| *parent == folder);
        inside.map(|((_, name), node)| (name.as_os_str(), *node))
    }

    /// Makes something new in a folder.
    pub(super) fn make(&mut self, folder: Node, name: &OsStr, content: Content) -> Node {
        let node = self.next;
        self.next += 1;
        self.nodes.insert(node, content);
        self.change(Change::Named { folder, name: name.to_owned(), node });
        node
    }

    /// Takes a name out of a folder. What it named stays for whoever has it open.
    pub(super) fn unlink(&mut self, folder: Node, name: &OsStr) {
        self.change(Change::Gone { folder, name: name.to_owned() });
    }

    /// Renames, in place of what has the new name. Bytes that take the place of others are written down before the name
    /// is (ext4, `auto_da_alloc`): too many programs rely on it.
    pub(super) fn rename(&mut self, from: (Node, &OsStr), to: (Node, &OsStr)) {
        if self.find(to.0, to.1).is_some()
            && let Some(node) = self.find(from.0, from.1)
            && let Some(Content::File(file)) = self.nodes.get_mut(&node)
        {
            file.sync();
        }
        self.change(Change::Moved { from: (from.0, from.1.to_owned()), to: (to.0, to.1.to_owned()) });
    }

    fn change(&mut self, change: Change) {
        match &change {
            Change::Named { folder, node, .. } => [*folder, *node].map(|node| self.note(node)),
            Change::Gone { folder, .. } => [*folder; 2].map(|node| self.note(node)),
            Change::Moved { from, to } => [from.0, to.0].map(|node| self.note(node)),
        };
        apply(&mut self.tree, &change);
        self.journal.push(change);
    }

    /// A file's bytes from a place on.
    pub(super) fn read(&self, node: Node, from: usize, length: usize) -> &[u8] {
        let Some(Content::File(file)) = self.nodes.get(&node) else { return &[] };
        let end = file.now.len().min(from.saturating_add(length));
        file.now.get(from..end).unwrap_or_default()
    }

    /// Writes into a file, and makes it longer where needed.
    pub(super) fn write(&mut self, node: Node, from: usize, bytes: &[u8]) {
        self.note(node);
        let Some(Content::File(file)) = self.nodes.get_mut(&node) else { return };
        let end = from + bytes.len();
        if file.now.len() < end {
            file.resize(end);
        }
        file.now[from..end].copy_from_slice(bytes);
        file.dirty.extend(from / PAGE..end.div_ceil(PAGE));
    }

    /// Cuts a file off, or fills it up with zeros.
    pub(super) fn resize(&mut self, node: Node, length: usize) {
        self.note(node);
        if let Some(Content::File(file)) = self.nodes.get_mut(&node) {
            file.resize(length);
        }
    }

    /// Whether it is a folder with something in it.
    pub(super) fn is_full_folder(&self, node: Node) -> bool {
        self.list(node).next().is_some()
    }

    /// A file, and every change of folders up to now, outlast a loss of power.
    pub(super) fn sync(&mut self, node: Node) {
        for change in self.journal.drain(..) {
            apply(&mut self.synced_tree, &change);
        }
        if let Some(Content::File(file)) = self.nodes.get_mut(&node) {
            file.sync();
        }
    }

    /// Everything outlasts it: nobody has written for half a minute.
    pub(super) fn sync_all(&mut self) {
        let all: Vec<Node> = self.nodes.keys().copied().collect();
        all.into_iter().for_each(|node| self.sync(node));
    }

    /// The power is gone, and back.
    pub(super) fn cut(&mut self, chance: &mut Chance) {
        let kept = usize::try_from(chance.below(self.journal.len() as u64 + 1)).unwrap_or(0);
        for change in self.journal.drain(..).take(kept) {
            apply(&mut self.synced_tree, &change);
        }
        self.tree.clone_from(&self.synced_tree);
        let named: BTreeSet<Node> = self.tree.values().copied().chain([ROOT]).collect();
        self.nodes.retain(|node, _| named.contains(node));
        for content in self.nodes.values_mut() {
            if let Content::File(file) = content {
                file.tear(chance);
            }
        }
    }
}

impl File {
    /// How long it is.
    pub(super) fn length(&self) -> usize {
        self.now.len()
    }

    fn resize(&mut self, length: usize) {
        let shorter = self.now.len().min(length);
        self.dirty.extend(shorter / PAGE..self.now.len().max(length).div_ceil(PAGE));
        self.now.resize(length, 0);
    }

    fn sync(&mut self) {
        self.synced.resize(self.now.len(), 0);
        for page in std::mem::take(&mut self.dirty) {
            copy_page(&self.now, &mut self.synced, page);
        }
    }

    /// What was there is overwritten in any of its pages; what was added is there up to any page.
    fn tear(&mut self, chance: &mut Chance) {
        let (before, after) = (self.synced.len(), self.now.len());
        let grown = after.saturating_sub(before).div_ceil(PAGE) as u64;
        let pages = usize::try_from(chance.below(grown + 1)).unwrap_or(0);
        let cut_short = after < before && chance.below(2) == 0;
        let length = if cut_short { after } else { after.min(before + pages * PAGE).max(before) };
        self.synced.resize(length, 0);
        if length > before {
            self.synced[before..].copy_from_slice(&self.now[before..length]);
        }
        for page in std::mem::take(&mut self.dirty) {
            if (page + 1) * PAGE <= before && chance.below(2) == 0 {
                copy_page(&self.now, &mut self.synced, page);
            }
        }
        self.now.clone_from(&self.synced);
    }
}

/// As much of a page as both have.
fn copy_page(from: &[u8], to: &mut [u8], page: usize) {
    let end = from.len().min(to.len()).min((page + 1) * PAGE);
    let begin = page * PAGE;
    if begin < end {
        to[begin..end].copy_from_slice(&from[begin..end]);
    }
}

fn apply(tree: &mut Tree, change: &Change) {
    match change {
        Change::Named { folder, name, node } => _ = tree.insert((*folder, name.clone()), *node),
        Change::Gone { folder, name } => _ = tree.remove(&(*folder, name.clone())),
        Change::Moved { from, to } => {
            if let Some(node) = tree.remove(from) {
                tree.insert(to.clone(), node);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(disk: &mut Disk, name: &str, bytes: &[u8]) -> Node {
        let node = disk.make(ROOT, OsStr::new(name), Content::File(File::default()));
        disk.write(node, 0, bytes);
        node
    }

    #[test]
    fn what_was_synced_is_there_after_every_cut() {
        for seed in 0..200 {
            let (mut disk, mut chance) = (Disk::default(), Chance::from_seed(seed));
            let node = file(&mut disk, "journal", &[7; 10_000]);
            disk.sync(node);
            disk.write(node, 10_000, &[8; 9_000]);
            disk.cut(&mut chance);
            assert_eq!(disk.find(ROOT, OsStr::new("journal")), Some(node));
            assert_eq!(disk.read(node, 0, 10_000), [7; 10_000], "seed {seed}");
        }
    }

    #[test]
    fn what_was_not_synced_is_lost_kept_and_torn_in_some_cuts_each() {
        let mut seen = BTreeSet::new();
        for seed in 0..200 {
            let (mut disk, mut chance) = (Disk::default(), Chance::from_seed(seed));
            let node = file(&mut disk, "photo", &[7; 2 * PAGE]);
            disk.cut(&mut chance);
            seen.insert(match disk.find(ROOT, OsStr::new("photo")) {
                None => "no name",
                Some(_) if disk.read(node, 0, 2 * PAGE).is_empty() => "empty",
                Some(_) if disk.read(node, 0, 2 * PAGE) == [7; 2 * PAGE] => "whole",
                Some(_) => "torn",
            });
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["empty", "no name", "torn", "whole"]);
    }

    #[test]
    fn a_rename_that_was_not_synced_happens_whole_or_not_at_all() {
        for seed in 0..50 {
            let (mut disk, mut chance) = (Disk::default(), Chance::from_seed(seed));
            let (old, new) = (OsStr::new("CURRENT"), OsStr::new("CURRENT.new"));
            let first = file(&mut disk, "CURRENT", b"1");
            let second = file(&mut disk, "CURRENT.new", b"2");
            disk.sync(second);
            disk.sync(first);
            disk.rename((ROOT, new), (ROOT, old));
            disk.cut(&mut chance);
            let found = (disk.find(ROOT, old), disk.find(ROOT, new));
            assert!(found == (Some(second), None) || found == (Some(first), Some(second)), "{found:?}");
        }
    }

    #[test]
    fn a_file_that_was_cut_off_and_synced_is_short() {
        let mut disk = Disk::default();
        let node = file(&mut disk, "log", &[7; 9_000]);
        disk.sync(node);
        disk.resize(node, 100);
        disk.sync_all();
        disk.cut(&mut Chance::from_seed(1));
        assert_eq!(disk.read(node, 0, 9_000), [7; 100]);
    }
}
