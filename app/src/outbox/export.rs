//! The way out without a network: entries and photos as one file, for a USB stick, WeChat or mail.
//!
//! The file is an evidence package ([`xunan_core::package`]), as the server writes it too; of what only a server can
//! say there is what this phone was told. It is joined from parts that the browser holds: half a gigabyte of photos
//! never passes through our memory; each is read once for its checksum.

use std::collections::BTreeMap;

use xunan_core::log::{Body, SignedEntry};
use xunan_core::outbox::Delivery;
use xunan_core::package::{
    Crc32, FileName, KeySet, Layout, NotWritable, README, device_key_json, photo_files, rules_of,
};
use xunan_core::problem::Problem;

use super::seal::seal;
use crate::browser::binary::BinaryPart;
use crate::browser::files::{self, HandedOver};
use crate::browser::{Binary, clock};
use crate::session::Phone;
use crate::store::Queued;

/// Who may read the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// Whoever has it.
    Plain,
    /// Whoever knows this password.
    Password(String),
}

/// How an export ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    /// The file is out.
    Handed,
    /// The user closed the share sheet.
    CalledOff,
}

/// What a file of the package will be made of.
enum Source {
    Text(String),
    Picture(Binary),
}

/// Exports these entries with their photos. Nothing here changes: it is a copy.
pub(super) async fn export(
    phone: Phone,
    items: &[Queued],
    protection: &Protection,
) -> Result<Exported, Problem> {
    let mut files = BTreeMap::new();
    files.insert(FileName::Readme, Source::Text(README.to_owned()));
    add_keys(phone, &mut files);
    for queued in items {
        add_entry(phone, queued, &mut files).await?;
    }
    let package = joined(files).await?;
    let name = format!("xunan-{}.zip", clock::now().date());
    let (file, name) = match protection {
        Protection::Plain => (package, name),
        Protection::Password(password) => (seal(&package, password).await?, format!("{name}.xunan")),
    };
    match files::hand_over(&file, &name).await.map_err(refused)? {
        HandedOver::Downloaded | HandedOver::Shared => Ok(Exported::Handed),
        HandedOver::CalledOff => Ok(Exported::CalledOff),
    }
}

/// The keys that this phone knows: its own, and the server's as told at enrolment.
fn add_keys(phone: Phone, files: &mut BTreeMap<FileName, Source>) {
    let Some(device) = phone.device() else { return };
    let key = device_key_json(&device.public_key);
    files.insert(FileName::DeviceKey(device.device), Source::Text(key));
    if !device.server_keys.is_empty() {
        let keys = KeySet(device.server_keys.into_iter().map(|published| published.key).collect());
        files.insert(FileName::ServerKeys, Source::Text(keys.to_json()));
    }
}

async fn add_entry(
    phone: Phone,
    queued: &Queued,
    files: &mut BTreeMap<FileName, Source>,
) -> Result<(), Problem> {
    let (store, entry) = (phone.store(), queued.item.entry());
    let Some(text) = store.entry(entry).await? else {
        return Err(Problem::StorageFailed { cause: "EntryLost".to_owned() });
    };
    let signed = SignedEntry::parse(&text).map_err(|_| Problem::Damaged)?;
    files.insert(FileName::Entry(entry), Source::Text(text));
    if let Delivery::Acknowledged { receipt, .. } = queued.item.delivery() {
        files.insert(FileName::Receipt(entry), Source::Text(receipt.clone()));
    }
    for (name, photo) in photo_files(&signed).zip(&signed.entry().photos) {
        // Photos whose receipt has come are with the server; two entries may name the same bytes.
        if let Some(picture) = store.photo(photo.id).await? {
            files.insert(name, Source::Picture(picture));
        }
    }
    if let Ok(Body::VisitSigned(record)) = signed.body() {
        for rules in rules_of(record) {
            if let Some(text) = store.pack_text(rules).await? {
                files.insert(FileName::Rules(rules.hash), Source::Text(text));
            }
        }
    }
    Ok(())
}

/// The package, joined by the browser.
async fn joined(files: BTreeMap<FileName, Source>) -> Result<Binary, Problem> {
    let (mut layout, mut parts) = (Layout::default(), Vec::new());
    for (name, source) in files {
        let (checksum, size_bytes, part) = match source {
            Source::Text(text) => (Crc32::of(text.as_bytes()), text.len() as u64, BinaryPart::Text(text)),
            Source::Picture(picture) => {
                let bytes = picture.bytes().await.map_err(|_| Problem::Damaged)?;
                (Crc32::of(&bytes), bytes.len() as u64, BinaryPart::Binary(picture))
            }
        };
        parts.push(BinaryPart::Bytes(layout.add(name, checksum, size_bytes).map_err(too_large)?));
        parts.push(part);
    }
    parts.push(BinaryPart::Bytes(layout.finish()));
    Binary::joined(parts, "application/zip").map_err(refused)
}

fn refused(refused: crate::browser::Refused) -> Problem {
    Problem::StorageFailed { cause: refused.name }
}

/// A package has room for 4 GiB, ten times what an outbox holds.
fn too_large(_: NotWritable) -> Problem {
    Problem::TooLarge { limit_bytes: u64::from(u32::MAX) }
}
