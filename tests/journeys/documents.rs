//! Documents: issued on site without a network, shown and printed there, numbered when the network returns, and read back
//! by a PDF library that is not ours.

use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;
use xunan_core::department::Department;
use xunan_core::document::{
    Block, DocumentKind, Drafting, Grounds, HazardPlan, Issue, Officer, RecheckLine, TransferOut, blocks,
};
use xunan_core::evidence::RegionRules;
use xunan_core::hazard::TreatmentPlan;
use xunan_core::ids::{DocumentId, Entropy};
use xunan_core::ledger::{DocumentCard, Row};
use xunan_core::log::{Body, Effect, SignedReceipt};
use xunan_core::rules::Profile;
use xunan_core::sync::{Outcome, Pulled};
use xunan_core::visit::RevisitOutcome;
use xunan_e2e::filled_visit::{Provisions, Wish, filled_visit};
use xunan_e2e::http::Http;
use xunan_e2e::pages::{Outbox, Walk, sign_and_issue};
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::{demo, jpeg};

/// What pdfplumber finds in a file.
#[derive(Debug, Deserialize)]
struct Found {
    sizes: Vec<[u32; 2]>,
    texts: Vec<String>,
    tables: Vec<Vec<Vec<Option<String>>>>,
    fonts: Vec<String>,
    title: Option<String>,
}

