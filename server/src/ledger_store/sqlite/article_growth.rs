//! A page of articles costs the same with three hundred and with twelve hundred of them, however it is narrowed down: counted in
//! steps of SQLite's machine.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::facility::FacilityType;
use xunan_core::hazard::Mark;
use xunan_core::ids::{ArticleId, Entropy, EntryId};
use xunan_core::knowledge::{Article, ArticleText, ArticleTitle, Content, Pictures, Quiz, StoryLine, What};
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::growth::{Counted, is_flat};
use crate::ledger_store::{ArticleTables as _, ArticlesAsked};

fn noon() -> Instant {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

fn line(number: u32, what: What) -> StoryLine {
    let at = noon().plus(Span::minutes(number.into()));
    StoryLine { mark: Mark::nameless(EntryId::from_parts(at, Entropy(number.into())), at, at), what }
}

/// The first version of an article of one of three offices, every second one of a section and for one kind of institution.
fn article(number: u32) -> Article {
    let narrow = number.is_multiple_of(2);
    Article {
        id: ArticleId::from_parts(noon(), Entropy(number.into())),
        office: format!("99990{}", number % 3 + 1).parse().unwrap(),
        content: Content {
            title: ArticleTitle::of(&format!("用电安全，第 {number} 篇")).unwrap(),
            text: ArticleText::of("插座**不过**载").unwrap(),
            section: narrow.then(|| "fire".parse().unwrap()),
            types: narrow.then_some(FacilityType::ElderlyCare).into_iter().collect(),
            quiz: Quiz::default(),
            pictures: Pictures::default(),
        },
        version: 1,
        last: line(number, What::Version { number: 1 }),
        before: Vec::new(),
    }
}

/// Every question about articles, those of an office's region among them.
pub(super) fn ask_about_articles(store: &SqliteConnection, region: &DivisionCode) {
    let article = article(1);
    store.put_article(&article).unwrap();
    store.put_article(&withdrawn(&article)).unwrap();
    ask_about_one(store, article.id);
    for asked in narrowed() {
        store.public_articles(&asked).unwrap();
        store.public_articles(&ArticlesAsked { before: Some(7), ..asked }).unwrap();
    }
    store.articles_within(region, None, 10).unwrap();
    store.articles_within(region, Some(7), 10).unwrap();
}

/// Every question about one article and its pictures.
fn ask_about_one(store: &SqliteConnection, id: ArticleId) {
    let picture = Digest::of(b"a picture");
    store.article(id).unwrap();
    store.article_version(id, 1).unwrap();
    store.article_showing(&picture).unwrap();
    store.shows_picture(id, &picture).unwrap();
}

fn withdrawn(article: &Article) -> Article {
    let what = What::Withdrawn { reason: "过时".to_owned() };
    Article { last: line(9999, what), before: vec![article.last.clone()], ..article.clone() }
}

/// Every way in which a list can be narrowed down.
fn narrowed() -> Vec<ArticlesAsked> {
    let mut all = vec![ArticlesAsked { limit: 21, ..ArticlesAsked::default() }];
    let more = |all: &mut Vec<ArticlesAsked>, narrow: &dyn Fn(ArticlesAsked) -> ArticlesAsked| {
        all.extend(all.clone().into_iter().map(narrow));
    };
    more(&mut all, &|it| ArticlesAsked { section: Some("fire".parse().unwrap()), ..it });
    more(&mut all, &|it| ArticlesAsked { facility_type: Some(FacilityType::ElderlyCare), ..it });
    let found = |words: &str, it: &ArticlesAsked| ArticlesAsked { words: words.to_owned(), ..it.clone() };
    let found: Vec<_> =
        ["电", "不过载"].iter().flat_map(|words| all.iter().map(move |it| found(words, it))).collect();
    all.extend(found);
    all
}

fn library(articles: u32) -> Counted {
    Counted::filled(|connection| {
        for number in 0..articles {
            connection.put_article(&article(number)).unwrap();
        }
    })
}

#[test]
fn a_page_among_hundreds_of_articles_costs_what_one_among_four_times_as_many_does() {
    let (few, many) = (library(300), library(1200));
    let mut steep = Vec::new();
    let mut compare = |what: String, ask: &dyn Fn(&SqliteConnection)| {
        let (few, many) = (few.steps_of(ask), many.steps_of(ask));
        if !is_flat(few, many) {
            steep.push(format!("{what}: {few} steps, then {many}"));
        }
    };
    for asked in narrowed() {
        for before in [None, Some(200)] {
            let asked = ArticlesAsked { before, ..asked.clone() };
            compare(format!("{asked:?}"), &|it| assert_ne!(it.public_articles(&asked).unwrap(), []));
        }
    }
    let (one, offices) = (article(200), "9999".parse().unwrap());
    compare("one article".to_owned(), &|it| assert!(it.article(one.id).unwrap().is_some()));
    compare("a version".to_owned(), &|it| assert!(it.article_version(one.id, 1).unwrap().is_some()));
    compare("offices".to_owned(), &|it| {
        assert_eq!(it.articles_within(&offices, None, 50).unwrap().len(), 50);
    });
    compare("a step".to_owned(), &|it| it.put_article(&withdrawn(&one)).unwrap());
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

#[test]
fn a_list_has_each_public_article_that_fits_once_the_one_changed_last_first() {
    let library = library(60);
    let connection = &library.connection;
    connection.put_article(&withdrawn(&article(7))).unwrap();
    let changed = Article {
        content: Content { section: Some("gas".parse().unwrap()), ..article(10).content },
        version: 2,
        last: line(5000, What::Version { number: 2 }),
        before: vec![article(10).last],
        ..article(10)
    };
    connection.put_article(&changed).unwrap();
    let order: Vec<u32> = [10].into_iter().chain((0..60).rev().filter(|it| ![7, 10].contains(it))).collect();
    for asked in narrowed() {
        // All are for homes of the elderly: every second one for these alone, and the others for all.
        let fits = |number: &&u32| asked.section.is_none() || number.is_multiple_of(2) && **number != 10;
        let expected: Vec<ArticleId> = order.iter().filter(fits).map(|number| article(*number).id).collect();
        for limit in [7, 21, 100] {
            let (mut found, mut before) = (Vec::new(), None);
            loop {
                let page =
                    connection.public_articles(&ArticlesAsked { before, limit, ..asked.clone() }).unwrap();
                found.extend(page.iter().map(|it| it.article.id));
                before = page.last().map(|it| it.place);
                if page.len() < limit {
                    break;
                }
            }
            assert_eq!(found, expected, "{asked:?}");
        }
    }
    let all = connection.articles_within(&"".parse().unwrap(), None, 100).unwrap();
    assert_eq!(all.len(), 60, "the withdrawn one among them");
    assert_eq!(connection.article_version(changed.id, 1).unwrap(), Some(article(10).content));
    assert_eq!(connection.article_version(changed.id, 2).unwrap(), Some(changed.content));
    assert_eq!(connection.article_version(changed.id, 3).unwrap(), None);
}
