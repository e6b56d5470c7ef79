//! What the page of a link tells of a reward: how much, until when, and the form that claims it.

use xunan_core::clock::Date;
use xunan_core::reward::{Claimant, Reward, RewardStage, RewardStepKind};

use super::follow_page::form;
use super::multipart::Form;
use super::page::{Lang, escaped, facts};
use super::words;

/// The parts of a claim: under which names they are sent, and what they are called.
const FIELDS: [(&str, [&str; 2]); 5] = [
    ("claimant", ["姓名（联名报告的，由第一署名人领取）", "Name (of joint reporters, the first)"]),
    ("card", ["身份证号", "Identity card number"]),
    ("telephone", ["联系电话", "Telephone"]),
    ("bank", ["开户银行", "Bank"]),
    ("account", ["银行账号", "Account number"]),
];

/// What of a reward its reporter is told; nothing before it is approved: what was proposed is no promise.
pub(super) fn reward_part(
    lang: Lang,
    secret: &str,
    reward: &Reward,
    today: Date,
    typed: Option<&Claimant>,
) -> String {
    let told = match &reward.stage {
        RewardStage::Proposed { .. } | RewardStage::NotApproved { .. } => return String::new(),
        RewardStage::Approved { mark, claim_by, .. } if reward.is_claimable(today) => {
            let typed = typed.map(parts).unwrap_or_default();
            return format!(
                "{}{}{}{}",
                head(lang, reward, Some(*claim_by)),
                came_back(lang, reward),
                looked_at(lang, reward),
                claim_form(lang, secret, &mark.entry.to_string(), &typed)
            );
        }
        RewardStage::Approved { .. } => lang.pick(
            "已经过了申领期限，这笔奖励按放弃处理",
            "The time to claim it is over, and the reward has lapsed",
        ),
        RewardStage::Claimed { .. } => {
            lang.pick("已申领，等待发放", "Claimed. It is being looked at and will be paid")
        }
        RewardStage::Ordered { .. } => lang.pick("正在发放", "It is being paid"),
        RewardStage::Paid { .. } => lang.pick("已发放", "Paid"),
    };
    format!("{}<p class=\"told\">{told}</p>\n{}", head(lang, reward, None), looked_at(lang, reward))
}

fn head(lang: Lang, reward: &Reward, claim_by: Option<Date>) -> String {
    let amount = reward.stage.amount().map(|yuan| match lang {
        Lang::Zh => format!("{yuan} 元"),
        Lang::En => format!("{yuan} yuan"),
    });
    let told = facts(&[
        (lang.pick("金额", "Amount"), amount.unwrap_or_default()),
        (
            lang.pick("最晚申领日", "To be claimed by"),
            claim_by.map(|day| words::date(lang, day)).unwrap_or_default(),
        ),
    ]);
    format!("<h2>{}</h2>\n{told}", lang.pick("奖励", "Reward"))
}

/// That a payout failed, in the officer's words, as long as the reporter has to claim again.
fn came_back(lang: Lang, reward: &Reward) -> String {
    match reward.story.last() {
        Some(line) if line.kind == RewardStepKind::PayoutFailed => format!(
            "<p class=\"told\">{}：{}</p>\n",
            lang.pick("上次没有发放成功，请核对后重新申领", "The last payout failed. Please claim again"),
            escaped(&line.words)
        ),
        _ => String::new(),
    }
}

/// Each day on which an officer signed for looking at who claims, or for paying: the reporter's to know, also of a claim of before.
fn looked_at(lang: Lang, reward: &Reward) -> String {
    let looked = reward.story.iter().filter(|line| line.is_look());
    looked
        .map(|line| {
            let (day, office) =
                (words::date(lang, line.mark.received.date()), escaped(&line.mark.organisation));
            let what = lang.pick("奖励专员查看了领奖信息", "A reward officer looked at who claims");
            format!("<p class=\"note\">{day} {office}：{what}</p>\n")
        })
        .collect()
}

fn claim_form(lang: Lang, secret: &str, approval: &str, typed: &[String]) -> String {
    let field = |(at, (name, label)): (usize, &(&str, [&str; 2]))| {
        format!(
            "<div class=\"field\"><label for=\"{name}\">{}</label>\n\
             <input type=\"text\" id=\"{name}\" name=\"{name}\" maxlength=\"{}\" autocomplete=\"off\" \
             value=\"{}\" required></div>\n",
            lang.pick(label[0], label[1]),
            Claimant::MAX_CHARS,
            escaped(typed.get(at).map_or("", String::as_str))
        )
    };
    let fields: String = FIELDS.iter().enumerate().map(field).collect();
    let note = lang.pick(
        "这些只用来发奖励：加密另存，办理报告的人看不到；奖励专员先签名才能看，哪天签的名您在这里能看到",
        "Used for paying you and nothing else: it is kept encrypted and apart, and whoever handles the report does not see it. \
         A reward officer has to sign before looking, and the day is told here",
    );
    let fields = format!(
        "<input type=\"hidden\" name=\"approval\" value=\"{approval}\">\n<p class=\"note\">{note}</p>\n{fields}"
    );
    form(secret, lang, "claim", &fields, "", lang.pick("申领奖励", "Claim the reward"))
}

/// In the order of [`FIELDS`].
fn parts(claimant: &Claimant) -> Vec<String> {
    let Claimant { name, identity_card, telephone, bank, account } = claimant.clone();
    vec![name, identity_card, telephone, bank, account]
}

/// A claim as it was typed.
pub(super) fn typed(form: &Form) -> Claimant {
    let [name, identity_card, telephone, bank, account] = FIELDS.map(|(name, _)| form.text(name));
    Claimant { name, identity_card, telephone, bank, account }
}
