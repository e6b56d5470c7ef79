//! Pictures: what a version may bring, and that each of them is shown, said and the writer's to show.

use serde_json::{Value, json};
use xunan_core::knowledge::{
    ArticlePicture, Command, Content, PictureFault, PictureNumber, PictureOrigin, Pictures,
};
use xunan_core::log::{ArticleBody, Attachment, ChainHead, EntryDraft};
use xunan_core::problem::Problem;

use super::support::{
    Became, Ledger, article_id, device_id, entry_id, minute, picture, pictured, supervisor,
};
use xunan_core::evidence::DeviceTime;
use xunan_core::knowledge::Step;

fn number(text: &str) -> PictureNumber {
    PictureNumber::read(text).unwrap()
}

#[test]
fn a_text_shows_each_picture_says_what_it_shows_and_names_no_other() {
    let (missing, unsaid, unused) = (PictureFault::Missing, PictureFault::Unsaid, PictureFault::Unused);
    let long = format!("![{}](图1)", "字".repeat(101));
    let fits = format!("![{}](图1)", "字".repeat(100));
    let cases: [(&str, u8, Result<(), PictureFault>); 17] = [
        ("没有图", 0, Ok(())),
        ("![压力表](图1)", 1, Ok(())),
        (&fits, 1, Ok(())),
        ("![乙](图2)，![甲](图1)", 2, Ok(())),
        ("![甲](图1) ![又是甲](图1)", 1, Ok(())),
        ("> - **![甲](图1)**", 1, Ok(())),
        ("没有图", 1, Err(unused(number("图1")))),
        ("![甲](图1)", 2, Err(unused(number("图2")))),
        ("`![甲](图1)`", 1, Err(unused(number("图1")))),
        ("![甲](图01)", 1, Err(unused(number("图1")))),
        ("![甲](https://a.example/图1)", 1, Err(unused(number("图1")))),
        ("![甲](图2)", 1, Err(missing(number("图2")))),
        ("![甲](图1)", 0, Err(missing(number("图1")))),
        ("![甲](图1) ![乙](图99)", 1, Err(missing(number("图99")))),
        ("![](图1)", 1, Err(unsaid(number("图1")))),
        ("![甲](图1) ![ ](图1)", 1, Err(unsaid(number("图1")))),
        (&long, 1, Err(unsaid(number("图1")))),
    ];
    for (text, pictures, expected) in cases {
        let content = pictured(text, pictures);
        assert_eq!(content.check_pictures(), expected, "{text} with {pictures}");
        let mut ledger = Ledger::standing_at("nothing");
        let became = ledger.take(&supervisor(), Command::Publish { content });
        // A text from before there were pictures may name one: it is words.
        let is_version = expected.is_ok() || pictures == 0;
        assert_eq!(became, if is_version { Became::Done } else { Became::Inconsistent }, "{text}");
    }
    let deep = format!("{}![甲](图1)", "> ".repeat(40));
    assert_eq!(pictured(&deep, 1).check_pictures(), Err(unused(number("图1"))));
}

#[test]
fn pictures_are_few_small_and_each_another() {
    let json = |picture: &ArticlePicture| serde_json::to_value(picture).unwrap();
    let read = |pictures: Vec<Value>| serde_json::from_value::<Pictures>(Value::Array(pictures)).is_ok();
    let with = |member: &str, value: Value| {
        let mut changed = json(&picture(1));
        changed[member] = value;
        changed
    };
    let most = u8::try_from(Pictures::MOST).unwrap();
    assert!(read((1..=most).map(|it| json(&picture(it))).collect()));
    assert!(!read((1..=most + 1).map(|it| json(&picture(it))).collect()));
    for (member, fits, too_much) in [
        ("size_bytes", vec![json!(1), json!(1_500_000)], vec![json!(0), json!(1_500_001), json!(-1)]),
        ("width_px", vec![json!(1), json!(1280)], vec![json!(0), json!(1281)]),
        ("height_px", vec![json!(1), json!(1280)], vec![json!(0), json!(1281)]),
        ("id", vec![json!(picture(2).id)], vec![json!("x")]),
        ("digest", vec![json!(picture(2).digest)], vec![json!("sha256:00")]),
    ] {
        for value in fits {
            assert!(read(vec![with(member, value.clone())]), "{member}: {value}");
        }
        for value in too_much {
            assert!(!read(vec![with(member, value.clone())]), "{member}: {value}");
        }
    }
    assert!(!read(vec![json(&picture(2)), with("id", json!(picture(2).id))]), "one id twice");
    assert!(!read(vec![json(&picture(2)), with("digest", json!(picture(2).digest))]), "one picture twice");
}

