//! Documents: numbered one by one, given out as PDF to whoever may see them.

use axum::http::StatusCode;
use xunan_core::document::{Drafting, Issue, Officer, OrderedLine, RecheckLine};
use xunan_core::evidence::RegionRules;
use xunan_core::facility::Facility;
use xunan_core::ids::{DocumentId, Entropy};
use xunan_core::ledger::{Colleague, DocumentCard, Row};
use xunan_core::letterhead::Letterhead;
use xunan_core::log::{Body, Effect};
use xunan_core::problem::{DocumentRefusal, Problem};
use xunan_core::visit::RevisitOutcome;
use xunan_server::documents::Press;
use xunan_server::routes::router;

use crate::support::{Browser, Phone, Server, now, receipt};

/// What an inspector needs to write a document.
struct Desk {
    phone: Phone,
    letterhead: Letterhead,
    home: Facility,
    officers: Vec<Officer>,
    lines: Vec<OrderedLine>,
    issued: u128,
}

impl Desk {
    async fn of(server: &Server) -> Self {
        let phone = server.phone("inspector1").await;
        let rules: RegionRules = phone.browser.get("/api/region-rules").await.json();
        let letterhead = rules.letterhead.unwrap().read().unwrap();
        let rows = phone.browser.rows().await;
        let hazard =
            rows.iter().find_map(|row| if let Row::Hazard(it) = row { Some(it) } else { None }).unwrap();
        let home = rows.iter().find_map(|row| match row {
            Row::Facility(it) if it.id == hazard.facility => Some(it.clone()),
            _ => None,
        });
        let colleagues = rows.iter().filter_map(|row| match row {
            Row::Colleague(it) if it.region == phone.account.region => Some(it),
            _ => None,
        });
        let mut line = hazard.ordered_line();
        line.due = Some(xunan_core::visit::Due::OnTheSpot);
        let officers = colleagues.take(2).map(officer).collect();
        Self { letterhead, home: home.unwrap(), officers, lines: vec![line], phone, issued: 0 }
    }

