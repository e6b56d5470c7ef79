//! Copies of drafts on the server: `docs/shadow-copies.md`.
//!
//! ```text
//! password ─ PBKDF2, salt(account) ─► key ─┐
//! label: account, visit, name, version ────┴─► AES-256-GCM ─► 1 │ version │ IV │ ciphertext and tag
//! ```

use crate::ids::{AccountId, PhotoId, VisitId};
use crate::sync::ShadowName;

use super::{IV_BYTES, TAG_BYTES};

/// The version of this format.
const FORMAT: u8 = 1;

/// Format, version of the content, IV.
const HEAD_BYTES: usize = 1 + 8 + IV_BYTES;

/// The salt of an account's key. It is no secret: it only makes the same password of two people give two keys.
pub fn salt(account: AccountId) -> String {
    format!("xunan-shadow-v1:{account}")
}

/// What a copy is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShadowOf {
    /// The line of the draft in lists.
    Card,
    /// All parts of the draft.
    Draft,
    /// A photo's stored JPEG.
    Photo(PhotoId),
    /// Its small picture.
    Thumbnail(PhotoId),
}

impl ShadowOf {
    /// The name under which the server keeps it.
    pub fn name(self) -> ShadowName {
        ShadowName::ours(match self {
            Self::Card => "card".to_owned(),
            Self::Draft => "draft".to_owned(),
            Self::Photo(photo) => format!("photo-{photo}").to_ascii_lowercase(),
            Self::Thumbnail(photo) => format!("thumb-{photo}").to_ascii_lowercase(),
        })
    }

    /// What the server keeps under a name; `None` for a name that a later version gave.
    pub fn of_name(name: &ShadowName) -> Option<Self> {
        let photo = |id: &str| id.to_ascii_uppercase().parse().ok();
        match name.as_str().split_once('-') {
            None if name.as_str() == "card" => Some(Self::Card),
            None if name.as_str() == "draft" => Some(Self::Draft),
            Some(("photo", id)) => photo(id).map(Self::Photo),
            Some(("thumb", id)) => photo(id).map(Self::Thumbnail),
            _ => None,
        }
    }
}

/// What is bound to a ciphertext: a copy under another name, of another visit or an older one put in the place of a
/// newer one does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShadowLabel {
    /// Whose.
    pub account: AccountId,
    /// Of which visit.
    pub visit: VisitId,
    /// Of what in it.
    pub of: ShadowOf,
    /// The version of the draft, from 1; photos never change and have 1.
    pub version: u64,
}

impl ShadowLabel {
    /// The additional data of the cipher.
    pub fn additional_data(&self) -> String {
        let Self { account, visit, of, version } = self;
        format!("xunan-shadow-v1\n{account}\n{visit}\n{}\n{version}", of.name())
    }
}

/// What stands before a ciphertext.
pub fn head(version: u64, iv: [u8; IV_BYTES]) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[0] = FORMAT;
    head[1..9].copy_from_slice(&version.to_le_bytes());
    head[9..].copy_from_slice(&iv);
    head
}

/// The bytes of a copy, taken apart. Nothing of it is believed before the cipher has opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The version of the content.
    pub version: u64,
    /// The initialisation vector.
    pub iv: [u8; IV_BYTES],
    /// What is encrypted, and the tag.
    pub ciphertext: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Takes bytes apart; `None` for what is too short, or of a later format.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (head, ciphertext) = bytes.split_first_chunk::<HEAD_BYTES>()?;
        let (format, rest) = head.split_first()?;
        let (version, iv) = rest.split_first_chunk::<8>()?;
        let fits = *format == FORMAT && ciphertext.len() >= TAG_BYTES;
        fits.then_some(Self { version: u64::from_le_bytes(*version), iv: iv.try_into().ok()?, ciphertext })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::ids::Entropy;

    fn at() -> Instant {
        Instant::from_unix_millis(1_790_000_000_000)
    }

    #[test]
    fn every_copy_has_a_name_from_which_it_is_known_again() {
        let photo = PhotoId::from_parts(at(), Entropy(7));
        for of in [ShadowOf::Card, ShadowOf::Draft, ShadowOf::Photo(photo), ShadowOf::Thumbnail(photo)] {
            assert_eq!(ShadowOf::of_name(&of.name()), Some(of));
        }
        for foreign in ["photo", "photo-x", "card-1", "thumb-", "of-tomorrow"] {
            assert_eq!(ShadowOf::of_name(&foreign.parse().unwrap()), None, "{foreign}");
        }
    }

    #[test]
    fn whatever_is_swapped_changes_what_is_bound_to_the_ciphertext() {
        let label = |person: u128, visit: u128, of, version| {
            let account = AccountId::from_parts(at(), Entropy(person));
            let visit = VisitId::from_parts(at(), Entropy(visit));
            ShadowLabel { account, visit, of, version }.additional_data()
        };
        let (one, two) = (PhotoId::from_parts(at(), Entropy(1)), PhotoId::from_parts(at(), Entropy(2)));
        let all = [
            label(1, 1, ShadowOf::Draft, 1),
            label(2, 1, ShadowOf::Draft, 1),
            label(1, 2, ShadowOf::Draft, 1),
            label(1, 1, ShadowOf::Card, 1),
            label(1, 1, ShadowOf::Draft, 2),
            label(1, 1, ShadowOf::Photo(one), 1),
            label(1, 1, ShadowOf::Photo(two), 1),
            label(1, 1, ShadowOf::Thumbnail(one), 1),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        let account = AccountId::from_parts(at(), Entropy(1));
        let visit = VisitId::from_parts(at(), Entropy(1));
        assert_eq!(all[0], format!("xunan-shadow-v1\n{account}\n{visit}\ndraft\n1"));
    }

    #[test]
    fn a_frame_is_read_as_it_was_written_and_a_short_or_later_one_is_not() {
        let mut bytes = head(7, [9; IV_BYTES]).to_vec();
        bytes.extend([1; TAG_BYTES]);
        let frame = Frame { version: 7, iv: [9; IV_BYTES], ciphertext: &[1; TAG_BYTES] };
        assert_eq!(Frame::read(&bytes), Some(frame));
        assert_eq!(Frame::read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Frame::read(&[]), None);
        bytes[0] = 2;
        assert_eq!(Frame::read(&bytes), None);
    }
}
