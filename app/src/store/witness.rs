//! A witness beside the databases, so that nobody takes a damaged storage for an empty one.
//!
//! A browser that finds its database damaged throws it away without a word and makes a new one (Chromium tells the code
//! of the upgrade, and nobody else), or goes on with what it had some writes ago. So a few facts are noted outside of it
//! ([`notes`]): which database this is, who is signed in, and of each draft when it was last touched and how many answers and
//! photos it had. A database that has less than its witness says is [`StoreFailed::Lost`].
//!
//! Notes reach the disk later than the database does, so a witness that knows less says nothing. It must never know more
//! than was true: what leaves the database on purpose leaves a trace in it (`gone`, `left`), and the witness is heard before
//! the database is read, since people go on meanwhile.

use xunan_core::clock::{Instant, Span};
use xunan_core::ids::{AccountId, VisitId};

use super::change::{Change, Key};
use super::schema::Table;
use super::{DraftCard, PhoneStore, Store, StoreFailed};
use crate::browser::{clock, notes};

const ALL: &str = "xunan-was-";
const BORN: &str = "xunan-was-born";
const ACCOUNT: &str = "xunan-was-account";

/// In the phone's database: the name that it was given when it was made.
const PHONE_BORN: &str = "born";
/// In the phone's database: who has signed out last.
const PHONE_LEFT: &str = "left";
/// In an account's database: the visits that have left it last.
const GONE: &str = "gone";
/// More than leave it while a note is on its way to the disk.
const GONE_KEPT: usize = 20;

/// Where a browser has no locks, two tabs may write in another order than they note, but not so far apart.
const TABS_APART: Span = Span::seconds(1);

fn draft_name(account: AccountId, visit: &str) -> String {
    format!("{}{visit}", drafts_of(account))
}

fn drafts_of(account: impl std::fmt::Display) -> String {
    format!("{ALL}draft-{account}-")
}

/// Whoever uses the phone has read that something is lost: what is here now is all that there is. Others who use it have
/// not: they are told when they sign in.
pub fn accept_loss() {
    if let Some(account) = notes::read(ACCOUNT) {
        forget(&drafts_of(account));
    }
    notes::remove(ACCOUNT);
    notes::remove(BORN);
}

/// Whether anything is noted of what was here before; not who has just signed in, which is the first note of all.
pub fn noted_before(just_signed_in: Option<AccountId>) -> bool {
    notes::names_under(ALL).iter().any(|name| just_signed_in.is_none() || name != ACCOUNT)
}

/// Everything was thrown away on purpose.
pub(super) fn forget_all() {
    forget(ALL);
}

fn forget(prefix: &str) {
    notes::names_under(prefix).iter().for_each(|name| notes::remove(name));
}

impl PhoneStore {
    /// Compares the phone's database with its witness.
    ///
    /// # Errors
    /// [`StoreFailed::Lost`] when it is another one than it was, or has forgotten who is signed in.
    pub async fn check(&self) -> Result<(), StoreFailed> {
        let (born_then, account_then) = (notes::read(BORN), notes::read(ACCOUNT));
        match (self.text(PHONE_BORN).await?, born_then) {
            (None, Some(_)) => return Err(StoreFailed::Lost),
            (None, None) => {
                let born = clock::entropy().0.to_string();
                let change = Change::put_text(Table::Phone, Key::one(PHONE_BORN), &born);
                // Without room for it there is no witness yet.
                if self.connection().write(&[change]).await.is_ok() {
                    notes::write(BORN, &born);
                }
            }
            (Some(born), noted) if noted.as_ref() != Some(&born) => notes::write(BORN, &born),
            (Some(_), _) => {}
        }
        match (self.signed_in().await?, account_then) {
            (Some(who), _) => note_signed_in(who.account.id),
            (None, Some(account)) if self.text(PHONE_LEFT).await?.as_ref() != Some(&account) => {
                return Err(StoreFailed::Lost);
            }
            (None, _) => notes::remove(ACCOUNT),
        }
        Ok(())
    }

    async fn text(&self, name: &str) -> Result<Option<String>, StoreFailed> {
        let value = self.connection().get(Table::Phone, &Key::one(name)).await?;
        Ok(value.and_then(|value| value.as_string()))
    }
}

/// Notes who is signed in.
pub(super) fn note_signed_in(account: AccountId) {
    notes::write(ACCOUNT, &account.to_string());
}

/// The trace that signing out leaves.
pub(super) fn departure() -> Change {
    match notes::read(ACCOUNT) {
        Some(account) => Change::put_text(Table::Phone, Key::one(PHONE_LEFT), &account),
        None => arrival(),
    }
}

/// Takes it back.
pub(super) fn arrival() -> Change {
    Change::Delete { table: Table::Phone, key: Key::one(PHONE_LEFT) }
}

impl Store {
    /// Compares the drafts with their witness.
    ///
    /// # Errors
    /// [`StoreFailed::Lost`] when one is not here, or as it was some time ago.
    pub async fn check_drafts(&self) -> Result<(), StoreFailed> {
        let noted = noted(self.account());
        let drafts = self.drafts().await?;
        let missing = missing(noted, &drafts);
        if missing.is_empty() {
            return Ok(());
        }
        let gone = self.gone_before().await?;
        if missing.iter().any(|visit| !gone.contains(visit)) {
            return Err(StoreFailed::Lost);
        }
        missing.iter().for_each(|visit| notes::remove(&draft_name(self.account(), visit)));
        Ok(())
    }

