//! Signing in and enrolling the phone.

texts! {
    /// Signing in and enrolling the phone.
    SignIn {
        title => "登录" | "Sign in";
        login => "账号" | "Account";
        password => "密码" | "Password";
        show_password => "显示密码" | "Show password";
        hide_password => "隐藏密码" | "Hide password";
        go => "登录" | "Sign in";
        going => "正在登录…" | "Signing in…";
        login_missing => "请填写账号" | "Enter your account";
        password_missing => "请填写密码" | "Enter your password";
        needs_network => "第一次登录需要网络。以后没有网络也能检查。" |
            "The first sign-in needs a network. After that you can inspect without one.";
        forgotten => "忘记密码请联系本单位管理员重置。" | "If you forgot the password, your administrator can reset it.";
        enrolling => "正在登记这部手机…" | "Enrolling this phone…";
        enrolling_about => "在本机生成签名密钥。密钥不离开手机，记录由它签名，之后谁也改不了。" |
            "A signing key is made on this phone and never leaves it. It signs your records, so that nobody can change them.";
        enrolled => "这部手机已登记" | "This phone is enrolled";
        getting_data => "正在取清单、机构和计划…" | "Fetching checklists, facilities and plans…";
        device_name => "手机名称" | "Name of this phone";
        no_key => "这个浏览器不能安全地保存密钥（可能是无痕模式）。请换普通窗口或其他浏览器。" |
            "This browser cannot keep a key safely (private mode, perhaps). Use a normal window or another browser.";
        other_account => "这部手机上还有另一个账号未传完的内容。请先用原账号登录传完。" |
            "Another account still has unsent work on this phone. Sign in with that account first.";
        elder_mode => "长辈版" | "Large text";
        demo => "演示账号" | "Demo accounts";
    }
}
