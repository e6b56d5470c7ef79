//! Articles of safety knowledge: lists that follow each step, and versions that stay.

use xunan_core::digest::Digest;
use xunan_core::hazard::Mark;
use xunan_core::ids::{ArticleId, Entropy, EntryId, PhotoId};
use xunan_core::knowledge::{
    Article, ArticlePicture, ArticleText, ArticleTitle, Content, Pictures, Quiz, StoryLine, What,
};
use xunan_server::ledger_store::{ArticlesAsked, LedgerStore, StoreError, StoreResult, Tables};

use super::{backends, noon};

fn content(text: &str) -> Content {
    Content {
        title: ArticleTitle::of("用电安全").unwrap(),
        text: ArticleText::of(text).unwrap(),
        section: None,
        types: [].into(),
        quiz: Quiz::default(),
        pictures: Pictures::default(),
    }
}

fn line(entry: u128, what: What) -> StoryLine {
    StoryLine { mark: Mark::nameless(EntryId::from_parts(noon(), Entropy(entry)), noon(), noon()), what }
}

/// The first version of an article of an office.
fn article(number: u128, office: &str) -> Article {
    Article {
        id: ArticleId::from_parts(noon(), Entropy(number)),
        office: office.parse().unwrap(),
        content: content(&format!("第 {number} 篇")),
        version: 1,
        last: line(number, What::Version { number: 1 }),
        before: Vec::new(),
    }
}

fn revised(article: &Article, text: &str) -> Article {
    let number = article.version + 1;
    let before = article.story().cloned().collect();
    let last = line(100 + u128::from(number), What::Version { number });
    Article { content: content(text), version: number, last, before, ..article.clone() }
}

fn withdrawn(article: &Article) -> Article {
    let before = article.story().cloned().collect();
    Article { last: line(200, What::Withdrawn { reason: "过时".to_owned() }), before, ..article.clone() }
}

fn public(tables: &dyn Tables, words: &str) -> StoreResult<Vec<ArticleId>> {
    let asked = ArticlesAsked { words: words.to_owned(), limit: 10, ..ArticlesAsked::default() };
    Ok(tables.public_articles(&asked)?.into_iter().map(|it| it.article.id).collect())
}

fn within(tables: &dyn Tables, division: &str) -> StoreResult<Vec<ArticleId>> {
    let found = tables.articles_within(&division.parse().unwrap(), None, 10)?;
    Ok(found.into_iter().map(|it| it.article.id).collect())
}

#[tokio::test]
async fn lists_follow_each_step_and_every_version_stays() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let [one, two, three] = [(1, "999901"), (2, "999901001"), (3, "999902")]
                .map(|(number, office)| article(number, office));
            for own in [&one, &two, &three] {
                assert_eq!(tables.article(own.id)?, None);
                tables.put_article(own)?;
                assert_eq!(tables.article(own.id)?.as_ref(), Some(own));
            }
            assert_eq!(public(tables, "")?, [three.id, two.id, one.id]);
            assert_eq!(public(tables, "第 2 篇")?, [two.id]);
            assert_eq!(within(tables, "999901")?, [two.id, one.id]);
            assert_eq!(within(tables, "")?, [three.id, two.id, one.id]);
            // Another version is news, and only its words are found.
            let next = revised(&one, "改过的");
            tables.put_article(&next)?;
            assert_eq!(public(tables, "")?, [one.id, three.id, two.id]);
            assert_eq!((public(tables, "第 1 篇")?, public(tables, "改过")?), (vec![], vec![one.id]));
            assert_eq!(tables.article_version(one.id, 1)?, Some(one.content.clone()));
            assert_eq!(tables.article_version(one.id, 2)?, Some(next.content.clone()));
            assert_eq!(tables.article_version(one.id, 3)?, None);
            // Withdrawn: its office's alone.
            tables.put_article(&withdrawn(&next))?;
            assert_eq!((public(tables, "")?, public(tables, "改过")?), (vec![three.id, two.id], vec![]));
            assert_eq!(within(tables, "9999")?, [one.id, three.id, two.id]);
            assert_eq!(tables.article_version(one.id, 2)?, Some(next.content));
            tables.delete_articles()?;
            assert_eq!((public(tables, "")?, within(tables, "")?), (vec![], vec![]));
            assert_eq!((tables.article(one.id)?, tables.article_version(one.id, 1)?), (None, None));
            tables.put_article(&one)?;
            assert_eq!(public(tables, "第 1 篇")?, [one.id]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn no_version_is_overwritten() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let put = |article: Article| store.write(move |tables| tables.put_article(&article));
        put(article(1, "999901")).await.unwrap();
        let other = Article { content: content("别的话"), ..article(1, "999901") };
        assert!(put(other).await.is_err());
        let kept = store.read(|tables| tables.article_version(article(1, "999901").id, 1)).await.unwrap();
        assert_eq!(kept, Some(content("第 1 篇")));
    }
}

fn with_pictures(article: Article, names: &[&str]) -> Article {
    let picture = |name: &&str| ArticlePicture {
        id: PhotoId::from_parts(noon(), Entropy(name.len() as u128)),
        digest: Digest::of(name.as_bytes()),
        size_bytes: 1000,
        width_px: 8,
        height_px: 8,
    };
    let pictures = Pictures::try_from(names.iter().map(picture).collect::<Vec<_>>()).unwrap();
    Article { content: Content { pictures, ..article.content.clone() }, ..article }
}

#[tokio::test]
async fn pictures_of_all_versions_are_known_by_their_bytes_until_articles_are_made_again() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let [one, two] = [article(1, "999901"), article(2, "999902")];
            let [a, bb, ccc] = ["a", "bb", "ccc"].map(|name| Digest::of(name.as_bytes()));
            tables.put_article(&with_pictures(one.clone(), &["a"]))?;
            tables.put_article(&with_pictures(two.clone(), &["bb"]))?;
            tables.put_article(&with_pictures(revised(&one, "改"), &["a", "ccc"]))?;
            let without = revised(&revised(&one, "改"), "没有图");
            tables.put_article(&without)?;
            for (picture, article) in [(a, one.id), (ccc, one.id), (bb, two.id)] {
                assert_eq!(tables.article_showing(&picture)?, Some(article));
                for other in [one.id, two.id] {
                    assert_eq!(tables.shows_picture(other, &picture)?, other == article);
                }
            }
            assert_eq!(tables.article_showing(&Digest::of(b"other"))?, None);
            // A withdrawal is no version; who may see what is asked of the article.
            tables.put_article(&withdrawn(&without))?;
            assert!(tables.shows_picture(one.id, &a)?);
            tables.delete_articles()?;
            for picture in [a, bb, ccc] {
                assert_eq!(tables.article_showing(&picture)?, None);
            }
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