impl Found {
    /// Everything that it reads, without spaces, line ends and the numbers of pages.
    fn words(&self) -> String {
        let pages = self.texts.len();
        let texts = (1..=pages)
            .zip(&self.texts)
            .map(|(number, text)| squeezed(text).replace(&format!("第{number}页共{pages}页"), ""));
        texts.collect()
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

async fn read_by_pdfplumber(folder: &Path, bytes: &[u8]) -> Found {
    let file = folder.join("document.pdf");
    std::fs::write(&file, bytes).expect("a file");
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let read = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/read_pdf.py"))
        .arg(&file)
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("python runs");
    assert!(read.status.success(), "pdfplumber cannot read it");
    serde_json::from_slice(&read.stdout).expect("what it found is JSON")
}

/// The words of a block that stand in one piece on the paper; a table's stand in cells.
fn words_of(block: &Block) -> Vec<String> {
    match block {
        Block::Title { office, text } => vec![office.clone(), text.clone()],
        Block::Number { text } => text.iter().cloned().collect(),
        Block::Field { label, value } | Block::SignLine { label, value } => vec![format!("{label}：{value}")],
        Block::Paragraph { runs } => vec![runs.iter().map(xunan_core::document::Run::text).collect()],
        Block::Table { .. } => Vec::new(),
        Block::SealPlace { office } => vec![format!("{office}（印章）")],
        Block::Boxes { label, year, month, day } => vec![format!("{label}：{year}年{month}月{day}日")],
    }
}

fn check_paper(found: &Found, issue: &Issue, number: u32) {
    let kind = issue.kind();
    assert!(found.sizes.iter().all(|size| *size == [595, 842]), "{kind:?}: A4, {:?}", found.sizes);
    assert_eq!(found.title.as_deref(), Some(kind.title(issue.office.kind)));
    assert!(
        !found.fonts.is_empty() && found.fonts.iter().all(|font| font.contains('+')),
        "{:?}",
        found.fonts
    );
    let words = found.words();
    for block in blocks(issue, Some(number)) {
        for wanted in words_of(&block) {
            assert!(words.contains(&squeezed(&wanted)), "{kind:?}: {wanted} is not in {words}");
        }
        if let Block::Table { head, rows } = block {
            let cells: Vec<Vec<String>> = found
                .tables
                .iter()
                .flatten()
                .map(|row| row.iter().map(|cell| squeezed(cell.as_deref().unwrap_or_default())).collect())
                .collect();
            let names: Vec<String> = head.into_iter().map(|(name, _)| name).collect();
            assert!(cells.contains(&names), "{kind:?}: {names:?}");
            for row in rows {
                let row: Vec<String> = row.iter().map(|cell| squeezed(cell)).collect();
                assert!(cells.contains(&row), "{kind:?}: {row:?} is not in {cells:?}");
            }
        }
    }
}

/// A document of every kind, the order before its re-check.
fn every_kind(
    phone: &mut Phone,
    provisions: &Provisions,
    office: &xunan_core::letterhead::Letterhead,
) -> Vec<Issue> {
    let home =
        provisions.facilities.iter().find(|it| it.name == demo::ELDERLY_HOME).expect("the home").clone();
    let photo = jpeg::photo(1600, 1200, 5);
    let wish = Wish { failing: 2, photos: &[&photo], profile: Profile::Standard };
    let record = filled_visit(phone, provisions, &home, wish);
    let pack = &provisions.pack;
    let officers: Vec<Officer> = record.content().inspectors.iter().map(Officer::of).collect();
    let hazard = record.content().findings[0].hazard;
    let id = |number| DocumentId::from_parts(now(), Entropy(number));
    let drafting = |number| Drafting { id: id(number), office, facility: &home, on: now().date() };
    let order = drafting(1).order(&record, pack);
    let rechecked = order.ordered_lines().into_iter().map(|(hazard, what)| RecheckLine {
        hazard,
        what,
        result: RevisitOutcome::LooksFixed,
        note: "已更换".to_owned(),
    });
    let recheck = drafting(2).recheck(Some(order.as_before(Some(1))), rechecked.collect(), officers.clone());
    let grounds = Grounds {
        hazards: vec![hazard],
        facts: vec!["拒不执行停止使用的决定，有发生事故的现实危险".to_owned()],
        basis: "《中华人民共和国安全生产法》第七十条".to_owned(),
        measures: vec!["停止供电".to_owned()],
        from: now(),
    };
    let mut measures = grounds.clone();
    measures.measures = vec!["停止使用".to_owned()];
    let mut decision = drafting(3).coercive_decision(None, officers.clone(), measures.clone());
    decision.matter = xunan_core::document::Matter::MeasuresDecision(measures);
    let part = |text: &str| format!("{text}：保持疏散通道畅通，㛃、𠮷等生僻字也要印出");
    let plan = HazardPlan {
        hazard: xunan_core::ids::HazardId::from_parts(now(), Entropy(9)),
        what: "疏散门上锁".to_owned(),
        plan: TreatmentPlan {
            goals: part("目标"),
            methods: part("方法"),
            funds: part("经费"),
            people: part("人员"),
            requirements: part("要求"),
            until: now().date(),
            emergency: part("预案"),
        },
    };
    let transfer = TransferOut {
        hazard,
        to: Department::FireRescue,
        to_name: "云溪县消防救援大队（演示数据）".to_owned(),
        what: "疏散门上锁".to_owned(),
        reason: "属于消防救援机构职责".to_owned(),
        attachments: vec!["现场检查记录复印件".to_owned()],
    };
    vec![
        order,
        drafting(4).inspection_record(&record, pack),
        drafting(5).checklist(&record, pack),
        decision,
        drafting(6).coercive_decision(None, officers.clone(), grounds),
        recheck,
        drafting(7).treatment_plan(plan),
        drafting(8).transfer(transfer, officers),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_library_reads_every_kind_of_document_back_and_the_overlay_has_its_values_alone() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(&data.path().join("data")).await;
    let mut phone = Phone::enrolled(server.port(), demo::INSPECTOR, demo::PASSWORD, 11).await;
    let provisions = Provisions::pulled(&phone).await;
    let rules: RegionRules = phone.http.get("/api/region-rules").await.json();
    let office = rules.letterhead.expect("the demo's office").read().expect("a letterhead");
    let issues = every_kind(&mut phone, &provisions, &office);
    let kinds: std::collections::BTreeSet<DocumentKind> = issues.iter().map(Issue::kind).collect();
    assert_eq!(kinds.len(), DocumentKind::ALL.len());
    for issue in &issues {
        let entry = phone.sign(&Body::DocumentIssued(Box::new(issue.clone())));
        let answer = phone.push(&[&entry]).await.expect("the server answers");
        let Outcome::Receipted { receipt } = &answer.entries[0].outcome else { panic!("{answer:?}") };
        let receipt = SignedReceipt::parse(receipt).expect("a receipt");
        assert_eq!(receipt.receipt().effect, Effect::Taken, "{:?}", issue.kind());

        let path = format!("/api/documents/{}.pdf", issue.id);
        let found = read_by_pdfplumber(data.path(), &phone.http.get(&path).await.body).await;
        check_paper(&found, issue, 1);
        let overlay = phone.http.get(&format!("{path}?overlay=1")).await.body;
        let words = read_by_pdfplumber(data.path(), &overlay).await.words();
        assert!(words.contains(&issue.number_text(1)), "{words}");
        assert!(!words.contains(issue.kind().title(office.kind)) || issue.before().is_some(), "{words}");
        assert!(!words.contains("印章"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_issued_on_site_without_a_network_is_shown_numbered_later_and_rechecked_by_two() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    for item in walk.items().await {
        walk.not_applicable(&item).await;
    }
    walk.add_hazard("二层走廊堆放杂物").await;
    walk.saved().await;
    sign_and_issue(&browser).await;

    browser.click(".parcel-actions a", "出具文书").await;
    browser.click("main .button", "出具责令限期整改指令书").await;
    browser.see(".paper").await;
    browser.see_text("编号待联网后生成").await;
    browser.see_text("二层走廊堆放杂物").await;
    browser.picture("document-offline-phone").await;

    scene.network.give_back();
    let page = browser.run("return location.href", Vec::new()).await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    browser.go(page.as_str().expect("an address")).await;
    let number = format!("云民责改〔{}〕1号", now().date().year());
    browser.see_text(&number).await;
    browser.picture("document-numbered-phone").await;
    let inspector = Http::to_port(scene.server.port()).signed_in(demo::INSPECTOR, demo::PASSWORD).await;
    let order = documents(&inspector).await.pop().expect("the order");
    let pdf = inspector.get(&format!("/api/documents/{}.pdf", order.id)).await.body;
    let found = read_by_pdfplumber(scene.data(), &pdf).await;
    check_paper(&found, &order.issue.read().expect("an issue"), 1);

    browser.click("main a.button", "复查").await;
    browser.press_css("main fieldset label:first-of-type").await;
    browser.choose("main select", 1).await;
    browser.picture("recheck-phone").await;
    // One reviewer is not enough; the other is chosen in the second list.
    browser.click("main .button", "出具整改复查意见书").await;
    browser.see_text("需要两名持证人员").await;
    browser.choose("main .field:has(select) ~ .field select", 3).await;
    browser.click("main .button", "出具整改复查意见书").await;
    browser.see_text(&format!("云民复查〔{}〕1号", now().date().year())).await;
    let recheck = documents(&inspector).await.into_iter().find(|it| it.before == Some(order.id));
    assert_eq!(recheck.expect("the re-check").people.len(), 2);
    browser.close().await;
}

async fn documents(http: &Http) -> Vec<DocumentCard> {
    let pulled: Pulled = http.get("/api/pull?after=0&limit=500").await.json();
    let cards = pulled.rows.into_iter().filter_map(|row| match row {
        Row::Document(card) => card.get().cloned(),
        _ => None,
    });
    cards.collect()
}
