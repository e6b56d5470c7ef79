//! Rewards through the real routes: from a proposal to the receipt, who learns what of it, and a thousand claims at once.

use std::fs;

use axum::http::StatusCode;
use xunan_core::access::Role;
use xunan_core::clock::Span;
use xunan_core::ids::{Entropy, EntryId, SnapId};
use xunan_core::log::Effect;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::reward::{Claimant, RewardCommand, RewardStage, RewardState, Yuan};
use xunan_core::snap::Command;
use xunan_core::sync::SnapsPage;
use xunan_server::ledger_store::LedgerStore;
use xunan_server::snaps::SnapError;
use xunan_server::snaps::sealed::Sealed;
use xunan_server::snaps::secret::Secret;

use super::{Sent, answered, card, cards, post, report, step};
use crate::accounts::somebody;
use crate::pull::EVERYBODY;
use crate::support::{Answer, Browser, Phone, Server, now};

/// A report whose reward is approved, and whoever is there.
pub(super) struct Approved {
    pub(super) server: Server,
    /// The reporter's.
    browser: Browser,
    told: Sent,
    pub(super) snap: SnapId,
    pub(super) officer: Phone,
    /// What is claimed.
    pub(super) approval: String,
}

impl Approved {
    pub(super) async fn reward() -> Self {
        let server = Server::start().await;
        let browser = server.browser();
        let told = report(&browser, &[], &[]).await;
        let (mut office, mut officer) = (server.phone("supervisor1").await, server.phone("reward1").await);
        let snap = card(&server).await.id();
        let after = answered(&server, &mut office, snap).await;
        let (amount, words) = (Yuan::of(300).unwrap(), "经核实属实，拟奖".to_owned());
        take(&mut office, snap, RewardCommand::Propose { after, amount, words }).await;
        let page = browser.get(&told.path).await.text();
        assert!(!page.contains("奖"), "what is proposed is no promise: {page}");
        let (proposal, claim_by) = (stands(&server).await, now().date().plus_days(14));
        take(&mut officer, snap, RewardCommand::Approve { proposal, claim_by }).await;
        let approval = stands(&server).await.to_string();
        Self { server, browser, told, snap, officer, approval }
    }

