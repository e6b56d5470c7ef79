//! Articles of safety knowledge as pages: the list with its search, and one article with its versions and its quiz.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::facility::FacilityType;
use xunan_core::knowledge::{Article, Content, StoryLine, What, beginning};
use xunan_core::rules::{Pack, SectionId};

use super::articles::Shown;
use super::assets::Scripts;
use super::know_page::{said, type_word};
use super::markdown::html_of;
use super::page::{Lang, escaped, html, page, scripted_page};
use super::plaza_page::choice;
use super::quiz_page::quiz_form;
use super::reader::Reader;
use super::training_page::TRAINING;
use super::words;
use crate::ledger_store::{ArticlesAsked, ListedArticle};

/// Where the list is.
pub(super) const ARTICLES: &str = "/snap/know/articles";
/// Characters of an article's text that a list shows: two lines of a phone.
const BEGINNING: usize = 40;

pub(super) fn title(lang: Lang) -> &'static str {
    lang.pick("安全知识文章", "Safety knowledge: articles")
}

/// Where an article is.
pub(super) fn path_of(article: &Article) -> String {
    format!("{ARTICLES}/{}", article.id)
}

/// The list. `found` has one more than is asked for when there are more.
pub(super) fn articles_page(
    reader: Reader,
    pack: Option<&Pack>,
    asked: &ArticlesAsked,
    found: &[ListedArticle],
) -> Response {
    let lang = reader.lang;
    let shown = &found[..found.len().min(asked.limit)];
    let before = asked.before.map(|it| it.to_string()).unwrap_or_default();
    let content = [
        filters(reader, pack, asked),
        if shown.is_empty() { nothing(reader, asked) } else { list(reader, pack, shown) },
        pages(reader, asked, shown, found.len() > shown.len()),
        reader.link(TRAINING, &[], lang.pick("员工培训记录", "Records of staff training")),
        reader.link("/snap/know", &[], lang.pick("什么算隐患", "What counts as a hazard")),
        reader.link("/snap", &[], lang.pick("报告一件事", "Report something")),
        reader.otherwise(ARTICLES, &question(asked, &before)),
    ]
    .concat();
    page(StatusCode::OK, lang, title(lang), &reader.sized(&content))
}

fn question<'a>(asked: &'a ArticlesAsked, before: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("section", asked.section.as_ref().map_or("", SectionId::as_str)),
        ("type", asked.facility_type.map_or("", FacilityType::name)),
        ("q", &asked.words),
        ("before", before),
    ]
}

fn is_narrowed(asked: &ArticlesAsked) -> bool {
    asked.section.is_some() || asked.facility_type.is_some() || !asked.words.is_empty()
}

/// Folded away, so that the articles come first on a phone; open for whoever has narrowed the list down.
fn filters(reader: Reader, pack: Option<&Pack>, asked: &ArticlesAsked) -> String {
    let lang = reader.lang;
    let all = lang.pick("全部", "All");
    let choices = pack.map(|pack| {
        let sections = pack.sections().iter().map(|it| (it.id.as_str(), said(lang, &it.text)));
        let types = FacilityType::ALL.into_iter().map(|it| (it.name(), type_word(lang, pack, it)));
        let section = asked.section.as_ref().map_or("", SectionId::as_str);
        let kind = asked.facility_type.map_or("", FacilityType::name);
        choice(lang.pick("哪类机构", "Kind of institution"), "type", all, kind, types)
            + &choice(lang.pick("哪方面", "About"), "section", all, section, sections)
    });
    format!(
        "<details{}><summary>{}</summary>\n<form method=\"get\" action=\"{ARTICLES}\">\n{}\
         <div class=\"field\"><label for=\"q\">{}</label>\n\
         <input type=\"search\" id=\"q\" name=\"q\" maxlength=\"40\" value=\"{}\"></div>\n{}<button>{}</button>\n</form>\n</details>\n",
        if is_narrowed(asked) { " open" } else { "" },
        lang.pick("搜索和筛选", "Search and filter"),
        reader.hidden(),
        lang.pick("搜索", "Words"),
        escaped(&asked.words),
        choices.unwrap_or_default(),
        lang.pick("查看", "Show"),
    )
}

/// Why the list is empty, and what to do.
fn nothing(reader: Reader, asked: &ArticlesAsked) -> String {
    let lang = reader.lang;
    if !is_narrowed(asked) && asked.before.is_none() {
        let text = lang.pick("还没有文章", "No article was written yet");
        return format!("<p class=\"told\">{text}</p>\n");
    }
    let none = lang.pick("没有符合条件的，换个词再找", "Nothing fits. Try another word");
    format!("<p class=\"told\">{none}</p>\n{}", reader.link(ARTICLES, &[], lang.pick("看全部", "Show all")))
}

/// Articles as lines of a list.
pub(super) fn list(reader: Reader, pack: Option<&Pack>, articles: &[ListedArticle]) -> String {
    let item = |listed: &ListedArticle| {
        let article = &listed.article;
        format!(
            "<li><h2><a href=\"{}\" lang=\"zh-CN\">{}</a></h2>\n<p lang=\"zh-CN\">{}</p>\n<p class=\"note\">{}</p></li>\n",
            reader.address(&path_of(article), &[]),
            escaped(article.content.title.as_str()),
            escaped(&beginning(&article.content.blocks(), BEGINNING)),
            escaped(&facts(reader.lang, pack, &article.content, &article.last)),
        )
    };
    format!("<ol class=\"cases\">\n{}</ol>\n", articles.iter().map(item).collect::<String>())
}

