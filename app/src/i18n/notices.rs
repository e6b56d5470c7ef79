//! Notices: what happened, what is due, and whether it was read. For pages that are loaded when they are opened.

use xunan_core::notice::{DueStanding, PlanNews};

use super::Texts;

texts! {
    /// The inbox.
    Inbox {
        title => "通知" | "Notices";
        unread(n: u32) => "{n} 条通知未读" | "{n} unread notice" / "{n} unread notices";
        /// Beside a notice that was not opened.
        is_unread => "未读" | "Unread";
        read_all => "全部标为已读" | "Mark all as read";
        earlier => "看更早的通知" | "Show earlier notices";
        none_title => "还没有通知" | "No notices yet";
        none_text => "交办、答复、到期和逾期会出现在这里。" | "Assignments, answers and deadlines appear here.";
        not_loaded => "通知没有取到，联网后再试" | "The notices did not arrive; try again with a network";
        try_again => "再试" | "Try again";
        /// A deadline: what is due and by when.
        due(what: &str, date: &str) => "{what}，期限 {date}" | "{what}, due {date}";
        plan_days(from: &str, until: &str) => "{from} 至 {until}" | "{from} to {until}";
        push_on => "锁屏上也提醒我" | "Remind me on the lock screen too";
        push_off => "不再在锁屏上提醒" | "No reminders on the lock screen";
        push_note => "只显示“有新的待办”，不显示机构和内容" | "It says that something is to do, and not what or where";
        push_refused => "浏览器没有允许提醒；可以在浏览器设置里允许通知后再试" |
            "The browser did not allow it; allow notifications in its settings, then try again";
        a_plan => "检查计划" | "A planned visit";
        /// A citizen's report, by what it is about.
        a_snap(category: &str) => "随手拍：{category}" | "A citizen's report: {category}";
        /// What is due of a plan.
        to_visit => "上门检查" | "The visit";
    }
}

names! {
    /// Names of what notices say.
    NoticeNames {
        /// How it stands with what is due.
        standing(DueStanding) {
            Soon => "即将到期" | "Due soon";
            Today => "今天到期" | "Due today";
            Overdue => "已逾期" | "Overdue";
            Raised => "逾期无人处理，已报上一级" | "Overdue without a reaction: raised to the office above";
            RaisedAgain => "仍无人处理，再报上一级" | "Still no reaction: raised again";
        }
        /// What became of a plan.
        plan(PlanNews) {
            Made => "派给你一次检查" | "A visit is planned for you";
            Announced => "将有一次检查" | "A visit is announced";
            Withdrawn => "检查计划已撤销" | "The visit is withdrawn";
        }
    }
}

impl Texts {
    /// The inbox.
    pub const fn inbox(self) -> Inbox {
        Inbox(self.lang())
    }

    /// What notices say.
    pub const fn notice(self) -> NoticeNames {
        NoticeNames(self.lang())
    }
}
