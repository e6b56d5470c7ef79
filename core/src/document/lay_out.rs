//! A document put into blocks.

use super::block::{Block, Run};
use super::issue::{
    CheckLine, Grounds, HazardPlan, Inspection, Issue, Matter, OrderedLine, Recheck, TransferOut,
};
use super::make::{day, minute};
use super::number::chinese_number;
use super::wording;
use crate::visit::{Due, RevisitOutcome};

/// The blocks of a document with its number, once it has one.
pub fn blocks(issue: &Issue, number: Option<u32>) -> Vec<Block> {
    let mut page = Page::default();
    page.0.push(Block::Title {
        office: issue.office.name.clone(),
        text: issue.kind().title(issue.office.kind).to_owned(),
    });
    page.0.push(Block::Number { text: number.map(|number| issue.number_text(number)) });
    match &issue.matter {
        Matter::InspectionRecord(inspection) => page.inspection(issue, inspection),
        Matter::Checklist(lines) => page.checklist(issue, lines),
        Matter::RectificationOrder(lines) => page.order(issue, lines),
        Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => {
            page.decision(issue, grounds)
        }
        Matter::RecheckNotice(recheck) => page.recheck(issue, recheck),
        Matter::TreatmentPlan(plan) => page.plan(issue, plan),
        Matter::Transfer(transfer) => page.transfer(issue, transfer),
    }
    page.0
}

#[derive(Default)]
struct Page(Vec<Block>);

fn printed(text: &str) -> Run {
    Run::Printed(text.to_owned())
}

fn value(text: impl Into<String>) -> Run {
    Run::Value(text.into())
}

impl Page {
    fn field(&mut self, label: &str, value: impl Into<String>) {
        self.0.push(Block::Field { label: label.to_owned(), value: value.into() });
    }

    fn paragraph(&mut self, runs: Vec<Run>) {
        self.0.push(Block::Paragraph { runs });
    }