/// What it belongs to, for whom it is, and who wrote it when.
fn facts(lang: Lang, pack: Option<&Pack>, content: &Content, line: &StoryLine) -> String {
    let section =
        pack.and_then(|pack| pack.sections().iter().find(|it| Some(&it.id) == content.section.as_ref()));
    let types = content.types.iter().filter_map(|kind| pack.map(|pack| type_word(lang, pack, *kind)));
    let types = types.collect::<Vec<_>>().join(lang.pick("、", ", "));
    let quiz = if content.quiz.is_empty() { "" } else { lang.pick("有测验", "with a quiz") };
    let told = [
        section.map(|it| said(lang, &it.text).to_owned()).unwrap_or_default(),
        types,
        line.mark.organisation.clone(),
        words::date(lang, line.mark.received.date()),
        quiz.to_owned(),
    ];
    told.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The way to articles that were changed earlier, and back to the newest.
fn pages(reader: Reader, asked: &ArticlesAsked, shown: &[ListedArticle], are_more: bool) -> String {
    let lang = reader.lang;
    let link = |before: &str, words: &str| reader.link(ARTICLES, &question(asked, before), words);
    let older = shown.last().filter(|_| are_more);
    let older = older.map(|last| link(&last.place.to_string(), lang.pick("更早的", "Older ones")));
    let newest = asked.before.map(|_| link("", lang.pick("最新的", "The newest ones")));
    older.into_iter().chain(newest).collect()
}

pub(super) fn version_word(lang: Lang, version: u32) -> String {
    match lang {
        Lang::Zh => format!("第 {version} 版"),
        Lang::En => format!("version {version}"),
    }
}

/// One version of an article. What offices write is Chinese, whatever the page around it speaks.
pub(super) fn article_page(reader: Reader, pack: Option<&Pack>, shown: &Shown) -> Response {
    let Shown { article, version, content } = shown;
    let lang = reader.lang;
    let path = path_of(article);
    let line = article.line_of(*version);
    let told = line.map(|line| facts(lang, pack, content, line)).unwrap_or_default();
    let named = version.to_string();
    let asked: &[(&str, &str)] = if *version == article.version { &[] } else { &[("version", &named)] };
    let body = [
        if asked.is_empty() { String::new() } else { superseded(reader, &path, *version) },
        format!("<p class=\"note\">{} · {}</p>\n", escaped(&told), version_word(lang, *version)),
        format!(
            "<div id=\"article\" class=\"article\" data-aloud lang=\"zh-CN\">\n{}</div>\n",
            html_of(article.id, &content.blocks())
        ),
        quiz_form(reader, shown),
        versions(reader, article, *version),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles")),
        reader.link("/snap/know", &[], lang.pick("什么算隐患", "What counts as a hazard")),
        reader.link("/snap", &[], lang.pick("报告一件事", "Report something")),
        reader.otherwise(&path, asked),
    ]
    .concat();
    let scripts = Some(Scripts::OfReading);
    scripted_page(StatusCode::OK, html(lang, content.title.as_str(), &reader.sized(&body), scripts))
}

/// Articles one below the other, folded away: what a phone keeps to read without a network.
pub(super) fn whole(articles: &[ListedArticle]) -> String {
    let item = |listed: &ListedArticle| {
        let Article { id, content, .. } = &listed.article;
        let (title, text) = (escaped(content.title.as_str()), html_of(*id, &content.blocks()));
        format!(
            "<details lang=\"zh-CN\"><summary>{title}</summary>\n<div class=\"article\">\n{text}</div></details>\n"
        )
    };
    articles.iter().map(item).collect()
}

fn superseded(reader: Reader, path: &str, version: u32) -> String {
    let told = match reader.lang {
        Lang::Zh => format!("这是第 {version} 版，已经有新的"),
        Lang::En => format!("This is version {version}; there is a newer one"),
    };
    let newest = reader.lang.pick("看最新一版", "Show the newest version");
    format!("<p class=\"told\">{told}</p>\n{}", reader.link(path, &[], newest))
}

/// All versions, the newest first, where there are several.
fn versions(reader: Reader, article: &Article, shown: u32) -> String {
    let lang = reader.lang;
    let versions: Vec<(u32, &StoryLine)> = article
        .story()
        .rev()
        .filter_map(|line| match line.what {
            What::Version { number } => Some((number, line)),
            What::Withdrawn { .. } => None,
        })
        .collect();
    if versions.len() < 2 {
        return String::new();
    }
    let item = |(number, line): &(u32, &StoryLine)| {
        let words = version_word(lang, *number);
        let name = if *number == shown {
            format!("<strong>{words}</strong>")
        } else {
            let address = reader.address(&path_of(article), &[("version", &number.to_string())]);
            format!("<a class=\"line-link\" href=\"{address}\">{words}</a>")
        };
        let when = words::date(lang, line.mark.received.date());
        format!("<li>{name} <span class=\"note\">{} · {when}</span></li>\n", escaped(&line.mark.organisation))
    };
    format!(
        "<details><summary>{}</summary>\n<ol>\n{}</ol>\n</details>\n",
        lang.pick("各个版本", "All versions"),
        versions.iter().map(item).collect::<String>()
    )
}

/// Whatever nobody may read, and whatever there is not, this is the answer.
pub(super) fn no_article(reader: Reader) -> Response {
    let lang = reader.lang;
    let content = format!(
        "<p>{}</p>\n{}",
        lang.pick("没有这篇文章，或者已经撤下", "There is no such article, or it was withdrawn"),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles"))
    );
    page(StatusCode::NOT_FOUND, lang, lang.pick("找不到", "Not found"), &reader.sized(&content))
}
