//! A witness beside the databases, so that nobody takes a damaged storage for an empty one.
//!
//! A browser that finds its database damaged throws it away without a word and makes a new one (Chromium tells the code
//! of the upgrade, and nobody else), or goes on with what it had some writes ago. So a few facts are noted outside of it
//! ([`notes`]): which database this is, who is signed in, and of each draft when it was last touched. A database that
//! has less than its witness says is [`StoreFailed::Lost`].
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

/// Two tabs may write in another order than they note, but not so far apart.
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
        notes::write(
            &draft_name(self.account(), &card.visit.to_string()),
            &card.touched.unix_millis().to_string(),
        );
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

/// The visits that the witness knows of, and when each was last touched.
fn noted(account: AccountId) -> Vec<(String, Instant)> {
    let prefix = drafts_of(account);
    let noted = notes::names_under(&prefix).into_iter().filter_map(|name| {
        let touched = Instant::from_unix_millis(notes::read(&name)?.parse().ok()?);
        Some((name.strip_prefix(&prefix)?.to_owned(), touched))
    });
    noted.collect()
}

/// Those of them of which it knows more than `drafts` do.
fn missing(mut noted: Vec<(String, Instant)>, drafts: &[DraftCard]) -> Vec<String> {
    noted.retain(|(visit, touched)| {
        let here =
            |card: &DraftCard| card.visit.to_string() == *visit && card.touched.plus(TABS_APART) >= *touched;
        !drafts.iter().any(here)
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

    fn card(touched: Instant) -> DraftCard {
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
            touched,
            items: 9,
            answered: 1,
            failed: 0,
            major: 0,
            photos: 0,
            stage: DraftStage::Open,
        }
    }

    #[test]
    fn a_draft_is_missing_when_it_is_not_here_or_is_older_than_its_note() {
        let noted = Instant::from_unix_millis(10_000);
        let visit = card(noted).visit.to_string();
        let check = |drafts: &[DraftCard]| missing(vec![(visit.clone(), noted)], drafts).len();
        for (name, touched, expected) in [
            ("as it was noted", 10_000, 0),
            ("touched since: the note was on its way", 60_000, 0),
            ("noted by another tab while it was written", 9_500, 0),
            ("gone back by some seconds", 7_000, 1),
        ] {
            assert_eq!(check(&[card(Instant::from_unix_millis(touched))]), expected, "{name}");
        }
        assert_eq!(check(&[]), 1, "not here");
    }
}
