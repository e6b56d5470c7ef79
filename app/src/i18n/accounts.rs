//! Administering accounts: the list, a new one, a handover, the history.

use xunan_core::account::{AccountChange, AccountFault};

texts! {
    /// Administering accounts.
    Accounts {
        title => "账号" | "Accounts";
        search => "搜索姓名、登录名、单位" | "Search name, login or organisation";
        col_name => "姓名" | "Name";
        col_login => "登录名" | "Login";
        col_role => "角色" | "Role";
        col_organisation => "单位" | "Organisation";
        col_region => "辖区" | "Region";
        col_state => "状态" | "State";
        active => "在用" | "In use";
        locked => "已停用" | "Locked";
        more => "还有更多账号，请用搜索缩小范围" | "There are more; search to narrow the list";
        none => "没有符合的账号" | "No such accounts";
        only_administrators => "只有管理员可以管理账号" | "Only administrators manage accounts";

        new_account => "新建账号" | "New account";
        make => "建立账号" | "Make the account";
        role => "角色" | "Role";
        name => "姓名" | "Name";
        login => "登录名" | "Login name";
        login_help => "1 至 64 个字符，不含空格；建立后不能更改" | "1 to 64 characters without spaces; it cannot be changed later";
        organisation => "单位" | "Organisation";
        region => "辖区代码" | "Division code";
        region_help => "2、4、6、9 或 12 位行政区划代码，限本辖区及以下" |
            "2, 4, 6, 9 or 12 digits, in your region or below";
        region_wrong => "行政区划代码是 2、4、6、9 或 12 位数字" | "A division code has 2, 4, 6, 9 or 12 digits";
        certificate => "行政执法证号" | "Certificate number";
        certificate_until => "有效期至" | "Valid until";
        facility => "机构" | "Facility";
        facilities => "负责哪些机构" | "Which facilities";
        department => "部门" | "Department";
        choose => "请选择" | "Choose";
        must => "请填写" | "Fill this in";

        password_title(name: &str) => "{name}的登录密码" | "The password of {name}";
        password_once => "只显示这一次，系统不保存明文。请当面或通过可靠渠道告知本人。" |
            "It is shown this once and kept nowhere. Tell it to the person face to face or by a channel you trust.";
        password_noted => "已记下，不再显示" | "Noted: hide it";

        lock => "停用账号" | "Lock the account";
        lock_title(name: &str) => "停用{name}的账号？" | "Lock the account of {name}?";
        lock_text => "该账号立即退出登录，不能再登录；已上报的记录全部保留。手机上还没送出的内容不会丢失，启用后可继续上传。" |
            "It is signed out at once and cannot sign in. What was sent stays; what waits on the phone is kept and can be sent once it is unlocked.";
        lock_stay => "不停用" | "Leave it";
        unlock => "启用账号" | "Unlock the account";
        reset => "重置密码" | "Reset the password";
        reset_title(name: &str) => "重置{name}的密码？" | "Reset the password of {name}?";
        reset_text => "原密码立即失效，已登录的设备需要重新登录。" |
            "The present password ends at once; signed-in devices have to sign in again.";
        reset_stay => "不重置" | "Leave it";
        done => "已办理" | "Done";

        hand_over => "岗位移交" | "Hand the post over";
        hand_over_text => "同一岗位换人：为接任人新建账号，角色和辖区不变，原账号停用。原账号的记录仍在原账号名下。" |
            "The same post, another person: a new account with the same role and region; the present one is locked. What it wrote stays in its name.";
        hand_over_unsent => "原手机上还没送出的内容会保留在那台手机上：解除停用后，由原来的人在那台手机上登录送出，再停用即可。" |
            "What was not sent yet stays on that phone. Unlock this account for a while: its person signs in there and it is sent; then lock it again.";
        new_name => "接任人姓名" | "The new person's name";
        new_login => "接任人登录名" | "The new person's login name";
        do_hand_over => "移交并停用原账号" | "Hand over and lock the present account";
        unfinished => "仍指定给本人的事项" | "What still names this person";
        unfinished_none => "没有指定给本人的未办事项" | "Nothing open names this person";
        unfinished_plan(facility: &str, until: &str) => "计划：{facility}，{until} 前。请撤销后重新下达。" |
            "Plan: {facility}, until {until}. Withdraw it and issue another.";
        unfinished_hazard(title: &str, facility: &str) => "隐患：{title}（{facility}）。请重新交办。" |
            "Hazard: {title} ({facility}). Assign it anew.";
        handed_over(name: &str) => "岗位已移交给{name}" | "The post went to {name}";

        history => "变更记录" | "History";
        history_none => "没有变更记录" | "No history yet";
        history_line(at: &str, by: &str) => "{at}，{by}" | "{at}, {by}";
        by_operator => "服务器运维" | "The server's operator";
        by_owner => "本人" | "The person of the account";
    }
}

impl Accounts {
    /// What was done to an account.
    pub const fn change(self, change: &AccountChange) -> &'static str {
        use crate::i18n::Lang::{En, Zh};
        match (self.0, change) {
            (Zh, AccountChange::Made) => "新建账号",
            (En, AccountChange::Made) => "Made",
            (Zh, AccountChange::Locked) => "停用账号",
            (En, AccountChange::Locked) => "Locked",
            (Zh, AccountChange::Unlocked) => "启用账号",
            (En, AccountChange::Unlocked) => "Unlocked",
            (Zh, AccountChange::PasswordReset) => "重置密码",
            (En, AccountChange::PasswordReset) => "Password reset",
            (Zh, AccountChange::PasswordChanged) => "修改密码",
            (En, AccountChange::PasswordChanged) => "Password changed",
            (Zh, AccountChange::HandedOver { .. }) => "岗位移交给他人，本账号停用",
            (En, AccountChange::HandedOver { .. }) => "Post handed over; this account locked",
            (Zh, AccountChange::TookOver { .. }) => "接手岗位，新建账号",
            (En, AccountChange::TookOver { .. }) => "Took a post over",
        }
    }

    /// Why nothing was done: what to change.
    pub const fn fault(self, fault: AccountFault) -> &'static str {
        use crate::i18n::Lang::{En, Zh};
        match (self.0, fault) {
            (Zh, AccountFault::Login) => "登录名应为 1 至 64 个字符，不含空格",
            (En, AccountFault::Login) => "A login name has 1 to 64 characters without spaces",
            (Zh, AccountFault::LoginTaken) => "这个登录名已有人使用，请换一个",
            (En, AccountFault::LoginTaken) => "Somebody has this login name; choose another",
            (Zh, AccountFault::Name) => "请填写姓名，不超过 100 字",
            (En, AccountFault::Name) => "Give a name of 100 characters at most",
            (Zh, AccountFault::Organisation) => "请填写单位，不超过 100 字",
            (En, AccountFault::Organisation) => "Give an organisation of 100 characters at most",
            (Zh, AccountFault::Certificate) => "请填写行政执法证号",
            (En, AccountFault::Certificate) => "Give the certificate's number",
            (Zh, AccountFault::Facilities) => "请选择 1 至 500 家机构",
            (En, AccountFault::Facilities) => "Choose 1 to 500 facilities",
            (Zh, AccountFault::Facility) => "机构不存在，或不在所填辖区内",
            (En, AccountFault::Facility) => "The facility is not there, or outside the region",
        }
    }
}
