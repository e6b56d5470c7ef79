//! The way out without a network: entries and photos as one file, for a USB stick, WeChat or mail.
//!
//! The file is a ZIP without compression (APPNOTE 6.3.10), so that anybody can open it: `entries/<id>.jws` exactly as
//! signed, `receipts/<id>.jws` where there are any, `photos/<sha256>.jpg`. It is joined from parts that the browser
//! holds: half a gigabyte of photos never passes through our memory; each is read once for its checksum.

use std::collections::BTreeSet;

use xunan_core::outbox::Delivery;
use xunan_core::problem::Problem;

use crate::browser::binary::BinaryPart;
use crate::browser::files::{self, HandedOver};
use crate::browser::{Binary, clock};
use crate::session::Phone;
use crate::store::Queued;

/// How an export ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    /// The file is out.
    Handed,
    /// The user closed the share sheet.
    CalledOff,
}

/// Exports these entries with their photos. Nothing here changes: it is a copy.
pub(super) async fn export(phone: Phone, items: &[Queued]) -> Result<Exported, Problem> {
    let store = phone.store();
    let mut archive = Archive::default();
    let mut packed = BTreeSet::new();
    for queued in items {
        let entry = queued.item.entry();
        let Some(text) = store.entry(entry).await? else {
            return Err(Problem::StorageFailed { cause: "EntryLost".to_owned() });
        };
        archive.add_text(&format!("entries/{entry}.jws"), text);
        if let Delivery::Acknowledged { receipt, .. } = queued.item.delivery() {
            archive.add_text(&format!("receipts/{entry}.jws"), receipt.clone());
        }
        for photo in queued.item.photos() {
            // Photos whose receipt has come are with the server; two entries may name the same bytes.
            let Some(jpeg) = store.photo(photo.id).await? else { continue };
            if packed.insert(photo.digest) {
                archive.add_binary(&format!("photos/{}.jpg", photo.digest.hex()), jpeg).await?;
            }
        }
    }
    let file = archive.finish().map_err(refused)?;
    let name = format!("xunan-{}.zip", clock::now().date());
    match files::hand_over(&file, &name).await.map_err(refused)? {
        HandedOver::Downloaded | HandedOver::Shared => Ok(Exported::Handed),
        HandedOver::CalledOff => Ok(Exported::CalledOff),
    }
}

fn refused(refused: crate::browser::Refused) -> Problem {
    Problem::StorageFailed { cause: refused.name }
}

/// A ZIP that is being put together.
#[derive(Default)]
struct Archive {
    parts: Vec<BinaryPart>,
    directory: Vec<u8>,
    files: u16,
    size_bytes: u32,
}

impl Archive {
    fn add_text(&mut self, name: &str, text: String) {
        let (checksum, size) = (crc32(text.as_bytes()), text.len());
        self.add(name, checksum, size, BinaryPart::Text(text));
    }

    async fn add_binary(&mut self, name: &str, binary: Binary) -> Result<(), Problem> {
        let bytes = binary.bytes().await.map_err(|_| Problem::Damaged)?;
        self.add(name, crc32(&bytes), bytes.len(), BinaryPart::Binary(binary));
        Ok(())
    }

    /// A local header, the bytes, and a line for the directory. Sizes are 32 bits: an outbox is far below 4 GiB.
    fn add(&mut self, name: &str, checksum: u32, size: usize, part: BinaryPart) {
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        let fields = fields_of(name, checksum, size);
        let mut header = vec![0x50, 0x4B, 3, 4];
        header.extend_from_slice(&fields);
        header.extend_from_slice(name.as_bytes());
        self.directory.extend_from_slice(&[0x50, 0x4B, 1, 2, 20, 0]);
        self.directory.extend_from_slice(&fields);
        // No comment, first disk, no attributes, then where the file begins.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&self.size_bytes.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.size_bytes += u32::try_from(header.len()).unwrap_or(0) + size;
        self.files += 1;
        self.parts.push(BinaryPart::Bytes(header));
        self.parts.push(part);
    }

    fn finish(mut self) -> Result<Binary, crate::browser::Refused> {
        let length = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        let mut end = std::mem::take(&mut self.directory);
        end.extend_from_slice(&[0x50, 0x4B, 5, 6, 0, 0, 0, 0]);
        end.extend_from_slice(&self.files.to_le_bytes());
        end.extend_from_slice(&self.files.to_le_bytes());
        end.extend_from_slice(&length.to_le_bytes());
        end.extend_from_slice(&self.size_bytes.to_le_bytes());
        end.extend_from_slice(&[0, 0]);
        self.parts.push(BinaryPart::Bytes(end));
        Binary::joined(self.parts, "application/zip")
    }
}

/// What local header and directory have in common: version 2.0, names in UTF-8, stored, 1980-01-01, sizes.
fn fields_of(name: &str, checksum: u32, size: u32) -> Vec<u8> {
    let mut fields = vec![20, 0, 0, 0x08, 0, 0, 0, 0, 0x21, 0];
    fields.extend_from_slice(&checksum.to_le_bytes());
    fields.extend_from_slice(&size.to_le_bytes());
    fields.extend_from_slice(&size.to_le_bytes());
    fields.extend_from_slice(&u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
    fields.extend_from_slice(&[0, 0]);
    fields
}

/// CRC-32 as in ZIP (polynomial 0xEDB88320), four bits at a time: small, and fast enough beside reading the photo.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut at = 0;
        while at < 16 {
            let mut value = at as u32;
            let mut bit = 0;
            while bit < 4 {
                value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[at] = value;
            at += 1;
        }
        table
    };
    let step = |crc: u32, nibble: u32| TABLE[((crc ^ nibble) & 15) as usize] ^ (crc >> 4);
    !bytes.iter().fold(!0, |crc, byte| step(step(crc, u32::from(*byte)), u32::from(*byte) >> 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_header_has_the_size_that_the_format_wants() {
        // 30 bytes of local header: 4 of signature and these 26.
        assert_eq!(fields_of("a", 0, 0).len(), 26);
    }
}
