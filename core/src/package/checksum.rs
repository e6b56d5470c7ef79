//! The checksum that a ZIP has of each file. It finds accidents; what holds against people are the SHA-256 hashes.

/// The CRC-32 of some bytes (polynomial 0xEDB88320), as in ZIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crc32(pub(super) u32);

/// One entry for each value of a byte.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
};

impl Crc32 {
    /// Computes it.
    pub fn of(bytes: &[u8]) -> Self {
        let step = |crc: u32, byte: &u8| TABLE[((crc ^ u32::from(*byte)) & 255) as usize] ^ (crc >> 8);
        Self(!bytes.iter().fold(!0, step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(Crc32::of(b"123456789"), Crc32(0xCBF4_3926));
        assert_eq!(Crc32::of(b""), Crc32(0));
    }
}