    fn draft(&mut self, write: impl FnOnce(&Drafting<'_>, &Self) -> Issue) -> Issue {
        self.issued += 1;
        let id = DocumentId::from_parts(now(), Entropy(self.issued));
        let (office, facility) = (self.letterhead.clone(), self.home.clone());
        write(&Drafting { id, office: &office, facility: &facility, on: now().date() }, self)
    }

    fn order(&mut self) -> Issue {
        self.draft(|drafting, desk| drafting.order_of(desk.lines.clone(), desk.officers.clone()))
    }

    fn recheck(&mut self, of: &Issue, number: Option<u32>, reviewers: usize) -> Issue {
        self.draft(|drafting, desk| {
            let lines = of.ordered_lines().into_iter().map(|(hazard, what)| RecheckLine {
                hazard,
                what,
                result: RevisitOutcome::LooksFixed,
                note: String::new(),
            });
            drafting.recheck(Some(of.as_before(number)), lines.collect(), desk.officers[..reviewers].to_vec())
        })
    }

    async fn push(&mut self, issue: &Issue) -> Effect {
        let entry = self.phone.sign(&Body::DocumentIssued(Box::new(issue.clone())));
        receipt(&self.phone.push_one(&entry).await).receipt().effect.clone()
    }
}

fn officer(colleague: &Colleague) -> Officer {
    Officer {
        account: colleague.account,
        name: colleague.name.clone(),
        certificate: colleague.certificate.number.clone(),
    }
}

async fn card(browser: &Browser, id: DocumentId) -> Option<DocumentCard> {
    browser.rows().await.into_iter().find_map(|row| match row {
        Row::Document(card) => card.get().filter(|card| card.id == id).cloned(),
        _ => None,
    })
}

fn refused(why: DocumentRefusal) -> Effect {
    Effect::None { problem: Problem::DocumentRefused { why } }
}

#[tokio::test]
async fn documents_are_numbered_one_by_one_and_refused_ones_spend_no_number() {
    let server = Server::start().await;
    let mut desk = Desk::of(&server).await;
    let first = desk.order();
    let mut without_court = desk.order();
    without_court.office.court.clear();
    let second = desk.order();
    assert_eq!(desk.push(&first).await, Effect::Taken);
    assert_eq!(desk.push(&without_court).await, refused(DocumentRefusal::RemediesMissing));
    assert_eq!(desk.push(&second).await, Effect::Taken);
    let browser = desk.phone.browser.clone();
    assert_eq!(card(&browser, first.id).await.unwrap().number, Some(1));
    assert_eq!(card(&browser, without_court.id).await, None);
    assert_eq!(card(&browser, second.id).await.unwrap().number, Some(2));

    // A re-check needs an order before it and two reviewers; its series is its own.
    let stray = desk.order();
    let recheck = desk.recheck(&stray, None, 2);
    assert_eq!(desk.push(&recheck).await, refused(DocumentRefusal::PredecessorMissing));
    let alone = desk.recheck(&first, Some(1), 1);
    assert_eq!(desk.push(&alone).await, refused(DocumentRefusal::OfficersMissing));
    let recheck = desk.recheck(&first, Some(1), 2);
    assert_eq!(desk.push(&recheck).await, Effect::Taken);
    let card = card(&browser, recheck.id).await.unwrap();
    assert_eq!((card.number, card.before), (Some(1), Some(first.id)));
}

#[tokio::test]
async fn a_document_is_a_pdf_for_those_who_may_see_it() {
    let server = Server::start().await;
    let mut desk = Desk::of(&server).await;
    let order = desk.order();
    assert_eq!(desk.push(&order).await, Effect::Taken);
    let path = format!("/api/documents/{}.pdf", order.id);
    for login in ["inspector1", "inspector2", "supervisor1"] {
        let answer = server.signed_in(login).await.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{login}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/pdf");
        assert!(answer.body.starts_with(b"%PDF-") && answer.body.len() < 300_000, "{}", answer.body.len());
    }
    let overlay = server.signed_in("supervisor1").await.get(&format!("{path}?overlay=1")).await;
    assert!(overlay.body.starts_with(b"%PDF-"));
    // Exactly the institution that it is addressed to.
    let rows_of = |login: &'static str| {
        let server = &server;
        async move { server.signed_in(login).await.rows().await }
    };
    for login in ["institution1", "institution2"] {
        let own =
            rows_of(login).await.iter().any(|row| matches!(row, Row::Facility(it) if it.id == desk.home.id));
        let answer = server.signed_in(login).await.get(&path).await;
        let expected = if own { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{login}");
        assert_eq!(card(&server.signed_in(login).await, order.id).await.is_some(), own, "{login}");
    }
    assert_eq!(server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED);
    for nothing in ["/api/documents/0.pdf", "/api/documents/01HZZZZZZZZZZZZZZZZZZZZZZZ.pdf"] {
        let answer = server.signed_in("supervisor1").await.get(nothing).await;
        assert_eq!(answer.problem(), Problem::NotFound);
    }
}

#[tokio::test]
async fn a_machine_without_chinese_fonts_says_so_and_keeps_the_document() {
    let server = Server::start().await;
    let mut desk = Desk::of(&server).await;
    let order = desk.order();
    assert_eq!(desk.push(&order).await, Effect::Taken);
    let mut parts = server.parts.clone();
    parts.press = Press::without_fonts();
    let browser = server.signed_in("supervisor1").await.elsewhere(router(parts));
    let answer = browser.get(&format!("/api/documents/{}.pdf", order.id)).await;
    assert_eq!((answer.status, answer.problem()), (StatusCode::SERVICE_UNAVAILABLE, Problem::NoFont));
    assert!(card(&browser, order.id).await.is_some());
}
