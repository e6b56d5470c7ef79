//! The outbox: each thing in a sentence.

texts! {
    /// The outbox, and the states of delivery as sentences.
    Outbox {
        title => "待传" | "Outbox";
        empty_title => "都已送达" | "Everything has arrived";
        empty_text => "本机没有待传的内容。" | "Nothing waits on this phone.";
        waiting_part => "等待上传" | "Waiting";
        received_part => "最近收到回执的" | "Receipts received";
        needs_you_part => "需要你处理" | "Needs you";
        /// The states of delivery.
        waiting => "等待上传" | "Waits to be sent";
        sending => "正在上传" | "Being sent";
        sending_photos(done: u32, of: u32) => "正在上传，照片 {done}/{of} 已到" | "Being sent: {done} of {of} photos arrived";
        photos_then(done: u32, of: u32, what: &str, time: &str) => "照片 {done}/{of} 已到，{what}，{time} 再试" |
            "{done} of {of} photos arrived; {what}; next try {time}";
        retry_at(what: &str, time: &str) => "{what}，{time} 再试" | "{what}; next try {time}";
        waiting_offline => "没有网络，有网络时自动上传" | "No network; it goes when there is one";
        needs_sign_in => "登录已过期，登录后继续上传" | "The sign-in has expired; it goes on after you sign in";
        refused(what: &str) => "服务器没有收下：{what}。内容仍在本机，不影响其他。" |
            "The server did not take it: {what}. It is kept here and blocks nothing else.";
        behind => "等前面的先送达" | "Waits for the ones before it";
        received_at(time: &str) => "{time} 送达，回执已核对" | "Arrived {time}; the receipt is checked";
        received_without_effect(time: &str, what: &str) => "{time} 送达并存档，但没有生效：{what}" |
            "Arrived {time} and stored, but without effect: {what}";
        tries(n: u32) => "已试 {n} 次" | "{n} try so far" / "{n} tries so far";
        try_now => "现在上传" | "Send now";
        try_all_now => "全部现在上传" | "Send all now";
        export_one => "导出文件" | "Export as file";
        export_all => "全部导出" | "Export all";
        export_sealed => "导出全部（加密）" | "Export all, encrypted";
        export_sealed_about => "把还没送达的全部做成一个加密文件。没有密码谁也打不开。" |
            "Makes one encrypted file of everything that has not arrived. Nobody opens it without the password.";
        export_sealed_password => "打开文件用的密码" | "Password to open the file";
        export_sealed_limits => "建议用登录密码。这里不核对密码，打错了，文件就要用打错的密码打开；导出的是副本，本机的仍在。" |
            "Best your sign-in password. It is not checked here: with a slip the file opens only with that slip. It is a copy; the original stays here.";
        export_sealed_go => "加密并导出" | "Encrypt and export";
        exported => "已导出。导出的是副本，本机的仍在。" | "Exported. It is a copy; the original stays here.";
        export_about => "导出一个文件，可用 U 盘、微信或邮件交给单位保存，单位可以核验里面的内容。" |
            "One file for your office to keep, by USB stick, WeChat or mail: it can verify what is in it.";
        kind_visit => "检查记录" | "Inspection record";
        kind_plan => "检查计划" | "Plan";
        kind_public_copy => "公开用照片" | "Photo for the public";
        kind_other => "记录" | "Entry";
        written_at(time: &str) => "{time}写成" | "Written {time}";
        photos(done: u32, of: u32) => "照片 {done}/{of}" | "Photos {done}/{of}";
        photo_waiting => "等待" | "Waiting";
        photo_partly(percent: u32) => "已传 {percent}%" | "{percent}% sent";
        photo_arrived => "已到" | "Arrived";
        photo_refused(what: &str) => "未收下：{what}" | "Not taken: {what}";
        entry_id => "记录编号" | "Entry";
        hash => "指纹" | "Fingerprint";
        receipt => "回执" | "Receipt";
        receipt_about => "收到服务器签名的回执，并且每张照片都在其中，才算送达。" |
            "It has arrived when the server's signed receipt names it and every photo.";
        other_tab_sends => "另一个页面正在上传" | "Another tab is sending";
        urged_send => "现在上传" | "Send now";
        urged_export => "导出" | "Export";
        urged_mark => "（有等了三天以上的）" | " (some for more than three days)";
        waiting_long(days: i64) => "最早的一件已经等了 {days} 天。请尽快连上网络上传，或先导出。" |
            "The oldest has waited {days} day. Connect soon to send it, or export it." /
            "The oldest has waited {days} days. Connect soon to send it, or export it.";
    }
}
