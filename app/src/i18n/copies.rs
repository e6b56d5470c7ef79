//! Copies of drafts on the server: on the draft, on today's page, in "Me".

texts! {
    /// Copies of drafts on the server.
    Copies {
        elsewhere => "在另一台手机上的草稿" | "Drafts on another phone";
        changed(time: &str) => "更新于 {time}" | "Updated {time}";
        unnamed => "机构名称还没有传到服务器" | "The name of the facility has not reached the server yet";
        go_on_here => "在这台手机上继续" | "Go on on this phone";
        go_on_about => "答案和照片会取到这台手机上。那台手机上的内容不会删除。" |
            "Answers and photos come to this phone. Nothing on the other phone is deleted.";
        fetching => "正在取回并核对…" | "Fetching and checking…";
        missing(n: u32) => "有 {n} 张照片没有传到服务器，这里没有。需要的话请补拍。" |
            "{n} photo had not reached the server and is not here. Take it again if it is needed." /
            "{n} photos had not reached the server and are not here. Take them again if they are needed.";
        gone => "服务器上已经没有这份草稿：它已签字上交，或者已经放弃。" |
            "The server no longer has this draft: it was signed and sent, or discarded.";
        locked_title => "密码改过之前的草稿" | "A draft from before the password was changed";
        locked => "密码改过，这份草稿要用改之前的密码打开。" |
            "The password was changed since: this draft opens with the password before that.";
        old_password => "改之前的密码" | "The password before";
        open => "打开草稿" | "Open the draft";
        opening => "正在核对密码…" | "Checking the password…";
        wrong_password => "用这个密码打不开，请再试一次。草稿还在服务器上。" |
            "It does not open with this password; try again. The draft is still on the server.";

        overtaken => "另一台手机接着做了这次检查。两份都还在，请选保留哪一份；选好之前，这一份不再备份。" |
            "Another phone has gone on with this visit. Both drafts are still there: choose which to keep. Until then this one is not copied.";
        choose_on_today => "去选" | "Choose";
        keep_mine => "保留这台手机上的" | "Keep the one on this phone";
        keep_mine_text => "服务器上的备份会换成这台手机上的。另一台手机上的内容仍在那台手机里，那边也会问保留哪一份。" |
            "The copy on the server becomes the one of this phone. What is on the other phone stays there, and it asks which to keep as well.";
        take_theirs => "改用另一台手机上的" | "Use the one of the other phone";
        take_theirs_text(answered: u32, photos: u32) => "这台手机上已答的 {answered} 项和 {photos} 张照片会换成另一台手机上的，找不回来。" |
            "{answered} answers and {photos} photos on this phone are replaced by those of the other phone for good.";
        not_now => "先不选" | "Not now";
        signed_elsewhere => "这次检查已在另一台手机上签字上交。这份草稿还在本机，不再备份；不需要时可以放弃。" |
            "This visit was signed and sent on another phone. This draft is still here and is not copied any more; discard it when you do not need it.";
        no_room => "服务器上的备份空间用完了，最新的内容只在本机。检查照常做，有空间后自动备份。" |
            "The room for copies on the server is used up; the latest is on this phone only. Go on as usual: it is copied once there is room.";
        copied(time: &str) => "已加密备份 · {time}" | "Encrypted copy · {time}";
        copied_photos(done: u32, of: u32) => "照片 {done}/{of}" | "photos {done}/{of}";
        not_yet => "还没有备份，连上网络后自动备份" | "Not copied yet; it will be when there is a network";

        title => "草稿备份" | "Copies of drafts";
        on => "已开启：有网络时，没签字的检查加密备份到服务器。换一台手机登录，就能接着做。" |
            "On: visits that are not signed are copied to the server, encrypted, whenever there is a network. Sign in on another phone to go on.";
        off => "没有开启：这台手机上还没有备份用的密钥。重新登录一次就开启。" |
            "Off: this phone has no key for copies yet. Sign in once more to turn them on.";
        sign_in => "重新登录" | "Sign in again";
        last(time: &str) => "上次备份：{time}" | "Last copy: {time}";
        never => "还没有备份过" | "No copy has been made yet";
        trouble(why: &str) => "这次没有备份成：{why}。会自动再试。" | "The last try failed: {why}. It is tried again by itself.";
        about => "密钥由登录密码算出，只存在手机上，服务器读不出内容。改了密码，之前的备份要用改之前的密码打开。" |
            "The key comes from your password and is on your phones only; the server cannot read the copies. After a change of password, older copies open with the password before.";
    }
}
