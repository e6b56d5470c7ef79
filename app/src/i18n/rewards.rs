//! Rewards for citizens' reports at the desk.

use xunan_core::reward::{RewardOffer, RewardState, RewardStepKind};
use xunan_core::snap::{CommandKind, Offer};

use super::Texts;
use super::snaps::SnapNames;

names! {
    /// Names of what rewards consist of.
    RewardNames {
        /// Where a reward stands.
        state(RewardState) {
            Proposed => "待批准" | "To approve";
            NotApproved => "未批准" | "Not approved";
            Approved => "待申领" | "To be claimed";
            Claimed => "已申领，待发放" | "Claimed, to pay";
            Ordered => "发放中" | "Being paid";
            Paid => "已发放" | "Paid";
        }
        /// What a line of its story tells of.
        step(RewardStepKind) {
            Proposed => "拟奖" | "Proposed";
            Approved => "批准" | "Approved";
            NotApproved => "不批准" | "Not approved";
            Claimed => "申领" | "Claimed";
            ClaimOpened => "查看领奖人" | "Looked at who claims";
            PayoutOrdered => "列入发放批次" | "Payout ordered";
            PaidOut => "已发放" | "Paid out";
            PayoutFailed => "发放未成功" | "The payout failed";
        }
        /// The verb of a step.
        offer(RewardOffer) {
            Propose => "拟奖" | "Propose a reward";
            Approve => "批准奖励" | "Approve the reward";
            NotApprove => "不批准" | "Do not approve";
            OpenClaim => "查看领奖人" | "Look at who claims";
            OrderPayout => "列入发放批次" | "Order the payout";
            PaidOut => "登记已发放" | "Record that it is paid";
            PayoutFailed => "登记未发放成功" | "Record that the payout failed";
        }
    }
}

texts! {
    /// Rewards at the desk.
    Rewards {
        title => "奖励" | "Reward";
        list_open => "奖励待办" | "Rewards to do";
        list_closed => "其他奖励" | "Other rewards";
        none_open_title => "没有待办的奖励" | "No reward waits for you";
        none_open_text => "监管人员拟奖、市民申领以后会出现在这里。" | "What is proposed, and what is claimed, appears here.";
        none_closed_title => "还没有其他奖励" | "No other rewards";
        none_closed_text => "等市民申领的、已发放的和未批准的会列在这里。" | "What waits for its reporter, was paid or was not approved is listed here.";
        yuan(amount: &str) => "{amount} 元" | "{amount} yuan";
        amount => "金额" | "Amount";
        claim_by => "最晚申领日" | "To be claimed by";
        lapsed => "逾期未领" | "Not claimed in time";
        batch => "发放批次" | "Batch";
        how_much => "金额（元，整数）" | "Amount in whole yuan";
        at_most(most: &str) => "最多 {most} 元" | "At most {most} yuan";
        amount_wrong => "金额写整数的元" | "The amount is whole yuan";
        for_what => "为什么奖励（写给奖励专员）" | "What it is for, to the reward officer";
        why_not => "为什么不批准" | "Why it is not approved";
        last_day => "最晚申领日（含当天）" | "Last day on which the reporter can claim it";
        last_day_wrong => "请填最晚申领日" | "Give the last day of claiming";
        why_open => "为什么要看（会留下记录，市民也能看到您看过）" | "What for; it is on record, and the reporter learns of it";
        no_identity => "办理报告的人也能看到这里的文字：不要写姓名、证件号、电话和账号。" |
            "Whoever handles the report reads these words: no names, no numbers of cards, telephones or accounts.";
        batch_number => "批次号（数字、大写字母和横线）" | "Number of the batch (digits, capital letters, hyphens)";
        batch_wrong => "批次号用数字、大写字母和横线，最多 20 位，如 20261129-1" |
            "The batch is at most 20 digits, capital letters and hyphens, such as 20261129-1";
        receipt => "凭证号" | "Number of the receipt";
        why_failed => "原因（市民能看到，核对后重新申领）" | "Why; the reporter reads it and claims again";
        evidence => "谁先报告，按受理先后；下面的时间可以佐证" |
            "The first accepted counts; these times are evidence";
        evidence_received => "收到" | "Received";
        evidence_accepted => "受理" | "Accepted";
        evidence_taken => "照片自己写的最早拍摄时间（未经核实）" | "Earliest time that a photo says of itself (not verified)";
        claimant => "领奖人" | "Who claims";
        claimant_about => "只用来发放这笔奖励。不要抄写、拍照、转发。" | "For paying this reward alone. Do not copy or pass it on.";
        show_claimant => "显示领奖人" | "Show who claims";
        claimant_name => "姓名" | "Name";
        identity_card => "身份证号" | "Identity card";
        telephone => "电话" | "Telephone";
        bank => "开户银行" | "Bank";
        account => "银行账号" | "Account";
        payout_list => "下载这一批里您经手的清单" | "Download your lines of this batch";
        payout_list_about => "每行的支付编号只付一次；导入表格时把证件号和账号列设为文本，开头的 ' 是防公式加的。" |
            "Pay each number once. In a spreadsheet, import cards and accounts as text; a leading ' keeps formulas out.";
        story => "奖励经过" | "Story of the reward";
    }
}

impl Texts {
    /// Rewards at the desk.
    pub const fn rewards(self) -> Rewards {
        Rewards(self.lang())
    }

    /// Names of what rewards consist of.
    pub const fn reward_name(self) -> RewardNames {
        RewardNames(self.lang())
    }
}

impl SnapNames {
    /// The verb of a step, that of a reward among them.
    pub const fn verb(self, offer: Offer) -> &'static str {
        match offer {
            Offer::Reward(offer) => RewardNames(self.0).offer(offer),
            offer => self.offer(offer),
        }
    }

    /// What a story tells of a command.
    pub const fn done(self, kind: CommandKind) -> &'static str {
        match kind {
            CommandKind::Step(kind) => self.step(kind),
            CommandKind::Reward(kind) => RewardNames(self.0).step(kind),
        }
    }
}
