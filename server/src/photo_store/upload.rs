//! Uploads that are not finished. The file's length is the offset: what a crash leaves behind is where the phone
//! goes on, and the digest at the end tells whether every byte is right.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::SystemTime;

use xunan_core::digest::Digest;
use xunan_core::evidence::{NotAJpeg, check_jpeg};
use xunan_core::ids::AccountId;

use super::folder::{PhotoFolder, found};

/// What an upload is known by: who uploads, and the digest that was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UploadKey {
    /// Who.
    pub account: AccountId,
    /// What.
    pub digest: Digest,
}

/// An upload that is not finished.
#[derive(Clone, Debug)]
pub struct OpenUpload {
    /// What it is known by.
    pub key: UploadKey,
    /// How long it will be, in bytes.
    pub length: u64,
    /// How much is here, in bytes.
    pub offset: u64,
    /// When something was added last.
    pub touched: SystemTime,
    file: PathBuf,
}

/// Why an upload did not become a photo. But for a failing disk, it is thrown away.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// The bytes are not those that were promised.
    #[error("the bytes do not have the promised digest")]
    WrongDigest,
    /// The bytes are not a photo.
    #[error(transparent)]
    NotAPhoto(#[from] NotAJpeg),
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

impl PhotoFolder {
    /// Begins an upload. One that was begun with the same promise goes on; one of another length begins anew.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin(&self, key: UploadKey, length: u64) -> io::Result<OpenUpload> {
        if let Some(open) = self.open_upload(key)? {
            if open.length == length {
                return Ok(open);
            }
            self.discard(&open)?;
        }
        let folder = self.uploads_of(key.account);
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{}-{length}", key.digest.hex()));
        File::create(&file)?;
        Ok(OpenUpload { key, length, offset: 0, touched: SystemTime::now(), file })
    }

    /// An upload that was begun; `None` when there is none.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn open_upload(&self, key: UploadKey) -> io::Result<Option<OpenUpload>> {
        Ok(self.open_uploads(key.account)?.into_iter().find(|open| open.key == key))
    }

    /// All unfinished uploads of an account.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn open_uploads(&self, account: AccountId) -> io::Result<Vec<OpenUpload>> {
        let Some(files) = found(fs::read_dir(self.uploads_of(account)))? else { return Ok(Vec::new()) };
        let mut uploads = Vec::new();
        for file in files {
            let file = file?;
            let name = file.file_name();
            let parts = name.to_str().and_then(|name| name.split_once('-'));
            let named =
                parts.and_then(|(hex, length)| Some((Digest::from_hex(hex).ok()?, length.parse().ok()?)));
            // It may have been finished or thrown away since the folder was listed.
            if let (Some((digest, length)), Some(meta)) = (named, found(file.metadata())?) {
                let key = UploadKey { account, digest };
                let touched = meta.modified()?;
                uploads.push(OpenUpload { key, length, offset: meta.len(), touched, file: file.path() });
            }
        }
        Ok(uploads)
    }

    /// Adds bytes at the end. Those that do not fit are the caller's mistake, and are not written.
    ///
    /// # Errors
    /// When the disk fails or is full: what was written counts, so ask for the offset anew.
    pub fn append(&self, upload: &mut OpenUpload, bytes: &[u8]) -> io::Result<()> {
        let after = upload.offset + bytes.len() as u64;
        if after > upload.length {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        OpenOptions::new().append(true).open(&upload.file)?.write_all(bytes)?;
        upload.offset = after;
        Ok(())
    }

    /// Takes bytes back from the end, down to `offset`.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn cut_back(&self, upload: &mut OpenUpload, offset: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(&upload.file)?.set_len(offset)?;
        upload.offset = offset;
        Ok(())
    }

    /// Makes a photo of a whole upload. When this returns, it is on disk under its digest.
    ///
    /// # Errors
    /// [`FinishError`].
    pub fn finish(&self, upload: &OpenUpload) -> Result<(), FinishError> {
        let bytes = fs::read(&upload.file)?;
        let fault = if Digest::of(&bytes) == upload.key.digest {
            check_jpeg(&bytes).err().map(FinishError::from)
        } else {
            Some(FinishError::WrongDigest)
        };
        match fault {
            None => Ok(self.adopt(&upload.file, &upload.key.digest)?),
            Some(fault) => {
                self.discard(upload)?;
                Err(fault)
            }
        }
    }

    /// Throws an upload away.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn discard(&self, upload: &OpenUpload) -> io::Result<()> {
        found(fs::remove_file(&upload.file)).map(|_| ())
    }

    /// Throws away the uploads to which nothing was added since `before`. Answers how many.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sweep(&self, before: SystemTime) -> io::Result<usize> {
        let mut swept = 0;
        for folder in fs::read_dir(&self.uploads)? {
            let Some(account) = folder?.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            for upload in self.open_uploads(account)? {
                if upload.touched < before {
                    self.discard(&upload)?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    fn uploads_of(&self, account: AccountId) -> PathBuf {
        self.uploads.join(account.to_string())
    }
}
