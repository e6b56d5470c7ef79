//! The frame around every page.

texts! {
    /// Places, the lamp, offline, updates, and the honest screens.
    Shell {
        places => "主导航" | "Main places";
        tab_today => "今天" | "Today";
        tab_facilities => "机构" | "Facilities";
        tab_start => "检查" | "Inspect";
        tab_outbox => "待传" | "Outbox";
        tab_me => "我" | "Me";

        lamp_ready => "可离线" | "Ready offline";
        lamp_checking => "正在准备离线" | "Preparing offline";
        lamp_not_ready => "还不能离线" | "Not ready offline";
        lamp_ready_about => "程序和数据都已存在本机，并逐一核对过。现在没有网络也能检查、拍照、签名。" |
            "The program and its data are on this phone, each checked. You can walk, photograph and sign without a network.";
        lamp_checking_about(done: u32, of: u32) => "正在核对 {of} 个文件，已核对 {done} 个。请先不要离开有网络的地方。" |
            "Checking {of} files, {done} done. Stay where there is a network for now.";
        lamp_not_ready_about => "还有文件没有存到本机。到有网络的地方打开一次就好。" |
            "Some files are not on this phone yet. Open the app once where there is a network.";

        offline_banner => "没有网络。照常填写，都存在本机，有网络时自动上传。" |
            "No network. Go on as usual: everything is kept on this phone and is sent when there is one.";
        sign_in_expired => "登录已过期。填写不受影响，登录后继续上传。" |
            "The sign-in has expired. You can go on filling in; sending resumes after you sign in.";
        sign_in_now => "去登录" | "Sign in";
        portal_banner => "网络要求先登录（例如公共 Wi-Fi）。内容都在本机，网络通了会再传。" |
            "This network wants a login of its own. Everything is kept here and will be sent when it lets us through.";
        clock_wrong(by: &str) => "手机的时间与服务器相差 {by}。记录会注明，请在系统设置里校准。" |
            "This phone's clock is {by} off. Records note it; please set it in the system settings.";
        minutes => "分钟" | "minutes";
        hours => "小时" | "hours";
        days => "天" | "days";

        update_ready => "新版本已下载好。现在换上只需几秒，填写的内容不受影响。" |
            "A new version is ready. Switching takes seconds and keeps everything.";
        update_now => "换上新版本" | "Switch now";
        update_later => "以后再说" | "Later";
        update_waits => "检查还没完，新版本会等到检查结束后再问。" |
            "A visit is open; the new version waits until it is done.";

        install_hint => "把“巡安”放到手机桌面，打开更快，数据也更不容易被系统清理。" |
            "Put Xun'an on your home screen: it opens faster and the system is less likely to clear its data.";
        install_now => "添加到桌面" | "Add to home screen";
        install_ios => "点浏览器下方的“分享”，再选“添加到主屏幕”。" |
            "Tap the browser's Share button, then “Add to Home Screen”.";
        wechat_hint => "微信里可以填写，但不能保证离线打开。请点右上角“…”，选“在浏览器打开”。" |
            "WeChat can be used for filling in, but may not open offline. Choose “Open in browser” from the … menu.";

        not_found_title => "没有这一页" | "There is no such page";
        not_found_text => "地址可能写错了，或者它已经移走。" | "The address may be mistyped, or the page has moved.";
        not_ours_title => "这里看不到它" | "It cannot be seen here";
        not_ours_text => "没有找到，或者它不归此账号办理：可能已经退回、移送或办结。您签过的都在总账里。" |
            "It was not found, or it is not this account's to deal with: perhaps it was returned, transferred or settled. What you signed is in the ledger.";
        denied_title => "这里不向此账号开放" | "Not open to this account";
        denied_text => "如需查看，请向本单位的管理员申请。" | "Ask your office's administrator if you need it.";
        offline_title => "这一页要有网络才能看" | "This page needs a network";
        offline_text => "检查、拍照、签名不需要网络，可以照常进行。" |
            "Walking, photographing and signing do not: go on as usual.";
        full_title => "手机空间用完了" | "This phone's storage is full";
        full_text => "已经存下的都在。腾出一些空间，或先导出待传的内容，再继续。" |
            "Everything stored so far is safe. Free some space, or export what waits to be sent, and go on.";
        error_title => "出了意外" | "Something went wrong";
        error_text => "已经存下的内容不受影响。" | "What was stored is not affected.";
        browser_old_title => "这个浏览器太旧" | "This browser is too old";
        browser_old_text => "需要 Chrome 100、Safari 16.4 或更新的版本。" | "Chrome 100, Safari 16.4 or newer is needed.";
        empty_today => "回到今天" | "Go to today";
        reload => "重新打开" | "Open again";
        no_storage_title => "这个浏览器不让保存内容" | "This browser keeps nothing";
        no_storage_text => "可能是无痕模式，或关闭了网站数据。在这里填写会丢失，请换普通窗口或其他浏览器。" |
            "Perhaps private mode, or site data is switched off. What is filled in here would be lost: use a normal window or another browser.";
        storage_blocked_title => "另一个页面还开着旧版本" | "Another tab has an older version open";
        storage_blocked_text => "请关闭其他巡安页面，再重新打开。" | "Close the other pages of Xun'an, then open this one again.";
        given_up => "新版本已在另一个页面打开，这一页不能再保存。请重新打开，存下的都在。" |
            "A newer version is open in another tab and this page can save nothing more. Open it again; everything stored is there.";
        other_window => "正在另一个窗口填写，这里只能看。" | "Being filled in in another window: here it is for reading.";
        take_over => "在此继续" | "Go on here";
        second_tab => "另一个页面也开着这次检查，两边的修改都会存下。" |
            "This visit is open in another tab too; changes of both are kept.";
    }
}
