//! The disk as a file system of this machine (FUSE), so that a whole browser lives on it.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation,
    INodeNo, LockOwner, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory,
    ReplyEmpty, ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use super::disk::{Content, Disk, File, Node, ROOT};
use crate::chance::Chance;

/// Nothing is remembered by the kernel: after a cut everything is another.
const NOT_KEPT: Duration = Duration::ZERO;

/// Browsers count the room that is left, and believe a disk without any to be full.
const FREE_BLOCKS: u64 = 16 << 20;
const BLOCK: u32 = 4096;

/// A mounted disk.
#[derive(Debug)]
pub struct Mounted {
    state: Arc<Mutex<State>>,
    folder: PathBuf,
    _session: BackgroundSession,
}

#[derive(Debug, Default)]
struct State {
    disk: Disk,
    /// Files that somebody has open.
    open: usize,
}

impl Mounted {
    /// Mounts a new disk on a folder.
    ///
    /// # Panics
    /// When this machine or this user cannot mount (`/dev/fuse`; `fusermount3` for who is not root).
    pub fn on(folder: &Path) -> Self {
        let owner = std::fs::metadata(folder).expect("the folder is there");
        let state = Arc::new(Mutex::new(State::default()));
        let served = Served { state: Arc::clone(&state), owner: (owner.uid(), owner.gid()) };
        let session = fuser::spawn_mount(served, folder, &Config::default()).unwrap_or_else(|error| {
            panic!("a file system in memory cannot be mounted on this machine: {error}")
        });
        Self { state, folder: folder.to_owned(), _session: session }
    }

    /// Where it is mounted.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Nobody writes for half a minute: the kernel has written everything down.
    pub fn settle(&self) {
        lock(&self.state).disk.sync_all();
    }

