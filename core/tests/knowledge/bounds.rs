//! What no entry can bring in.

use serde_json::{Value, json};
use xunan_core::knowledge::{ArticleText, Content, Question, Quiz, Step};

use super::support::{article_id, content, entry_id};

fn good() -> Value {
    serde_json::to_value(content("电动车安全")).unwrap()
}

#[test]
fn what_is_too_long_or_no_question_is_not_read() {
    assert_eq!(serde_json::from_value::<Content>(good()).unwrap(), content("电动车安全"));
    let longest = "字".repeat(ArticleText::MAX_CHARS);
    let choices = |count: usize| (0..count).map(|it| it.to_string()).collect::<Vec<_>>();
    let quiz = |count: usize| vec![good()["quiz"][0].clone(); count];
    let fits: [(&str, Value); 6] = [
        ("/text", longest.clone().into()),
        ("/section", "fire".into()),
        ("/types", json!(["elderly_care"])),
        ("/quiz", quiz(Quiz::MOST).into()),
        ("/quiz/0/choices", choices(Question::MOST).into()),
        ("/quiz/0/right", 2.into()),
    ];
    for (at, value) in fits {
        assert!(serde_json::from_value::<Content>(with(at, value)).is_ok(), "{at}");
    }
    let bad: [(&str, Value); 15] = [
        ("/title", "".into()),
        ("/title", " 首尾空格 ".into()),
        ("/title", "字".repeat(61).into()),
        ("/title", "两\n行".into()),
        ("/text", "".into()),
        ("/text", format!("{longest}字").into()),
        ("/section", "消防".into()),
        ("/types", json!(["castle"])),
        ("/quiz", quiz(Quiz::MOST + 1).into()),
        ("/quiz/0/choices", choices(1).into()),
        ("/quiz/0/choices", choices(Question::MOST + 1).into()),
        ("/quiz/0/choices", json!(["甲", "甲", "乙"])),
        ("/quiz/0/right", 3.into()),
        ("/quiz/0/right", (-1).into()),
        ("/quiz/0/why", "".into()),
    ];
    for (at, value) in bad {
        assert!(serde_json::from_value::<Content>(with(at, value.clone())).is_err(), "{at}: {value}");
    }
}

/// A good content with one member replaced or added.
fn with(at: &str, value: Value) -> Value {
    let mut json = good();
    match json.pointer_mut(at) {
        Some(place) => *place = value,
        None => json[at.trim_start_matches('/')] = value,
    }
    json
}

#[test]
fn a_step_of_a_later_version_is_not_taken_for_one_of_these() {
    let of = |name: &str| json!({ "article": article_id(1), "do": name, "version": entry_id(1), "reason": "过时" });
    assert!(serde_json::from_value::<Step>(of("withdraw")).is_ok());
    assert!(serde_json::from_value::<Step>(of("translate")).is_err());
}
