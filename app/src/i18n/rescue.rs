//! A damaged storage: what happened, what is kept elsewhere, what to do.

texts! {
    /// The page of a damaged storage.
    Rescue {
        title => "本机存储" | "This phone's storage";
        lost_title => "本机存储损坏过，少了内容" | "This phone's storage was damaged and has lost something";
        lost_text => "浏览器发现它存在这部手机上的数据已损坏，只留下了一部分，或全部清空。少掉的内容在这部手机上找不回来。" |
            "The browser found its data on this phone damaged, and kept a part of it or nothing. What is missing cannot be read back here.";
        on_the_server => "收到过回执的记录和照片都在服务器上，一份不少。" |
            "Every record and photo that has its receipt is on the server, complete.";
        lost_to_do => "继续之后，请看看草稿和待传还在不在：没有送达的，趁记得重做；以前导出过文件的，交给单位保存，内容都在里面。" |
            "Go on, and look through drafts and outbox: do again what has not arrived while you remember it, or give your office a file that you exported before: all of it is in there.";
        go_on => "知道了，继续使用" | "Go on with what is left";
        unreadable_title => "本机存储读不出来" | "This phone's storage cannot be read";
        unreadable_text => "存在这部手机上的数据打不开，可能已损坏。还没有删除任何内容。请先关掉浏览器的所有页面、重开手机，再试一次。" |
            "The data on this phone does not open; it may be damaged. Nothing has been deleted. Close every page of this browser, restart the phone, and try again.";
        cause(name: &str) => "浏览器报告：{name}" | "The browser says: {name}";
        try_again => "再试一次" | "Try again";
        export => "导出读得出的内容" | "Export what can be read";
        exported(count: usize) => "已导出 {count} 份内容。文件没有加密，请只交给单位的管理员。" |
            "Exported {count} pieces. The file is not encrypted: give it to your office's administrator only.";
        nothing_readable => "什么都读不出来，没有可导出的内容。" | "Nothing can be read, so there is nothing to export.";
        anew => "清空，从头开始" | "Empty it and start anew";
        anew_title => "清空这部手机上的数据？" | "Empty this phone's storage?";
        anew_text => "会先导出读得出的内容，再清空。没有送达的草稿和记录，以及这部手机的签名密钥，从此不在这里；服务器上的不受影响。" |
            "What can be read is exported first. Drafts and records that have not arrived, and this phone's signing key, will then be gone from here; what is on the server stays.";
        anew_go => "导出并清空" | "Export and empty";
        anew_stay => "先不清空" | "Leave it as it is";
        stuck => "浏览器清不掉。请在浏览器设置里清除本网站的数据（那会删除这部手机上的全部内容），再打开。" |
            "The browser cannot empty it. Clear this site's data in the browser's settings, which deletes everything on this phone, and open it again.";
    }
}
