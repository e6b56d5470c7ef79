//! One file of many (POSIX.1-1988 `ustar`): every computer opens it, and nothing of the contents passes through our memory.

use xunan_core::clock::Instant;

use crate::browser::binary::BinaryPart;
use crate::browser::{Binary, Refused};
use crate::store::Readable;

/// Everything lies in blocks of so many bytes.
const BLOCK: usize = 512;

/// Bytes that a header has for a file's name.
const NAME_BYTES: usize = 100;

/// Bytes that it has for the folder.
const FOLDER_BYTES: usize = 155;

/// The archive.
///
/// # Errors
/// [`Refused`] when the browser has no memory for it.
pub(super) fn archive(values: &[Readable], at: Instant) -> Result<Binary, Refused> {
    let mut parts = Vec::new();
    for value in values {
        let size = value.content.size_bytes();
        parts.push(BinaryPart::Bytes(header(&value.folder, &value.name, size, at)));
        parts.push(BinaryPart::Binary(value.content.clone()));
        parts.push(BinaryPart::Bytes(vec![0; padding(size)]));
    }
    // Two empty blocks are the end.
    parts.push(BinaryPart::Bytes(vec![0; 2 * BLOCK]));
    Binary::joined(parts, "application/x-tar")
}

fn padding(size_bytes: u64) -> usize {
    let over = (size_bytes % BLOCK as u64) as usize;
    (BLOCK - over) % BLOCK
}

fn header(folder: &str, name: &str, size_bytes: u64, at: Instant) -> Vec<u8> {
    let mut header = vec![0; BLOCK];
    let mut put = |from: usize, text: &str| header[from..from + text.len()].copy_from_slice(text.as_bytes());
    put(0, &plain(name, NAME_BYTES));
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size_bytes:011o}"));
    put(136, &format!("{:011o}", at.unix_millis().max(0) / 1000));
    // The checksum counts itself as spaces.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    put(345, &plain(folder, FOLDER_BYTES));
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// A name that every system takes, no longer than its field.
fn plain(name: &str, longest: usize) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_.~/".contains(character);
    name.chars().map(|it| if allowed(it) { it } else { '_' }).take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_one_block_with_its_checksum() {
        let header = header("xunan-a/parts", "01J~item:3", 1_000, Instant::from_unix_millis(8_000));
        assert_eq!(header.len(), BLOCK);
        assert!(header.starts_with(b"01J~item_3\0"));
        assert_eq!(&header[124..136], b"00000001750\0");
        assert_eq!(&header[136..148], b"00000000010\0");
        assert!(header[345..].starts_with(b"xunan-a/parts\0"));
        let told =
            std::str::from_utf8(&header[148..154]).ok().and_then(|sum| u32::from_str_radix(sum, 8).ok());
        let counted = header.iter().enumerate();
        let counted = counted.map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) });
        assert_eq!(told, Some(counted.sum()));
    }

    #[test]
    fn contents_are_filled_up_to_whole_blocks() {
        assert_eq!([0, 1, 511, 512, 513].map(padding), [0, 511, 1, 0, 511]);
    }

    #[test]
    fn names_are_cut_to_their_field() {
        assert_eq!(plain(&"x".repeat(300), NAME_BYTES).len(), NAME_BYTES);
        assert_eq!(plain("检查/a b", NAME_BYTES), "__/a_b");
    }
}
