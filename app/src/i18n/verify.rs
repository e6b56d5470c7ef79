//! Verifying a package: the page around core's own words.

texts! {
    /// Verifying a package.
    Verify {
        title => "核对证据包" | "Verify a package";
        about => "选一个巡安导出的证据包（ZIP）。核对全部在本机进行，文件不会上传；没有网络、没有账号也可以。" |
            "Choose an evidence package (ZIP) that Xun'an exported. It is checked on this device and sent nowhere; no network and no account are needed.";
        choose => "选取证据包" | "Choose a package";
        choose_another => "换一个" | "Choose another";
        checking => "正在核对" | "Checking";
        keys_enrolled => "服务器公钥：本机登记时所得。" | "The server's keys: as this phone was told when it was enrolled.";
        keys_fetched => "服务器公钥：刚从本网站取得。" | "The server's keys: fetched from this site just now.";
        keys_inside => "服务器公钥：包里自带，未能从别处核对。" | "The server's keys: from the package itself, not confirmed from elsewhere.";
        unreadable(cause: &str) => "浏览器读不了这个文件（{cause}）" | "The browser cannot read this file ({cause})";
        package => "证据包" | "The package";
        photo(number: usize) => "照片 {number}" | "Photo {number}";
        more(count: usize) => "依据与自述（{count} 条）" | "What is proven and claimed ({count})";
        entry_unread => "读不出的记录" | "An entry that cannot be read";
    }
}