#[test]
fn an_entry_names_the_pictures_of_its_version_and_nothing_else() {
    let content = pictured("![甲](图1) ![乙](图2)", 2);
    let body = ArticleBody(Box::new(Step { article: article_id(1), command: Command::Publish { content } }));
    let at = DeviceTime::unbounded(minute(1));
    let draft = EntryDraft::new(ChainHead::default(), entry_id(1), device_id(1), supervisor().id, at, &body);
    let mut entry = draft.unwrap().entry;
    let named: Vec<_> = [picture(1), picture(2)]
        .map(|it| Attachment { id: it.id, digest: it.digest, size_bytes: it.size_bytes })
        .into();
    assert_eq!(entry.photos, named);
    assert_eq!(ArticleBody::of(&entry), Some(Ok(body)));
    let other = Attachment { digest: picture(3).digest, ..named[1].clone() };
    for photos in [
        vec![],
        vec![named[0].clone()],
        vec![named[1].clone(), named[0].clone()],
        vec![named[0].clone(), other],
        [named.clone(), named.clone()].concat(),
    ] {
        entry.photos = photos;
        let refused = Problem::RecordInconsistent { detail: "photos".to_owned() };
        assert_eq!(ArticleBody::of(&entry), Some(Err(refused)), "{:?}", entry.photos);
    }
}

#[test]
fn nobody_shows_a_picture_from_elsewhere() {
    use PictureOrigin::{Elsewhere, Known, Sent};
    let publish = || Command::Publish { content: pictured("![甲](图1) ![乙](图2)", 2) };
    for (origins, expected) in [
        (vec![Sent, Sent], Became::Done),
        (vec![Known, Sent], Became::Done),
        (vec![Elsewhere, Sent], Became::Inconsistent),
        (vec![Known, Elsewhere], Became::Inconsistent),
        (vec![Known], Became::Inconsistent),
        (vec![], Became::Inconsistent),
    ] {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.take_from(&supervisor(), publish(), &origins), expected, "{origins:?}");
    }
}

#[test]
fn each_version_keeps_its_own_pictures_and_may_show_those_of_another_again() {
    let mut ledger = Ledger::standing_at("public");
    for (text, pictures) in [("![甲](图1)", 1), ("![乙](图2) ![甲](图1)", 2), ("没有", 0), ("![甲](图1)", 1)]
    {
        let after = ledger.article().unwrap().stands_by();
        let command = Command::Revise { after, content: pictured(text, pictures) };
        assert_eq!(ledger.take(&supervisor(), command), Became::Done, "{text}");
    }
    let counts: Vec<usize> = ledger.versions.values().map(|it| it.pictures.all().len()).collect();
    assert_eq!(counts, [0, 1, 2, 0, 1]);
}

#[test]
fn a_version_without_pictures_is_written_as_before_there_were_any() {
    let json = serde_json::to_value(pictured("字", 0)).unwrap();
    assert!(json.get("pictures").is_none(), "{json}");
    let read: Content = serde_json::from_value(json).unwrap();
    assert_eq!(read.pictures, Pictures::default());
}