    /// Notes a draft that was written.
    pub(super) fn note_draft(&self, card: &DraftCard) {
        notes::write(&draft_name(self.account(), &card.visit.to_string()), &Had::of(card).text());
    }

    /// Takes the note of a draft back whose removal was written.
    pub(super) fn forget_draft(&self, visit: VisitId) {
        notes::remove(&draft_name(self.account(), &visit.to_string()));
    }

    /// The trace that a draft leaves which is removed.
    pub(super) async fn gone(&self, visit: VisitId) -> Result<Change, StoreFailed> {
        let mut gone = self.gone_before().await?;
        gone.push(visit.to_string());
        let last = gone.split_off(gone.len().saturating_sub(GONE_KEPT));
        Ok(Change::put_text(Table::Facts, Key::one(GONE), &last.join(" ")))
    }

    async fn gone_before(&self) -> Result<Vec<String>, StoreFailed> {
        let text = self.connection().get(Table::Facts, &Key::one(GONE)).await?.and_then(|it| it.as_string());
        Ok(text.unwrap_or_default().split_whitespace().map(str::to_owned).collect())
    }
}

/// What is noted of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Had {
    touched: Instant,
    answered: u32,
    photos: u32,
}

impl Had {
    const fn of(card: &DraftCard) -> Self {
        Self { touched: card.touched, answered: card.answered, photos: card.photos }
    }

    /// `milliseconds answers photos`. Versions before noted the time alone, and read nothing else.
    fn text(self) -> String {
        format!("{} {} {}", self.touched.unix_millis(), self.answered, self.photos)
    }

    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ');
        let touched = Instant::from_unix_millis(numbers.next()?.parse().ok()?);
        let mut count = || numbers.next().map_or(Some(0), |number| number.parse().ok());
        Some(Self { touched, answered: count()?, photos: count()? })
    }

    /// Whether a card has as much. What is less in the last second is less, too: so quickly a photo follows an answer.
    fn is_in(self, card: &DraftCard) -> bool {
        let has_all = card.answered >= self.answered && card.photos >= self.photos;
        card.touched > self.touched || (has_all && card.touched.plus(TABS_APART) >= self.touched)
    }
}

/// The visits that the witness knows of, with what each had.
fn noted(account: AccountId) -> Vec<(String, Had)> {
    let prefix = drafts_of(account);
    let noted = notes::names_under(&prefix).into_iter().filter_map(|name| {
        let had = Had::read(&notes::read(&name)?)?;
        Some((name.strip_prefix(&prefix)?.to_owned(), had))
    });
    noted.collect()
}

/// Those of them of which it knows more than `drafts` do.
fn missing(mut noted: Vec<(String, Had)>, drafts: &[DraftCard]) -> Vec<String> {
    noted.retain(|(visit, had)| {
        !drafts.iter().any(|card| card.visit.to_string() == *visit && had.is_in(card))
    });
    noted.into_iter().map(|(visit, _)| visit).collect()
}

#[cfg(test)]
mod tests {
    use xunan_core::facility::FacilityType;
    use xunan_core::ids::{Entropy, FacilityId};
    use xunan_core::rules::Profile;

    use super::*;
    use crate::store::DraftStage;

    fn card(touched: i64, answered: u32, photos: u32) -> DraftCard {
        let at = Instant::from_unix_millis(0);
        DraftCard {
            visit: VisitId::from_parts(at, Entropy(1)),
            lead: AccountId::from_parts(at, Entropy(2)),
            plan: None,
            facility: FacilityId::from_parts(at, Entropy(3)),
            facility_name: String::new(),
            facility_type: FacilityType::ElderlyCare,
            profile: Profile::Full,
            started: at,
            touched: Instant::from_unix_millis(touched),
            items: 9,
            answered,
            failed: 0,
            major: 0,
            photos,
            stage: DraftStage::Open,
        }
    }

    #[test]
    fn a_draft_is_missing_when_it_is_not_here_is_older_than_its_note_or_has_less_than_it_had() {
        let noted = card(10_000, 5, 2);
        let visit = noted.visit.to_string();
        let check = |drafts: &[DraftCard]| missing(vec![(visit.clone(), Had::of(&noted))], drafts).len();
        for (name, card, expected) in [
            ("as it was noted", card(10_000, 5, 2), 0),
            ("touched since: the note was on its way", card(60_000, 5, 2), 0),
            ("a photo taken back since", card(10_001, 5, 1), 0),
            ("noted by another tab while it was written", card(9_500, 5, 2), 0),
            ("gone back by some seconds", card(7_000, 5, 2), 1),
            ("gone back by half a second, to before a photo", card(9_500, 5, 1), 1),
            ("gone back by half a second, to before an answer", card(9_500, 4, 2), 1),
        ] {
            assert_eq!(check(&[card]), expected, "{name}");
        }
        assert_eq!(check(&[]), 1, "not here");
    }

    #[test]
    fn a_note_is_read_as_it_was_written_also_by_a_version_before() {
        let had = Had::of(&card(10_000, 5, 2));
        assert_eq!(had.text(), "10000 5 2");
        assert_eq!(Had::read("10000 5 2"), Some(had));
        assert_eq!(Had::read("10000"), Some(Had { answered: 0, photos: 0, ..had }));
        for damaged in ["", "x", "10000 x 2", "10000 5 -1"] {
            assert_eq!(Had::read(damaged), None, "{damaged}");
        }
    }
}
