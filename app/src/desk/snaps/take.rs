//! Taking a step with a report: tried by core on what is seen here, so that a refusal is said before anything is signed.

use xunan_core::access::Account;
use xunan_core::ids::{EntryId, PhotoId, SnapId};
use xunan_core::ledger::{MemoryView, Row};
use xunan_core::log::{Entry, SnapBody};
use xunan_core::offers::Offers;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::reward::RewardTermsTable;
use xunan_core::snap::{CaseNumber, Command, Doing, Offer, PublicPhoto, SnapState, Standing, Step};

use super::other::Named;
use super::seen::Now;
use crate::browser::{Binary, clock};
use crate::desk::own_steps::StepOfThing;
use crate::i18n::Texts;
use crate::session::{Phone, Signable};

impl Signable for SnapBody {
    /// Reports are no rows. The hazard into which one is turned comes by the next pull.
    fn effect(&self, _entry: &Entry, _actor: &Account, _view: &MemoryView<'_>) -> Vec<Row> {
        Vec::new()
    }
}

impl StepOfThing for Step {
    type Id = SnapId;
    const KIND: &'static str = SnapBody::STEPPED;

    fn read(entry: &Entry) -> Option<Result<Self, Problem>> {
        match SnapBody::of(entry)? {
            Ok(SnapBody::Stepped(step)) => Some(Ok(*step)),
            Ok(SnapBody::Reported(_)) => None,
            Err(problem) => Some(Err(problem)),
        }
    }

    fn thing(&self) -> SnapId {
        self.snap
    }

    fn verb(&self, t: Texts) -> &'static str {
        t.snap_name().done(self.command.kind())
    }

    fn without_effect(&self, t: Texts, problem: &Problem) -> String {
        t.snaps().own_without_effect(self.verb(t), &t.snaps().problem(problem), problem.number())
    }
}

/// A step as it was filled in.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// One that can be tried as it is.
    Step(Command),
    /// Joining the report with one whose state is seen here.
    SameAs(SnapId, SnapState),
    /// Joining it with one that has to be looked for.
    SameAsNamed(Named),
}

/// What whoever sits here can do with a report.
pub(super) fn offers(phone: Phone, now: &Now) -> Offers<Offer> {
    let standing = Standing { life: now.card.life.clone() };
    with_doing(phone, now, None, |doing| standing.offers(doing))
}

/// Why nobody can publish it here, where it could be by how it stands.
pub(super) fn kept_from_public(phone: Phone, now: &Now) -> Option<StepRefusal> {
    let standing = Standing { life: now.card.life.clone() };
    with_doing(phone, now, None, |doing| standing.kept_from_public(doing))
}

/// The publication with which a picture of a photo can be shown by whoever sits here, by its entry.
pub(super) fn may_show(phone: Phone, now: &Now, photo: PhotoId) -> Option<EntryId> {
    let standing = Standing { life: now.card.life.clone() };
    with_doing(phone, now, None, |doing| standing.may_show(photo, doing))
}

/// Signs that everybody sees a picture, and keeps its bytes with that.
///
/// # Errors
/// Why it cannot be shown. Nothing was signed then.
pub(super) async fn show(
    phone: Phone,
    now: &Now,
    publication: EntryId,
    (photo, jpeg): (PublicPhoto, Binary),
    t: Texts,
) -> Result<(), Problem> {
    let (snap, id) = (now.card.id(), photo.id);
    let command = Command::ShowPhoto { publication, photo };
    let standing = Standing { life: now.card.life.clone() };
    with_doing(phone, now, None, |doing| standing.take(&command, doing))?;
    let body = SnapBody::Stepped(Box::new(Step { snap, command }));
    let title = t.snaps().parcel(&CaseNumber::of(snap).to_string());
    phone.append_photo(&body, &title, id, jpeg).await.map(drop)
}

/// Signs a step, or says why it cannot be taken, in the words of `t`: behind an `await` there is no context to find them in.
///
/// # Errors
/// Why, in words and with its number. Nothing was signed then.
pub(super) async fn take(phone: Phone, now: &Now, wanted: Wanted, t: Texts) -> Result<(), String> {
    let told = |problem: Problem| t.snaps().numbered(&problem);
    let (command, other) = match wanted {
        Wanted::Step(command) => (command, None),
        Wanted::SameAs(of, state) => (Command::Duplicate { of }, Some(state)),
        Wanted::SameAsNamed(named) => match named.find().await.map_err(told)? {
            Some((of, state)) => (Command::Duplicate { of }, Some(state)),
            None => return Err(t.snaps().number_not_found().to_owned()),
        },
    };
    let standing = Standing { life: now.card.life.clone() };
    with_doing(phone, now, other, |doing| standing.take(&command, doing)).map_err(told)?;
    let snap = now.card.id();
    let body = SnapBody::Stepped(Box::new(Step { snap, command }));
    let title = t.snaps().parcel(&CaseNumber::of(snap).to_string());
    phone.append(&body, &title, None, &[], &[]).await.map(drop).map_err(told)
}

fn with_doing<T>(phone: Phone, now: &Now, other: Option<SnapState>, then: impl FnOnce(&Doing<'_>) -> T) -> T {
    let (account, at) = (phone.account(), clock::now());
    then(&Doing {
        actor: &account,
        entry: EntryId::from_parts(at, clock::entropy()),
        at,
        received: at,
        snap: now.card.id(),
        division: now.card.division(),
        other,
        hazard: now.seen.hazard.map(|hazard| hazard.state),
        may_publish: now.may_publish,
        photos: &now.card.report.photos,
        most_reward: RewardTermsTable::shipped()
            .of(now.card.division(), Phone::today())
            .most(now.seen.hazard.map(|hazard| hazard.grade)),
    })
}