    /// Lines numbered 一、二、…
    fn numbered<'a>(&mut self, lines: impl IntoIterator<Item = &'a String>) {
        for (number, line) in (1..).zip(lines) {
            self.paragraph(vec![value(format!("{}、{line}", chinese_number(number)))]);
        }
    }

    fn sign(&mut self, label: &str, value: impl Into<String>) {
        self.0.push(Block::SignLine { label: label.to_owned(), value: value.into() });
    }

    /// The institution, and who heads it.
    fn institution(&mut self, issue: &Issue) {
        let to = &issue.addressee;
        self.field("被检查单位", &to.name);
        self.field("地址", &to.address);
        self.field("负责人", &to.head);
        self.field("职务", &to.post);
        self.field("联系电话", &to.telephone);
    }

    fn addressed(&mut self, issue: &Issue) {
        self.paragraph(vec![value(issue.addressee.name.clone()), printed("：")]);
    }

    fn officers(&mut self, issue: &Issue, role: &str) {
        for officer in &issue.officers {
            self.sign(role, format!("{}（证号：{}）", officer.name, officer.certificate));
        }
    }

    /// The institution signs for it, by hand and with a day.
    fn received(&mut self, label: &str) {
        self.sign(label, "");
        let empty = String::new;
        self.0.push(Block::Boxes {
            label: "签收日期".to_owned(),
            year: empty(),
            month: empty(),
            day: empty(),
        });
    }

    /// The office's seal and the document's day.
    fn sealed(&mut self, issue: &Issue) {
        self.0.push(Block::SealPlace { office: issue.office.name.clone() });
        let on = issue.on;
        self.0.push(Block::Boxes {
            label: "日期".to_owned(),
            year: on.year().to_string(),
            month: on.month().to_string(),
            day: on.day().to_string(),
        });
    }

    fn twofold(&mut self) {
        self.paragraph(vec![printed("本文书一式两份：一份由出具机关备案，一份交被检查单位。")]);
    }

    /// How to appeal (行政复议法 20: sixty days; 行政诉讼法 46: six months).
    fn remedies(&mut self, issue: &Issue) {
        self.paragraph(vec![
            printed("如果不服本文书，可以自收到之日起六十日内向"),
            value(issue.office.review_body.clone()),
            printed("申请行政复议，或者在六个月内依法向"),
            value(issue.office.court.clone()),
            printed("提起行政诉讼，但本文书不停止执行，法律另有规定的除外。"),
        ]);
    }

    fn inspection(&mut self, issue: &Issue, inspection: &Inspection) {
        self.institution(issue);
        self.field("检查场所", &inspection.place);
        self.field("检查时间", format!("{}至{}", minute(inspection.from), minute(inspection.until)));
        let people: Vec<String> =
            issue.officers.iter().map(|it| format!("{}（证号：{}）", it.name, it.certificate)).collect();
        self.paragraph(vec![
            printed("我们是"),
            value(issue.office.name.clone()),
            printed("的检查人员"),
            value(people.join("、")),
            printed("，已出示执法证件。现依法对你单位进行现场检查，请予配合；你单位有权申请回避。"),
        ]);
        self.paragraph(vec![printed("检查情况：")]);
        self.numbered(&inspection.lines);
        self.officers(issue, "检查人员签名");
        self.sign("现场负责人签名", &inspection.site_person);
        self.sealed(issue);
    }

    fn checklist(&mut self, issue: &Issue, lines: &[CheckLine]) {
        self.field("被检查单位", &issue.addressee.name);
        let row = |(number, line): (usize, &CheckLine)| {
            vec![
                number.to_string(),
                line.section.clone(),
                line.text.clone(),
                line.result.clone(),
                line.note.clone(),
            ]
        };
        self.table(
            &[("序号", 8), ("类别", 16), ("检查内容", 46), ("结果", 14), ("备注", 16)],
            (1..).zip(lines).map(row).collect(),
        );
        self.officers(issue, "检查人员签名");
        self.sign("现场负责人签名", "");
        self.sealed(issue);
    }

    fn table(&mut self, head: &[(&str, u16)], rows: Vec<Vec<String>>) {
        let head = head.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect();
        self.0.push(Block::Table { head, rows });
    }

    fn order(&mut self, issue: &Issue, lines: &[OrderedLine]) {
        let words = wording::order(issue.office.kind, issue.addressee.facility_type);
        self.addressed(issue);
        self.paragraph(vec![printed(words.found)]);
        for (number, line) in (1..).zip(lines) {
            let basis =
                if line.basis.is_empty() { String::new() } else { format!("（依据：{}）", line.basis) };
            self.paragraph(vec![value(format!("{}、{}{basis}", chinese_number(number), line.what))]);
        }
        self.paragraph(vec![printed("依据"), value(words.basis), printed("，"), printed(words.ordered)]);
        for (due, numbers) in by_due(lines) {
            self.paragraph(vec![value(due_line(due, &numbers))]);
        }
        self.paragraph(vec![printed(words.otherwise)]);
        self.remedies(issue);
        self.officers(issue, "执法人员");
        self.received("被检查单位负责人签收");
        self.sealed(issue);
        self.twofold();
    }

    fn decision(&mut self, issue: &Issue, grounds: &Grounds) {
        self.addressed(issue);
        self.paragraph(vec![printed("经查，你单位存在下列情形，在排除前或者排除过程中无法保证安全：")]);
        self.numbered(&grounds.facts);
        self.paragraph(vec![
            printed("依据"),
            value(grounds.basis.clone()),
            printed("，决定自"),
            value(minute(grounds.from)),
            printed("起采取以下措施："),
        ]);
        self.numbered(&grounds.measures);
        self.paragraph(vec![printed("隐患排除后，须经本机关审查同意，方可恢复使用或者经营。")]);
        self.remedies(issue);
        self.officers(issue, "执法人员");
        self.received("被检查单位负责人签收");
        self.sealed(issue);
        self.twofold();
    }

    fn recheck(&mut self, issue: &Issue, recheck: &Recheck) {
        self.addressed(issue);
        let mut runs = vec![printed("本机关于")];
        if let Some(before) = &recheck.before {
            let number =
                if before.number.is_empty() { String::new() } else { format!("（{}）", before.number) };
            runs.push(value(day(before.on)));
            runs.push(printed("作出"));
            runs.push(value(format!("{}{number}", before.kind.title(issue.office.kind))));
        }
        runs.push(printed("，经对你单位整改情况进行复查，提出如下意见："));
        self.paragraph(runs);
        for (number, line) in (1..).zip(&recheck.lines) {
            let result = match line.result {
                RevisitOutcome::LooksFixed => "已整改",
                RevisitOutcome::StillThere => "未整改完毕",
            };
            let note = if line.note.is_empty() { String::new() } else { format!("，{}", line.note) };
            self.paragraph(vec![value(format!(
                "{}、{}：{result}{note}。",
                chinese_number(number),
                line.what
            ))]);
        }
        self.officers(issue, "复查人员");
        self.received("被复查单位负责人签收");
        self.sealed(issue);
        self.twofold();
    }

    fn plan(&mut self, issue: &Issue, plan: &HazardPlan) {
        self.institution(issue);
        self.field("隐患", &plan.what);
        let heads = [
            "一、治理的目标和任务",
            "二、采取的方法和措施",
            "三、经费和物资的落实",
            "四、负责治理的机构和人员",
            "五、治理的时限和要求",
            "六、安全措施和应急预案",
        ];
        for (head, text) in heads.into_iter().zip(plan.plan.parts()) {
            self.paragraph(vec![printed(head)]);
            self.paragraph(vec![value(text)]);
        }
        self.field("完成期限", day(plan.plan.until));
        self.sign("单位负责人签名", &issue.addressee.head);
        self.sealed(issue);
    }

    fn transfer(&mut self, issue: &Issue, transfer: &TransferOut) {
        self.paragraph(vec![value(transfer.to_name.clone()), printed("：")]);
        self.paragraph(vec![
            printed("本机关在对"),
            value(issue.addressee.name.clone()),
            printed("（地址："),
            value(issue.addressee.address.clone()),
            printed("）的检查中发现下列隐患，属于"),
            value(wording::department(transfer.to)),
            printed("部门职责范围，现依法移送，请予处理并回复："),
        ]);
        self.paragraph(vec![value(transfer.what.clone())]);
        self.paragraph(vec![printed("移送事由："), value(transfer.reason.clone())]);
        if !transfer.attachments.is_empty() {
            self.paragraph(vec![printed("随附材料：")]);
            self.numbered(&transfer.attachments);
        }
        self.officers(issue, "经办人");
        self.received("接收人签收");
        self.sealed(issue);
    }
}

/// Lines that fall due on the same day stand together, in the order of their first.
fn by_due(lines: &[OrderedLine]) -> Vec<(Due, Vec<usize>)> {
    let mut groups: Vec<(Due, Vec<usize>)> = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let Some(due) = line.due else { continue };
        match groups.iter_mut().find(|(other, _)| *other == due) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((due, vec![number])),
        }
    }
    groups
}

fn due_line(due: Due, numbers: &[usize]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| chinese_number(*number)).collect();
    let numbers = numbers.join("、");
    match due {
        Due::OnTheSpot => format!("第{numbers}项当场整改完毕。"),
        Due::By(date) => format!("第{numbers}项于{}前整改完毕。", day(date)),
    }
}
