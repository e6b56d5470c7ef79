//! Whatever offices do with an article, and in whatever order, no version is lost or changed; and whatever somebody writes, what is
//! shown is bounded.

use proptest::prelude::*;
use xunan_core::ids::EntryId;
use xunan_core::knowledge::{
    ArticleText, ArticleTitle, Block, Command, Content, Figure, Inline, PictureNumber, Pictures, Quiz,
    WebAddress, What, beginning,
};

use super::support::{Became, Ledger, entry_id, everybody, picture};

/// The same command, about an entry that does not stand.
fn stale(command: Command, entry: EntryId) -> Command {
    match command {
        Command::Publish { content } => Command::Publish { content },
        Command::Revise { content, .. } => Command::Revise { after: entry, content },
        Command::Withdraw { reason, .. } => Command::Withdraw { version: entry, reason },
    }
}

fn check(before: &Ledger, after: &Ledger, became: &Became) {
    for (key, content) in &before.versions {
        assert_eq!(after.versions.get(key), Some(content), "a version stays as it was written");
    }
    let Some(article) = after.article() else {
        assert!(before.article().is_none());
        return;
    };
    if *became != Became::Done {
        assert_eq!(before.article(), Some(article));
        return;
    }
    let told: Vec<_> = article.story().collect();
    let old: Vec<_> = before.article().map(|it| it.story().collect()).unwrap_or_default();
    assert_eq!(told.len(), old.len() + 1, "each step is told");
    assert_eq!(told[..old.len()], old[..], "and nothing is taken back");
    let versions = told.iter().filter(|line| matches!(line.what, What::Version { .. })).count();
    assert_eq!(usize::try_from(article.version).unwrap(), versions, "versions are numbered without gaps");
    assert_eq!(after.versions.len(), versions);
    assert_eq!(after.versions.get(&(article.id, article.version)), Some(&article.content));
}

fn links<'a>(inside: &'a [Inline], found: &mut Vec<&'a WebAddress>) {
    for part in inside {
        match part {
            Inline::Link(to, inside) => {
                found.push(to);
                links(inside, found);
            }
            Inline::Strong(inside) | Inline::Emphasis(inside) => links(inside, found),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

fn links_of<'a>(blocks: &'a [Block], found: &mut Vec<&'a WebAddress>) {
    for block in blocks {
        match block {
            Block::Heading(_, inside) | Block::Paragraph(inside) => links(inside, found),
            Block::List(lines) | Block::Numbered { lines, .. } => {
                lines.iter().for_each(|line| links_of(line, found));
            }
            Block::Quote(inside) => links_of(inside, found),
            Block::Picture(_) | Block::Verbatim(_) | Block::Rule => {}
        }
    }
}

fn figures_of<'a>(blocks: &'a [Block], found: &mut Vec<&'a Figure>) {
    for block in blocks {
        match block {
            Block::Picture(figure) => found.push(figure),
            Block::List(lines) | Block::Numbered { lines, .. } => {
                lines.iter().for_each(|line| figures_of(line, found));
            }
            Block::Quote(inside) => figures_of(inside, found),
            Block::Heading(..) | Block::Paragraph(_) | Block::Verbatim(_) | Block::Rule => {}
        }
    }
}

proptest! {
    #[test]
    fn no_version_is_lost_whatever_is_done(
        steps in proptest::collection::vec((0..3_usize, 0..13_usize, 0..4_u8), 1..30),
    ) {
        let people = everybody();
        let mut ledger = Ledger::standing_at("nothing");
        for (step, person, staleness) in steps {
            let mut command = ledger.command(["publish", "revise", "withdraw"][step]);
            if staleness == 0 {
                command = stale(command, entry_id(5000));
            }
            let before = ledger.clone();
            let became = ledger.take(&people[person].1, command);
            check(&before, &ledger, &became);
        }
    }

    #[test]
    fn whatever_is_written_leads_to_web_pages_alone_and_loses_no_words(
        text in "([a-z甲乙\\[\\]()<>!#*_`~&\\\\ \n-]|\\[x\\]\\((https?|javascript|data)://?a\\.example\\)|> |1\\. |<b>){1,80}",
    ) {
        let Ok(text) = ArticleText::of(&text) else { return Ok(()) };
        let title = ArticleTitle::of("题").unwrap();
        let content = Content {
            title,
            text,
            section: None,
            types: [].into(),
            quiz: Quiz::default(),
            pictures: Pictures::default(),
        };
        let blocks = content.blocks();
        let mut found = Vec::new();
        links_of(&blocks, &mut found);
        for to in found {
            prop_assert_eq!(&WebAddress::of(to.as_str()), &Ok(to.clone()));
            prop_assert!(to.as_str().starts_with("http"), "{}", to);
        }
        let told = beginning(&blocks, usize::MAX);
        let count = |text: &str| text.chars().filter(|it| matches!(it, '甲' | '乙')).count();
        prop_assert!(beginning(&blocks, 10).chars().count() <= 10);
        // A definition of a link, and the address of one, are not shown.
        if !content.text.as_str().contains(['[', '<', '`', '!']) {
            prop_assert_eq!(count(&told), count(content.text.as_str()));
        }
    }

    #[test]
    fn whatever_is_written_shows_the_versions_own_pictures_alone_and_a_version_has_no_hole(
        text in "([甲乙\\[\\]()!*_`# \n-]|!\\[(甲|)\\]\\(图[0-4]\\)|!\\[乙\\]\\(https://a\\.example\\)|> ){1,40}",
        count in 0..4_u8,
    ) {
        let Ok(text) = ArticleText::of(&text) else { return Ok(()) };
        let pictures = Pictures::try_from((1..=count).map(picture).collect::<Vec<_>>()).unwrap();
        let title = ArticleTitle::of("题").unwrap();
        let quiz = Quiz::default();
        let content = Content { title, text, section: None, types: [].into(), quiz, pictures };
        let blocks = content.blocks();
        let mut figures = Vec::new();
        figures_of(&blocks, &mut figures);
        for figure in &figures {
            prop_assert_eq!(content.pictures.numbered(figure.number), Some(&figure.picture));
        }
        if content.check_pictures().is_ok() {
            for place in 0..usize::from(count) {
                let number = PictureNumber::at(place).unwrap();
                prop_assert!(figures.iter().any(|it| it.number == number), "{} in {:?}", number, content.text);
            }
        }
    }
}
