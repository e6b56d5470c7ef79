//! What a phone remembers of the copies of one draft.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::PhotoId;

/// What a phone remembers of the copies of one draft. Stored as JSON; written before a copy leaves and after its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Copied {
    /// The hash of the draft's copy on the server, as far as this phone knows: what the next one replaces.
    pub tag: Option<Digest>,
    /// The version of the last copy that was made, whatever became of it.
    pub version: u64,
    /// When the draft in that copy was touched last; `None` when what is there is not what is here.
    pub draft: Option<Instant>,
    /// The same of its line in lists.
    pub card: Option<Instant>,
    /// The pictures that the draft's copy names.
    pub named: BTreeSet<PhotoId>,
    /// Those of them that are there.
    pub photos: BTreeSet<PhotoId>,
    /// Hashes of copies that left and were not answered: any of them may be there.
    pub attempts: Vec<Digest>,
    /// When the server last kept the draft's copy, by this phone's clock.
    pub at: Option<Instant>,
    /// Whether copies of it are made.
    pub standing: Standing,
}

/// Whether copies of a draft are made, and why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They are.
    #[default]
    Ours,
    /// Another phone goes on with the visit: a person decides which of the two drafts to keep.
    Overtaken {
        /// The hash of the other phone's copy.
        theirs: Digest,
    },
    /// The visit is on record: some phone has signed it.
    SignedElsewhere,
    /// There was no room for the last one.
    NoRoom,
}

impl Copied {
    /// More copies than this without an answer are not remembered.
    const MOST_ATTEMPTS: usize = 64;

    /// What a phone remembers that went on with another phone's copy: nothing of the draft itself, so that its own copy
    /// follows soon and the other phone hears of it.
    pub fn taken_over(tag: Digest, version: u64, photos: BTreeSet<PhotoId>) -> Self {
        Self { tag: Some(tag), version, named: photos.clone(), photos, ..Self::default() }
    }

    /// A person keeps this phone's draft: the next copy replaces the other phone's.
    #[must_use]
    pub fn keeping_mine(self) -> Self {
        match self.standing {
            Standing::Overtaken { theirs } => {
                Self { tag: Some(theirs), draft: None, card: None, standing: Standing::Ours, ..self }
            }
            _ => self,
        }
    }

    /// The password is another one, and so is the key: everything is sent again.
    #[must_use]
    pub fn under_another_key(self) -> Self {
        Self { draft: None, card: None, photos: BTreeSet::new(), ..self }
    }

    /// A copy is about to leave.
    pub(super) fn attempt(&mut self, digest: Digest) {
        self.version = self.version.saturating_add(1);
        let old = (self.attempts.len() + 1).saturating_sub(Self::MOST_ATTEMPTS);
        self.attempts.drain(..old);
        self.attempts.push(digest);
    }

    /// The server says which copy of the draft it has.
    pub(super) fn compare(&mut self, found: Option<Digest>) {
        match found {
            found if found == self.tag => {}
            // A copy of ours whose answer was lost; which state of the draft it has is not known any more.
            Some(ours) if self.attempts.contains(&ours) => {
                (self.tag, self.draft) = (Some(ours), None);
                self.attempts.clear();
            }
            Some(theirs) => self.standing = Standing::Overtaken { theirs },
            // Nothing is there: discarded by another phone, or forgotten. This phone's draft is the one that there is.
            None => {
                let version = self.version;
                *self = Self { version, ..Self::default() };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(text: &str) -> Digest {
        Digest::of(text.as_bytes())
    }

    #[test]
    fn what_the_server_has_is_ours_theirs_or_nothing() {
        let ours = Copied { tag: Some(digest("a")), version: 3, ..Copied::default() };
        let sent =
            Copied { attempts: vec![digest("b")], draft: Some(Instant::from_unix_millis(1)), ..ours.clone() };
        let after = |found: Option<&str>| {
            let mut copied = sent.clone();
            copied.compare(found.map(digest));
            copied
        };
        assert_eq!(after(Some("a")), sent);
        let arrived = after(Some("b"));
        assert_eq!((arrived.tag, arrived.draft, arrived.standing), (Some(digest("b")), None, Standing::Ours));
        let theirs = after(Some("c"));
        assert_eq!(theirs.standing, Standing::Overtaken { theirs: digest("c") });
        assert_eq!(theirs.keeping_mine().tag, Some(digest("c")));
        assert_eq!(after(None), Copied { version: 3, ..Copied::default() });
    }

    #[test]
    fn it_is_stored_and_read_back_and_what_a_later_version_leaves_out_is_empty() {
        let mut copied = Copied::taken_over(digest("a"), 7, BTreeSet::new());
        copied.standing = Standing::Overtaken { theirs: digest("b") };
        let json = serde_json::to_string(&copied).unwrap();
        assert_eq!(serde_json::from_str::<Copied>(&json).unwrap(), copied);
        assert_eq!(serde_json::from_str::<Copied>("{}").unwrap(), Copied::default());
    }

    #[test]
    fn attempts_are_remembered_up_to_a_bound() {
        let mut copied = Copied::default();
        (0..100).for_each(|number: u32| copied.attempt(digest(&number.to_string())));
        assert_eq!((copied.attempts.len(), copied.version), (Copied::MOST_ATTEMPTS, 100));
        assert_eq!(copied.attempts.last(), Some(&digest("99")));
    }
}
