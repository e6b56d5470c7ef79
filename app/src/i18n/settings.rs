//! "Me": the account, looks, language, storage, the device.

texts! {
    /// "Me": looks, language, storage, the device.
    Settings {
        title => "我" | "Me";
        account => "账号" | "Account";
        organisation => "单位" | "Organisation";
        region => "辖区" | "Region";
        role => "角色" | "Role";
        certificate => "执法证" | "Certificate";
        certificate_until(date: &str) => "有效期至 {date}" | "Valid until {date}";
        look => "显示" | "Look";
        mode => "版式" | "Text size";
        mode_normal => "标准" | "Normal";
        mode_elder => "长辈版" | "Large";
        theme => "明暗" | "Theme";
        theme_system => "随系统" | "System";
        theme_light => "浅色" | "Light";
        theme_dark => "深色" | "Dark";
        language => "语言" | "Language";

        storage => "本机存储" | "Storage";
        storage_kept => "系统已答应保留本机数据" | "The system has promised to keep this data";
        storage_not_kept => "系统可能在空间紧张时清理本机数据" | "The system may clear this data when space runs short";
        storage_ask => "申请保留" | "Ask to keep";
        storage_ask_refused => "系统暂时没有答应。添加到桌面、常用，通常就会答应。" |
            "The system did not promise it yet. It usually does once the app is on the home screen and in use.";
        storage_used(size: &str) => "已用 {size}" | "{size} used";
        storage_reserve_ok => "还能再存至少一次检查的照片" | "There is room for at least one more visit";
        storage_short => "空间不多了，建议先上传或导出" | "Space is short: send or export first";
        storage_full => "空间用完，新照片存不下，文字还能存" | "Storage is full: text still fits, photos do not";
        storage_drafts(n: u32) => "草稿 {n} 份" | "{n} draft" / "{n} drafts";
        storage_about => "浏览器报告的剩余空间并不可靠，这里按实际写入来判断。" |
            "What browsers report as free space is not reliable; this is judged by real writes.";

        offline => "离线准备" | "Ready offline";
        check_again => "重新核对" | "Check again";
        files_checked(done: u32, of: u32) => "{done}/{of} 个文件已核对" | "{done} of {of} files checked";
        pack(title: &str, edition: &str) => "清单《{title}》{edition}" | "Checklist {title}, {edition}";
        last_contact(time: &str) => "上次联系服务器：{time}" | "Last contact with the server: {time}";
        never_contacted => "还没有联系过服务器" | "No contact with the server yet";

        device => "这部手机" | "This phone";
        device_id => "设备编号" | "Device";
        device_missing => "这部手机还没有登记，连上网络后自动登记" | "This phone is not enrolled yet; it will be when there is a network";
        device_key => "签名密钥在本机，不可导出" | "The signing key is here and cannot be exported";
        verify => "核对证据包" | "Verify an evidence package";
        version => "版本" | "Version";
        sign_out => "退出登录" | "Sign out";
        sign_out_title => "退出登录？" | "Sign out?";
        sign_out_text => "草稿和待传的内容都留在本机，再登录同一账号就能继续。" |
            "Drafts and what waits to be sent stay on this phone; sign in with the same account to go on.";
        sign_out_go => "退出登录" | "Sign out";
        sign_out_stay => "不退出" | "Stay signed in";
        about => "关于" | "About";
        source => "自由软件，AGPL-3.0" | "Free software, AGPL-3.0";
    }
}
