//! Every answer in every place, and that nothing is sent twice, in a hurry, or against another phone.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::ids::Entropy;

fn at(seconds: i64) -> Instant {
    Instant::from_unix_millis(1_790_000_000_000 + seconds * 1000)
}

fn visit(number: u128) -> VisitId {
    VisitId::from_parts(at(0), Entropy(number))
}

fn photo(number: u128) -> PhotoId {
    PhotoId::from_parts(at(0), Entropy(number))
}

fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

fn stored(text: &str) -> ShadowOutcome {
    ShadowOutcome::Stored { digest: digest(text) }
}

fn kept(visit: VisitId, of: ShadowOf, digest: Digest) -> KeptShadow {
    KeptShadow { visit, name: of.name(), digest, size_bytes: 1, changed: at(0) }
}

/// A copier with what the phone stores for it, and its clock.
struct Bench {
    copier: Copier,
    here: Vec<DraftHere>,
    remembered: BTreeMap<VisitId, Copied>,
    now: i64,
}

impl Bench {
    /// One open draft, the way free, nothing on the server.
    fn with_a_draft() -> Self {
        let here = vec![DraftHere { visit: visit(1), touched: at(-60), stage: Stage::Open }];
        let mut bench = Self { copier: Copier::default(), here, remembered: BTreeMap::new(), now: 0 };
        assert_eq!(bench.reload(), CopyStep::Rest, "while the outbox has the way");
        assert_eq!(bench.turn(CopyEvent::Outbox(Way::Free)), CopyStep::List);
        bench
    }

    fn turn(&mut self, event: CopyEvent) -> CopyStep {
        let turn = self.copier.turn(event, at(self.now), Jitter::NONE);
        for (visit, copied) in turn.save {
            match copied {
                Some(copied) => _ = self.remembered.insert(visit, copied),
                None => _ = self.remembered.remove(&visit),
            }
        }
        turn.step
    }

    fn reload(&mut self) -> CopyStep {
        let (here, copied) = (self.here.clone(), self.remembered.clone());
        self.turn(CopyEvent::Drafts { here, copied })
    }

    fn later(&mut self, seconds: i64) -> CopyStep {
        self.now += seconds;
        self.turn(CopyEvent::Woke)
    }

    fn touch(&mut self) -> CopyStep {
        self.here[0].touched = at(self.now);
        self.reload()
    }

    fn draft_answered(&mut self, photos: &[u128], outcome: ShadowOutcome) -> CopyStep {
        let photos = photos.iter().map(|number| photo(*number)).collect();
        let touched = self.here[0].touched;
        self.turn(CopyEvent::DraftAnswered { touched, photos, outcome })
    }

    fn copied(&self) -> &Copied {
        &self.remembered[&visit(1)]
    }