    pub(super) async fn claimed() -> Self {
        let this = Self::reward().await;
        let answer = this.claim(&[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(answer.header("location").starts_with(&this.told.path), "reloading sends nothing again");
        this
    }

    /// Sends the form of the page, with what is replaced.
    pub(super) async fn claim(&self, replaced: &[(&str, &str)]) -> Answer {
        let mut fields = claim(&self.approval);
        for (name, value) in replaced {
            fields.retain(|(it, _)| it != name);
            fields.push((name, value));
        }
        post(&self.browser, &self.told.path, &fields, &[]).await
    }

    async fn page(&self) -> String {
        self.browser.get(&self.told.path).await.text()
    }

    pub(super) async fn order(&mut self, batch: &str) -> EntryId {
        let claim = stands(&self.server).await;
        let command = RewardCommand::OrderPayout { claim, batch: batch.parse().unwrap() };
        take(&mut self.officer, self.snap, command).await;
        stands(&self.server).await
    }
}

/// Who claims.
pub(super) const SECRETS: [&str; 5] =
    ["王小明明", "110101199003070011", "13812345678", "演示农商银行", "6222020200112233445"];

fn claim(approval: &str) -> Vec<(&str, &str)> {
    let [name, card, telephone, bank, account] = SECRETS;
    let mut fields = vec![("do", "claim"), ("approval", approval)];
    fields.extend([("claimant", name), ("card", card), ("telephone", telephone)]);
    fields.extend([("bank", bank), ("account", account)]);
    fields
}

/// The entry by which the one reward stands as it does.
async fn stands(server: &Server) -> EntryId {
    card(server).await.life.reward.unwrap().stage.mark().entry
}

async fn state(server: &Server) -> RewardState {
    card(server).await.life.reward.unwrap().stage.state()
}

pub(super) async fn take(phone: &mut Phone, snap: SnapId, command: RewardCommand) {
    assert_eq!(step(phone, snap, Command::Reward(command)).await, Effect::Taken);
}

#[tokio::test]
async fn a_reward_goes_from_the_proposal_to_the_receipt_and_the_public_counts_it_without_a_name() {
    let mut way = Approved::reward().await;
    let page = way.page().await;
    for told in ["300 元", "最晚申领日", "身份证号", "申领奖励"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(way.claim(&[]).await.status, StatusCode::SEE_OTHER);
    assert!(way.page().await.contains("已申领，等待发放"));
    let claim = stands(&way.server).await;
    let open = RewardCommand::OpenClaim { of: claim, words: "核对身份".to_owned() };
    take(&mut way.officer, way.snap, open).await;
    let claimant: Claimant =
        way.officer.browser.get(&format!("/api/snaps/{}/claimant", way.snap)).await.json();
    let Claimant { name, identity_card, telephone, bank, account } = claimant;
    assert_eq!([&*name, &identity_card, &telephone, &bank, &account], SECRETS);
    assert!(way.page().await.contains("奖励专员查看了领奖信息"), "the reporter learns that somebody looked");

    let order = way.order("20261129-1").await;
    let list = way.officer.browser.get("/api/payouts/20261129-1").await;
    assert_eq!((list.status, list.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    let text = list.text();
    assert!(text.starts_with('\u{feff}') && text.contains(&order.to_string()), "{text}");
    assert!(SECRETS.iter().all(|it| text.contains(it)) && text.contains(",300,"), "{text}");
    assert!(way.page().await.contains("正在发放"));

    let before = way.browser.get("/snap/plaza").await.text();
    assert!(!before.contains("已发放奖励"), "{before}");
    take(&mut way.officer, way.snap, RewardCommand::PaidOut { order, receipt: "PZ-0001".to_owned() }).await;
    assert!(way.page().await.contains("已发放"));
    let plaza = way.browser.get("/snap/plaza").await.text();
    assert!(plaza.contains("已发放奖励 1 笔，共 300 元"), "{plaza}");
    assert_eq!(way.officer.browser.get("/api/payouts/20261129-1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_learns_who_claims_but_the_officer_who_signed_for_it() {
    let mut way = Approved::claimed().await;
    let path = format!("/api/snaps/{}/claimant", way.snap);
    assert_eq!(way.officer.browser.get(&path).await.status, StatusCode::NOT_FOUND, "nothing is signed yet");
    let order = way.order("B1").await;
    for login in EVERYBODY {
        let browser = way.server.signed_in(login).await;
        let (reads, sees) = (login == "reward1", ["reward1", "supervisor1"].contains(&login));
        for path in [path.as_str(), "/api/payouts/B1"] {
            let expected = if reads { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(browser.get(path).await.status, expected, "{login} {path}");
        }
        let detail = browser.get(&format!("/api/snaps/{}", way.snap)).await;
        assert_eq!(detail.status, if sees { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{login}");
        for path in [format!("/api/snaps/{}", way.snap), "/api/snaps?list=rewards".to_owned()] {
            let text = browser.get(&path).await.text();
            assert!(SECRETS.iter().all(|it| !text.contains(it)), "{login} {path}");
        }
        for path in [format!("/api/entries/{order}"), format!("/api/entries/{order}/receipt")] {
            let text = browser.get(&path).await.text();
            assert!(SECRETS.iter().all(|it| !text.contains(it)), "{login} {path}");
        }
    }
    assert_eq!(way.server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED);
    let public = [way.told.path.clone(), "/snap/plaza".to_owned()];
    for path in public {
        let text = way.browser.get(&path).await.text();
        assert!(SECRETS.iter().all(|it| !text.contains(it)), "{path}");
    }
}

#[tokio::test]
async fn a_copy_of_the_database_alone_does_not_tell_who_claims() {
    let way = Approved::claimed().await;
    for secret in SECRETS {
        assert!(!super::privacy::has(way.server.folder(), secret), "{secret} lies open in the data folder");
    }
    let approval: EntryId = way.approval.parse().unwrap();
    let stolen = LedgerStore::open_sqlite(&way.server.folder().join("ledger.sqlite")).unwrap();
    let sealed = stolen.read(move |tables| tables.sealed_claimant(approval)).await.unwrap().unwrap();
    assert!(Sealed::<Claimant>::of([0; 32], sealed.clone()).open().is_none());
    let file = way.server.folder().join("secrets").join(format!("claimant-{approval}.key"));
    let key = fs::read(&file).unwrap().try_into().unwrap();
    assert!(Sealed::<Claimant>::of(key, sealed).open().is_some(), "and with its own key it does");
}

#[tokio::test]
async fn of_a_thousand_claims_at_once_one_is_kept_and_none_replaces_it() {
    let way = Approved::reward().await;
    let secret: Secret = way.told.path.trim_start_matches("/snap/f/").parse().unwrap();
    let approval: EntryId = way.approval.parse().unwrap();
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..1000 {
        let (snaps, secret) = (way.server.parts.snaps.clone(), secret.clone());
        let text = |what: &str| format!("{what}{number}");
        let claimant = Claimant {
            name: text("甲"),
            identity_card: text("1101"),
            telephone: text("138"),
            bank: text("演示银行"),
            account: text("6222"),
        };
        tries.spawn(async move { (number, snaps.claim(&secret, approval, claimant).await) });
    }
    let (mut kept, mut refused) = (Vec::new(), 0);
    while let Some(tried) = tries.join_next().await {
        match tried.unwrap() {
            (number, Ok(Some(()))) => kept.push(number),
            (_, Err(SnapError::Refused(Problem::StepRefused { why: StepRefusal::NotNow }))) => refused += 1,
            (number, other) => panic!("{number}: {other:?}"),
        }
    }
    assert_eq!((kept.len(), refused), (1, 999));
    let mut way = way;
    way.order("B1").await;
    let list = way.officer.browser.get("/api/payouts/B1").await.text();
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains(&format!("甲{}", kept[0])), "{list}");
    let again = way.claim(&[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "the form that is sent again");
    let claimed = card(&way.server).await.life.reward.unwrap();
    let claims = claimed.story.iter().filter(|line| !line.mark.is_named()).count();
    assert_eq!(claims, 1, "{claimed:?}");
}

#[tokio::test]
async fn a_payout_that_is_ordered_from_two_devices_is_ordered_once() {
    let mut way = Approved::claimed().await;
    let mut second = way.server.phone("reward1").await;
    let claim = stands(&way.server).await;
    let order = |batch: &str| RewardCommand::OrderPayout { claim, batch: batch.parse().unwrap() };
    take(&mut way.officer, way.snap, order("B1")).await;
    let refused = Effect::None { problem: Problem::StepRefused { why: StepRefusal::NotNow } };
    assert_eq!(step(&mut second, way.snap, Command::Reward(order("B2"))).await, refused);
    assert_eq!(second.browser.get("/api/payouts/B2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(second.browser.get("/api/payouts/B1").await.text().lines().count(), 2);
}

#[tokio::test]
async fn who_takes_over_from_an_officer_signs_for_looking_too() {
    let mut way = Approved::claimed().await;
    let order = way.order("B1").await;
    somebody(&way.server, "successor", "999901", Role::RewardOfficer).await;
    let mut successor = way.server.phone("successor").await;
    let paths = [format!("/api/snaps/{}/claimant", way.snap), "/api/payouts/B1".to_owned()];
    for path in &paths {
        assert_eq!(successor.browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let open = RewardCommand::OpenClaim { of: order, words: "接替冯演示发放".to_owned() };
    take(&mut successor, way.snap, open).await;
    for path in &paths {
        let answer = successor.browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().contains(SECRETS[4]), "{path}");
    }
}

/// A payout stands in one list: of the officer who ordered it, not of one who had looked before.
#[tokio::test]
async fn a_payout_stands_in_the_list_of_one_officer() {
    let mut way = Approved::claimed().await;
    somebody(&way.server, "colleague", "999901", Role::RewardOfficer).await;
    let mut colleague = way.server.phone("colleague").await;
    let open = RewardCommand::OpenClaim { of: stands(&way.server).await, words: "核对身份".to_owned() };
    take(&mut colleague, way.snap, open).await;
    let order = way.order("B1").await;
    assert_eq!(colleague.browser.get("/api/payouts/B1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(way.officer.browser.get("/api/payouts/B1").await.text().lines().count(), 2);
    let paid = RewardCommand::PaidOut { order, receipt: "PZ-9".to_owned() };
    let refused = Effect::None { problem: Problem::StepRefused { why: StepRefusal::NotThePayer } };
    assert_eq!(step(&mut colleague, way.snap, Command::Reward(paid)).await, refused);
}

#[tokio::test]
async fn rewards_are_made_again_from_entries_and_who_claims_is_as_it_was() {
    let mut way = Approved::claimed().await;
    way.order("B1").await;
    let before = (card(&way.server).await, way.officer.browser.get("/api/payouts/B1").await.text());
    xunan_server::rebuild::rebuild(&way.server.parts.store, &way.server.parts.packs).await.unwrap();
    let after = (card(&way.server).await, way.officer.browser.get("/api/payouts/B1").await.text());
    assert_eq!(after, before);
    let order = stands(&way.server).await;
    take(&mut way.officer, way.snap, RewardCommand::PaidOut { order, receipt: "PZ-1".to_owned() }).await;
    for _ in 0..2 {
        xunan_server::rebuild::rebuild(&way.server.parts.store, &way.server.parts.packs).await.unwrap();
        let plaza = way.browser.get("/snap/plaza").await.text();
        assert!(plaza.contains("已发放奖励 1 笔，共 300 元"), "{plaza}");
    }
}

/// The machine stopped between the key and the end of the unit.
#[tokio::test]
async fn a_key_that_was_left_behind_is_replaced_by_that_of_the_claim() {
    let way = Approved::reward().await;
    let file = way.server.folder().join("secrets").join(format!("claimant-{}.key", way.approval));
    fs::write(&file, [7; 32]).unwrap();
    assert_eq!(way.claim(&[]).await.status, StatusCode::SEE_OTHER);
    assert_ne!(fs::read(&file).unwrap(), [7; 32]);
    let mut way = way;
    way.order("B1").await;
    assert!(way.officer.browser.get("/api/payouts/B1").await.text().contains(SECRETS[4]));
}

#[tokio::test]
async fn who_was_paid_has_it_destroyed_and_who_waits_for_money_stays_known() {
    let mut way = Approved::claimed().await;
    let forget = [("do", "forget")];
    let file = way.server.folder().join("secrets").join(format!("claimant-{}.key", way.approval));
    assert!(!way.page().await.contains("永久删除这些信息"));
    post(&way.browser, &way.told.path, &forget, &[]).await;
    assert!(file.exists(), "it is needed to pay");
    let order = way.order("B1").await;
    take(&mut way.officer, way.snap, RewardCommand::PaidOut { order, receipt: "PZ-1".to_owned() }).await;
    assert!(way.page().await.contains("永久删除这些信息"));
    let path = format!("/api/snaps/{}/claimant", way.snap);
    assert_eq!(way.officer.browser.get(&path).await.status, StatusCode::NOT_FOUND, "there is nothing to pay");
    assert_eq!(post(&way.browser, &way.told.path, &forget, &[]).await.status, StatusCode::OK);
    assert!(!file.exists() && !way.page().await.contains("永久删除这些信息"));
}

#[tokio::test]
async fn a_claim_whose_key_is_lost_holds_up_no_others_of_its_batch() {
    let mut way = Approved::claimed().await;
    let order = way.order("B1").await;
    let file = way.server.folder().join("secrets").join(format!("claimant-{}.key", way.approval));
    for harm in ["damaged", "lost"] {
        match harm {
            "damaged" => fs::write(&file, [1; 5]).unwrap(),
            _ => fs::remove_file(&file).unwrap(),
        }
        let list = way.officer.browser.get("/api/payouts/B1").await;
        assert_eq!(list.status, StatusCode::OK, "{harm}");
        let text = list.text();
        assert!(text.contains(&order.to_string()) && text.contains("密钥已丢失"), "{harm}: {text}");
    }
    let one = way.officer.browser.get(&format!("/api/snaps/{}/claimant", way.snap)).await;
    assert_eq!(one.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_claim_says_everything_and_what_was_typed_stays_in_its_form() {
    let way = Approved::reward().await;
    for (replaced, long) in [(("bank", ""), false), (("account", &*"1".repeat(61)), true)] {
        let answer = way.claim(&[replaced]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        assert!(text.contains("422.S16") && text.contains("value=\"王小明明\""), "{text}");
        assert_eq!(text.contains(&"1".repeat(61)), long);
    }
    let nonsense = way.claim(&[("approval", "x")]).await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    let other = EntryId::from_parts(now(), Entropy(5)).to_string();
    assert_eq!(way.claim(&[("approval", &other)]).await.status, StatusCode::CONFLICT);
    assert_eq!(state(&way.server).await, RewardState::Approved);
    let keys = fs::read_dir(way.server.folder().join("secrets")).unwrap().count();
    assert_eq!(keys, 1, "a claim that is refused leaves nothing");
    let markup = way.claim(&[("claimant", "<b>王</b>"), ("bank", "")]).await.text();
    assert!(markup.contains("&lt;b&gt;") && !markup.contains("<b>王"), "{markup}");
}

#[tokio::test]
async fn what_is_not_claimed_in_time_has_lapsed_and_a_form_of_before_says_so() {
    let way = Approved::reward().await;
    way.server.parts.clock.advance(Span::days(14));
    assert!(way.page().await.contains("申领奖励"), "the last day counts");
    way.server.parts.clock.advance(Span::days(1));
    let page = way.page().await;
    assert!(page.contains("已经过了申领期限") && !page.contains("申领奖励"), "{page}");
    let late = way.claim(&[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("409.S17"), "{}", late.text());
    assert_eq!(state(&way.server).await, RewardState::Approved);
    let keys = fs::read_dir(way.server.folder().join("secrets")).unwrap().count();
    assert_eq!(keys, 1, "and nothing of who claims is kept");
}

#[tokio::test]
async fn money_that_came_back_is_claimed_anew_and_the_list_has_no_formulas() {
    let mut way = Approved::claimed().await;
    let order = way.order("B1").await;
    let claim_by = now().date().plus_days(20);
    let words = "账号有误".to_owned();
    take(&mut way.officer, way.snap, RewardCommand::PayoutFailed { order, words, claim_by }).await;
    let page = way.page().await;
    assert!(page.contains("上次没有发放成功") && page.contains("账号有误"), "{page}");
    assert!(page.contains("奖励专员查看了领奖信息"), "looks of before are still told: {page}");
    assert_eq!(way.claim(&[]).await.status, StatusCode::CONFLICT, "the form of before");
    way.approval = stands(&way.server).await.to_string();
    let formula = "=HYPERLINK(\"http://evil.example\",\"王\")";
    let again = way.claim(&[("claimant", formula), ("bank", "＝银行,\"支行\"")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let keys = fs::read_dir(way.server.folder().join("secrets")).unwrap().count();
    assert_eq!(keys, 2, "of the links and of this claim: the one before is destroyed");
    way.order("B2").await;
    assert_eq!(way.officer.browser.get("/api/payouts/B1").await.status, StatusCode::NOT_FOUND);
    let list = way.officer.browser.get("/api/payouts/B2").await.text();
    assert!(list.contains(",\"'=HYPERLINK(\"\"http"), "{list}");
    assert!(list.contains(",\"'＝银行,\"\"支行\"\"\""), "{list}");
    for nonsense in ["b2", "", "B%202", &"1".repeat(21)] {
        let path = format!("/api/payouts/{nonsense}");
        assert_eq!(way.officer.browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn lists_of_rewards_have_what_an_office_has_to_do_first_and_the_rest_apart_page_by_page() {
    let server = Server::start().await;
    let browser = server.browser();
    let (mut office, mut officer) = (server.phone("supervisor1").await, server.phone("reward1").await);
    for _ in 0..4 {
        report(&browser, &[], &[]).await;
    }
    let snaps: Vec<SnapId> = cards(&server).await.iter().map(xunan_core::ledger::SnapCard::id).collect();
    let listed = |browser: Browser, list: &'static str| async move {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/snaps?list={list}&limit=1{after}");
            let page: SnapsPage = browser.get(&path).await.json();
            found.extend(page.snaps.iter().map(|it| it.snap.id()));
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => return found,
            }
        }
    };
    for snap in &snaps[..3] {
        let after = answered(&server, &mut office, *snap).await;
        let (amount, words) = (Yuan::of(100).unwrap(), "属实".to_owned());
        take(&mut office, *snap, RewardCommand::Propose { after, amount, words }).await;
    }
    assert_eq!(listed(officer.browser.clone(), "rewards").await, snaps[..3]);
    assert!(listed(officer.browser.clone(), "rewarded").await.is_empty());
    for snap in [snaps[1], snaps[0]] {
        let card = cards(&server).await.into_iter().find(|card| card.id() == snap).unwrap();
        let Some(RewardStage::Proposed { mark, .. }) = card.life.reward.map(|it| it.stage) else { panic!() };
        let words = "另案已奖".to_owned();
        take(&mut officer, snap, RewardCommand::NotApprove { proposal: mark.entry, words }).await;
    }
    assert_eq!(listed(officer.browser.clone(), "rewards").await, snaps[2..3]);
    assert_eq!(listed(officer.browser.clone(), "rewarded").await, [snaps[0], snaps[1]]);
    for login in EVERYBODY {
        let browser = server.signed_in(login).await;
        let expected = usize::from(["supervisor1", "reward1"].contains(&login));
        assert_eq!(listed(browser, "rewards").await.len(), expected, "{login}");
    }
}
