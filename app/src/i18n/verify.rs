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
        keys_about => "别的服务器签发的包，要用那台服务器的公钥核对：请向签发单位要，或在它的网址后加 /.well-known/jwks.json 下载。" |
            "A package of another server is checked with that server's keys: ask the office that issued it, or download /.well-known/jwks.json from its site.";
        keys_choose => "选取服务器公钥文件" | "Choose a file of server keys";
        keys_drop => "不用这个文件" | "Leave this file out";
        keys_chosen(names: &str) => "用所选文件里的公钥核对（{names}）。" | "Checking with the keys of the chosen file ({names}).";
        keys_wrong => "这个文件里没有服务器公钥。请选 jwks.json；已核对的结果不变。" |
            "There are no server keys in this file. Choose jwks.json; what was checked stands as it is.";
        keys_file(names: &str) => "服务器公钥：来自所选的文件（{names}）。请确认它来自签发单位。" |
            "The server's keys: from the chosen file ({names}). Make sure that it comes from the office that issued the package.";
        keys_of_another => "这个包由另一台服务器签发，这里没有它的公钥。只能看包里各部分是否相符，不能证明出自哪家。请选取那台服务器的公钥文件，再核对一次。" |
            "Another server signed this package, and its keys are not known here. Its parts are checked against each other, but not who signed them; choose that server's keys and check again.";
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