    /// The power is cut. Whoever had files open must have been killed.
    ///
    /// # Panics
    /// When somebody keeps a file open.
    pub async fn cut(&self, chance: &mut Chance) {
        for _ in 0..200 {
            if self.cut_when_nobody_writes(chance) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("somebody still writes on a disk without power");
    }

    fn cut_when_nobody_writes(&self, chance: &mut Chance) -> bool {
        let mut state = lock(&self.state);
        let nobody = state.open == 0;
        if nobody {
            state.disk.cut(chance);
        }
        nobody
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the kernel asks.
#[derive(Debug)]
struct Served {
    state: Arc<Mutex<State>>,
    owner: (u32, u32),
}

impl Served {
    fn attributes(&self, disk: &Disk, node: Node) -> Option<FileAttr> {
        let (kind, size, perm) = match disk.content(node)? {
            Content::Folder => (FileType::Directory, 0, 0o700),
            Content::File(file) => (FileType::RegularFile, file.length() as u64, 0o700),
            Content::Link(path) => (FileType::Symlink, path.as_os_str().len() as u64, 0o777),
        };
        let ((uid, gid), changed) = (self.owner, disk.changed(node));
        Some(FileAttr {
            ino: INodeNo(node),
            size,
            blocks: size.div_ceil(512),
            atime: changed,
            mtime: changed,
            ctime: changed,
            crtime: changed,
            kind,
            perm,
            nlink: 1,
            uid,
            gid,
            rdev: 0,
            blksize: BLOCK,
            flags: 0,
        })
    }

    fn make(&self, folder: INodeNo, name: &OsStr, content: Content, reply: ReplyEntry) {
        let disk = &mut lock(&self.state).disk;
        let node = disk.make(folder.0, name, content);
        self.enter(disk, Some(node), reply);
    }

    fn enter(&self, disk: &Disk, node: Option<Node>, reply: ReplyEntry) {
        match node.and_then(|node| self.attributes(disk, node)) {
            Some(attributes) => reply.entry(&NOT_KEPT, &attributes, Generation(0)),
            None => reply.error(Errno::ENOENT),
        }
    }
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

impl Filesystem for Served {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let disk = &lock(&self.state).disk;
        self.enter(disk, disk.find(parent.0, name), reply);
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.attributes(&lock(&self.state).disk, ino.0) {
            Some(attributes) => reply.attr(&NOT_KEPT, &attributes),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn setattr(
        &self,
        request: &Request,
        ino: INodeNo,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        handle: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        if let Some(size) = size {
            lock(&self.state).disk.resize(ino.0, place(size));
        }
        self.getattr(request, ino, handle, reply);
    }

    fn readlink(&self, _: &Request, ino: INodeNo, reply: ReplyData) {
        match lock(&self.state).disk.content(ino.0) {
            Some(Content::Link(path)) => reply.data(path.as_os_str().as_encoded_bytes()),
            _ => reply.error(Errno::EINVAL),
        }
    }

    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, _: u32, _: u32, reply: ReplyEntry) {
        self.make(parent, name, Content::Folder, reply);
    }

    fn symlink(&self, _: &Request, parent: INodeNo, name: &OsStr, target: &Path, reply: ReplyEntry) {
        self.make(parent, name, Content::Link(target.to_owned()), reply);
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        lock(&self.state).disk.unlink(parent.0, name);
        reply.ok();
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let disk = &mut lock(&self.state).disk;
        match disk.find(parent.0, name) {
            Some(node) if disk.is_full_folder(node) => reply.error(Errno::ENOTEMPTY),
            _ => {
                disk.unlink(parent.0, name);
                reply.ok();
            }
        }
    }

    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        new_parent: INodeNo,
        new_name: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        let disk = &mut lock(&self.state).disk;
        let taken = disk.find(new_parent.0, new_name).is_some();
        if flags.contains(RenameFlags::RENAME_EXCHANGE) {
            reply.error(Errno::EINVAL);
        } else if flags.contains(RenameFlags::RENAME_NOREPLACE) && taken {
            reply.error(Errno::EEXIST);
        } else {
            disk.rename((parent.0, name), (new_parent.0, new_name));
            reply.ok();
        }
    }

    fn create(&self, _: &Request, parent: INodeNo, name: &OsStr, _: u32, _: u32, _: i32, reply: ReplyCreate) {
        let state = &mut *lock(&self.state);
        let node = state.disk.make(parent.0, name, Content::File(File::default()));
        match self.attributes(&state.disk, node) {
            Some(attributes) => {
                state.open += 1;
                reply.created(&NOT_KEPT, &attributes, Generation(0), FileHandle(0), FopenFlags::empty());
            }
            None => reply.error(Errno::EIO),
        }
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        lock(&self.state).open += 1;
        reply.opened(FileHandle(0), FopenFlags::empty());
    }

    fn release(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        _: OpenFlags,
        _: Option<LockOwner>,
        _: bool,
        reply: ReplyEmpty,
    ) {
        lock(&self.state).open -= 1;
        reply.ok();
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        reply.data(lock(&self.state).disk.read(ino.0, place(offset), size as usize));
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        lock(&self.state).disk.write(ino.0, place(offset), data);
        reply.written(u32::try_from(data.len()).unwrap_or(u32::MAX));
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        lock(&self.state).disk.sync(ino.0);
        reply.ok();
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        lock(&self.state).disk.sync(ino.0);
        reply.ok();
    }

    fn readdir(&self, _: &Request, ino: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let disk = &lock(&self.state).disk;
        let own = [(OsStr::new("."), ino.0), (OsStr::new(".."), ROOT)];
        for (at, (name, node)) in own.into_iter().chain(disk.list(ino.0)).enumerate().skip(place(offset)) {
            let kind = match disk.content(node) {
                Some(Content::File(_)) => FileType::RegularFile,
                Some(Content::Link(_)) => FileType::Symlink,
                _ => FileType::Directory,
            };
            if reply.add(INodeNo(node), at as u64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        reply.statfs(FREE_BLOCKS, FREE_BLOCKS, FREE_BLOCKS, FREE_BLOCKS, FREE_BLOCKS, BLOCK, 255, BLOCK);
    }
}