    /// The first copy is there, with its line and no pictures.
    fn with_a_copy() -> Self {
        let mut bench = Self::with_a_draft();
        assert_eq!(bench.turn(CopyEvent::Listed(Vec::new())), wait(5));
        let step = bench.later(5);
        assert_eq!(step, draft(1, Replaces::Nothing));
        assert_eq!(bench.turn(CopyEvent::Leaving { digest: digest("one") }), CopyStep::Continue);
        assert_eq!(bench.copied().attempts, [digest("one")]);
        assert_eq!(bench.draft_answered(&[], stored("one")), CopyStep::Card { visit: visit(1) });
        let touched = bench.here[0].touched;
        assert_eq!(bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") }), CopyStep::Rest);
        bench
    }

    /// The same, changed since, and on its way.
    fn sending_the_second() -> Self {
        let mut bench = Self::with_a_copy();
        bench.now = 40;
        assert_eq!(bench.touch(), wait(45));
        assert_eq!(bench.later(5), draft(2, Replaces::Exactly(digest("one"))));
        _ = bench.turn(CopyEvent::Leaving { digest: digest("two") });
        bench
    }
}

fn wait(until: i64) -> CopyStep {
    CopyStep::Wait { until: at(until) }
}

fn draft(version: u64, replaces: Replaces) -> CopyStep {
    CopyStep::Draft { visit: visit(1), version, replaces }
}

fn picture(number: u128) -> CopyStep {
    CopyStep::Photo { visit: visit(1), photo: photo(number) }
}

#[test]
fn a_draft_is_copied_a_moment_after_it_changed_and_not_again_until_it_changes() {
    let mut bench = Bench::with_a_copy();
    assert_eq!(bench.copied().tag, Some(digest("one")));
    assert_eq!(bench.copied().attempts, []);
    assert_eq!(bench.reload(), CopyStep::Rest);
    assert_eq!(bench.later(3600), CopyStep::Rest);
}

#[test]
fn somebody_who_goes_on_touching_is_copied_all_the_same_but_not_in_a_hurry() {
    let mut bench = Bench::with_a_copy();
    bench.now = 6;
    assert_eq!(bench.touch(), wait(35), "half a minute after the last");
    bench.now = 20;
    assert_eq!(bench.touch(), wait(35));
    bench.now = 36;
    assert_eq!(bench.touch(), draft(2, Replaces::Exactly(digest("one"))));
    // It changed again while it was under way.
    bench.now = 37;
    assert_eq!(bench.touch(), CopyStep::Continue);
    let (touched, photos) = (at(36), BTreeSet::new());
    let step = bench.turn(CopyEvent::DraftAnswered { touched, photos, outcome: stored("two") });
    assert_eq!(step, wait(67));
}

#[test]
fn pictures_follow_the_text_of_all_drafts_each_once() {
    let mut bench = Bench::sending_the_second();
    bench.here.push(DraftHere { visit: visit(2), touched: at(-9), stage: Stage::Open });
    _ = bench.reload();
    assert_eq!(bench.draft_answered(&[1, 2], stored("two")), CopyStep::Card { visit: visit(1) });
    let touched = bench.here[0].touched;
    let step = bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") });
    assert_eq!(step, picture(1), "the other draft changed a moment ago");
    bench.now += 5;
    let step = bench.turn(CopyEvent::PhotoAnswered { outcome: stored("p") });
    assert_eq!(step, CopyStep::Draft { visit: visit(2), version: 1, replaces: Replaces::Nothing });
    let (touched, photos) = (at(-9), BTreeSet::new());
    _ = bench.turn(CopyEvent::DraftAnswered { touched, photos, outcome: stored("other") });
    let step = bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") });
    assert_eq!(step, picture(2));
    // One that is no longer here, or too large, keeps nothing else.
    assert_eq!(bench.turn(CopyEvent::Failed(Problem::PhotoLost)), CopyStep::Rest);
    assert_eq!(bench.turn(CopyEvent::Online), CopyStep::List);
    assert_eq!(bench.copied().photos, BTreeSet::from([photo(1)]));
}

#[test]
fn what_became_of_a_draft_is_remembered_and_decides_what_follows() {
    let full = ShadowOutcome::NoRoom { limit_bytes: 1 };
    let theirs = || ShadowOutcome::Overtaken { digest: Some(digest("theirs")) };
    for (outcome, standing, step) in [
        (theirs(), Standing::Overtaken { theirs: digest("theirs") }, CopyStep::Rest),
        (ShadowOutcome::SignedElsewhere, Standing::SignedElsewhere, CopyStep::Rest),
        (full, Standing::NoRoom, wait(45 + 1800)),
        (ShadowOutcome::Overtaken { digest: None }, Standing::Ours, draft(3, Replaces::Nothing)),
        // Not from our server: it says that what it has is what was to be replaced.
        (ShadowOutcome::Overtaken { digest: Some(digest("one")) }, Standing::Ours, wait(45 + 1800)),
    ] {
        let mut bench = Bench::sending_the_second();
        let next = bench.draft_answered(&[], outcome.clone());
        assert_eq!(bench.copied().standing, standing, "{outcome:?}");
        assert_eq!(next, step, "{outcome:?}");
    }
}

#[test]
fn a_copy_whose_answer_was_lost_is_known_again_and_replaced() {
    let mut bench = Bench::sending_the_second();
    assert_eq!(bench.turn(CopyEvent::Failed(Problem::Unreachable)), wait(50));
    assert_eq!(bench.later(5), draft(3, Replaces::Exactly(digest("one"))));
    _ = bench.turn(CopyEvent::Leaving { digest: digest("three") });
    let lost = ShadowOutcome::Overtaken { digest: Some(digest("two")) };
    assert_eq!(bench.draft_answered(&[], lost), draft(4, Replaces::Exactly(digest("two"))));
}

#[test]
fn a_person_who_keeps_this_draft_replaces_the_other_phones() {
    let mut bench = Bench::sending_the_second();
    _ = bench.draft_answered(&[], ShadowOutcome::Overtaken { digest: Some(digest("theirs")) });
    bench.now += 100;
    assert_eq!(bench.touch(), CopyStep::Rest, "nothing is sent while nobody has decided");
    let mine = bench.copied().clone().keeping_mine();
    bench.remembered.insert(visit(1), mine);
    assert_eq!(bench.reload(), draft(3, Replaces::Exactly(digest("theirs"))));
}

#[test]
fn a_phone_that_comes_back_learns_from_the_list_that_another_went_on() {
    for (there, standing) in [
        (Some(digest("one")), Standing::Ours),
        (Some(digest("theirs")), Standing::Overtaken { theirs: digest("theirs") }),
        (None, Standing::Ours),
    ] {
        let mut bench = Bench::with_a_copy();
        bench.now = 1000;
        assert_eq!(bench.turn(CopyEvent::Online), CopyStep::List);
        let list = there.map(|digest| kept(visit(1), ShadowOf::Draft, digest));
        let step = bench.turn(CopyEvent::Listed(list.into_iter().collect()));
        assert_eq!(bench.copied().standing, standing);
        let expected = if there.is_none() { wait(1005) } else { CopyStep::Rest };
        assert_eq!(step, expected, "{there:?}: what is gone there is sent anew");
    }
}

#[test]
fn pictures_that_are_not_on_the_list_are_sent_again() {
    let mut bench = Bench::sending_the_second();
    _ = bench.draft_answered(&[1], stored("two"));
    let touched = bench.here[0].touched;
    _ = bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") });
    assert_eq!(bench.turn(CopyEvent::PhotoAnswered { outcome: stored("p") }), CopyStep::Rest);
    for (list, step) in [
        (vec![ShadowOf::Draft, ShadowOf::Photo(photo(1))], CopyStep::Rest),
        (vec![ShadowOf::Draft], CopyStep::Photo { visit: visit(1), photo: photo(1) }),
    ] {
        _ = bench.turn(CopyEvent::Online);
        let list = list.into_iter().map(|of| kept(visit(1), of, digest("two"))).collect();
        assert_eq!(bench.turn(CopyEvent::Listed(list)), step);
    }
}

#[test]
fn copies_of_a_discarded_draft_go_unless_another_phone_goes_on_with_it() {
    let mut bench = Bench::with_a_copy();
    bench.here.clear();
    assert_eq!(bench.reload(), CopyStep::Forget { visit: visit(1) });
    assert_eq!(bench.turn(CopyEvent::Forgotten), CopyStep::Rest);
    assert_eq!(bench.remembered, BTreeMap::new());

    let mut bench = Bench::sending_the_second();
    _ = bench.draft_answered(&[], ShadowOutcome::Overtaken { digest: Some(digest("theirs")) });
    bench.here.clear();
    assert_eq!(bench.reload(), CopyStep::Rest);
    assert_eq!(bench.remembered, BTreeMap::new());
}

#[test]
fn a_signed_draft_is_not_copied_and_its_copies_are_the_servers_to_let_go() {
    let mut bench = Bench::with_a_copy();
    bench.here[0].stage = Stage::Signed;
    assert_eq!(bench.touch(), CopyStep::Rest);
    assert_eq!(bench.later(3600), CopyStep::Rest);
}

#[test]
fn nothing_is_sent_while_entries_are_or_while_nobody_is_signed_in() {
    let mut bench = Bench::sending_the_second();
    assert_eq!(bench.turn(CopyEvent::Outbox(Way::Taken)), CopyStep::Continue);
    assert_eq!(bench.turn(CopyEvent::Failed(Problem::NotSignedIn)), CopyStep::Rest);
    assert_eq!(bench.turn(CopyEvent::Outbox(Way::Free)), CopyStep::Rest, "nobody is signed in");
    assert_eq!(bench.turn(CopyEvent::SignedIn), CopyStep::List);
}

#[test]
fn failures_in_a_row_wait_longer_and_the_network_ends_the_wait() {
    let mut bench = Bench::with_a_draft();
    for wait_seconds in [5, 15, 60, 300] {
        assert_eq!(bench.turn(CopyEvent::Failed(Problem::Unreachable)), wait(bench.now + wait_seconds));
        assert_eq!(bench.later(wait_seconds), CopyStep::List);
    }
    _ = bench.turn(CopyEvent::Failed(Problem::Unreachable));
    assert_eq!(bench.turn(CopyEvent::Online), CopyStep::List);
}

#[test]
fn a_picture_without_room_leaves_the_way_to_text() {
    let mut bench = Bench::sending_the_second();
    _ = bench.draft_answered(&[1], stored("two"));
    let touched = bench.here[0].touched;
    _ = bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") });
    let full = ShadowOutcome::NoRoom { limit_bytes: 1 };
    assert_eq!(bench.turn(CopyEvent::PhotoAnswered { outcome: full }), CopyStep::Rest);
    bench.now += 60;
    _ = bench.touch();
    assert_eq!(bench.later(5), draft(3, Replaces::Exactly(digest("two"))));
    _ = bench.draft_answered(&[1], stored("three"));
    assert_eq!(bench.copied().standing, Standing::NoRoom, "the picture is still missing");
    let step =
        bench.turn(CopyEvent::CardAnswered { touched: bench.here[0].touched, outcome: stored("card") });
    assert_eq!(step, CopyStep::Rest);
    assert_eq!(bench.later(1800), CopyStep::Photo { visit: visit(1), photo: photo(1) });
}

#[test]
fn under_another_key_everything_is_sent_again_and_so_is_what_was_on_its_way() {
    let mut bench = Bench::with_a_copy();
    bench.now = 100;
    assert_eq!(bench.turn(CopyEvent::Rekeyed), draft(2, Replaces::Exactly(digest("one"))));

    // A picture is on its way when the key becomes another one.
    let mut bench = Bench::sending_the_second();
    assert_eq!(bench.draft_answered(&[1, 2], stored("two")), CopyStep::Card { visit: visit(1) });
    let touched = bench.here[0].touched;
    let card = |bench: &mut Bench| bench.turn(CopyEvent::CardAnswered { touched, outcome: stored("card") });
    assert_eq!(card(&mut bench), picture(1));
    bench.now = 200;
    assert_eq!(bench.turn(CopyEvent::Rekeyed), CopyStep::Continue);
    assert_eq!(bench.copied().photos, BTreeSet::new(), "a phone that dies now sends all of it again");
    assert_eq!(bench.reload(), CopyStep::Continue);
    let arrived = |bench: &mut Bench| bench.turn(CopyEvent::PhotoAnswered { outcome: stored("photo") });
    assert_eq!(arrived(&mut bench), picture(1), "it was encrypted with the key before: again");
    assert_eq!(bench.copied().photos, BTreeSet::new());
    assert_eq!(arrived(&mut bench), picture(2));
    assert_eq!(bench.copied().photos, BTreeSet::from([photo(1)]));
    bench.now = 205;
    assert_eq!(arrived(&mut bench), draft(3, Replaces::Exactly(digest("two"))));
}

#[test]
fn a_draft_on_its_way_under_the_key_before_is_replaced_by_one_under_the_key_that_holds() {
    let mut bench = Bench::sending_the_second();
    assert_eq!(bench.turn(CopyEvent::Rekeyed), CopyStep::Continue);
    assert_eq!(bench.draft_answered(&[], stored("two")), wait(75));
    assert_eq!((bench.copied().tag, bench.copied().draft), (Some(digest("two")), None));
    assert_eq!(bench.later(30), draft(3, Replaces::Exactly(digest("two"))));
    assert_eq!(bench.turn(CopyEvent::Failed(Problem::Unreachable)), wait(80));
    assert_eq!(bench.later(5), draft(3, Replaces::Exactly(digest("two"))));
    _ = bench.turn(CopyEvent::Leaving { digest: digest("three") });
    assert_eq!(bench.draft_answered(&[], stored("three")), CopyStep::Card { visit: visit(1) });
    assert_eq!(bench.copied().draft, Some(bench.here[0].touched));
}
