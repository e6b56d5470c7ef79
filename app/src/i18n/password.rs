//! Changing the own password.

use xunan_core::account::MIN_PASSWORD_CHARS;
use xunan_core::problem::PasswordRefusal;

texts! {
    /// Changing the own password.
    Password {
        title => "登录密码" | "Password";
        about => "密码只有本人知道。忘记密码时，请管理员重置。" |
            "Only you know it. If it is forgotten, an administrator resets it.";
        change => "修改密码" | "Change the password";
        before => "原密码" | "Present password";
        chosen => "新密码" | "New password";
        chosen_help(n: &str) => "至少 {n} 个字符，不能只用数字。几个不相干的词连起来，好记又难猜。" |
            "At least {n} characters, not digits alone. A few unrelated words are easy to keep and hard to guess.";
        again => "再输一次新密码" | "New password, once more";
        before_missing => "请输入原密码" | "Type the present password";
        chosen_missing => "请输入新密码" | "Type a new password";
        not_the_same => "两次输入的新密码不一样" | "The two are not the same";
        wrong => "原密码不对，密码没有改" | "The present password is another one; nothing was changed";
        needs_network => "修改密码要联网。" | "Changing the password needs the network.";
        effects => "改好后，其他手机和电脑上的登录会退出，这里不用重新登录。草稿都在，会用新密码重新加密备份。" |
            "Other phones and computers are signed out then; this one is not. Drafts stay, and are copied anew, encrypted with the new password.";
        exports => "以前导出的加密文件，仍用导出时设的密码打开。" |
            "Files that were exported encrypted still open with the password that was set for them.";
        offline => "现在没有网络，密码没有改。联网后再改。" |
            "There is no network now, and the password was not changed. Change it once the network is back.";
        too_many(seconds: &str, time: &str) => "原密码试得太频繁，请 {seconds} 秒后（{time}）再试。密码没有改。" |
            "Too many tries: wait {seconds} seconds, until {time}. The password was not changed.";
        unanswered => "没有收到服务器的答复，还不知道改没改成。草稿都在。联网后再改一次：如果提示原密码不对，就是已经改成了。" |
            "The server's answer did not come, so it is not known yet whether the password was changed. Drafts are safe. Try again with a network: if the present password is said to be another one, it was changed.";
        going => "正在修改…" | "Changing…";
        done => "密码已修改。其他手机和电脑上的登录已退出；下次登录用新密码。" |
            "The password was changed. Other phones and computers are signed out; sign in with the new one from now on.";
    }
}

impl Password {
    /// Below the box of the new one: what it must be.
    pub fn rule(self) -> String {
        self.chosen_help(&MIN_PASSWORD_CHARS.to_string())
    }

    /// Why a text cannot be a password.
    pub const fn refusal(self, why: PasswordRefusal) -> &'static str {
        let (zh, en) = match why {
            PasswordRefusal::TooShort => ("太短，至少 8 个字符", "Too short: 8 characters at least"),
            PasswordRefusal::TooLong => ("太长", "Too long"),
            PasswordRefusal::Guessable => (
                "太容易被猜到：不要只用数字、登录名、常见密码或少数几个字符",
                "Too easy to guess: not digits alone, the login name, a common password or a few characters",
            ),
            PasswordRefusal::SameAsBefore => ("和原密码相同", "It is the present one"),
            PasswordRefusal::Other => {
                ("服务器没有接受这个密码，请换一个", "The server did not accept it; choose another")
            }
        };
        match self.0 {
            super::Lang::Zh => zh,
            super::Lang::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, t};
    use super::*;

    #[test]
    fn the_number_in_the_words_is_that_of_the_rule() {
        for lang in Lang::ALL {
            let words = t(lang).password();
            assert!(words.rule().contains(&MIN_PASSWORD_CHARS.to_string()));
            assert!(words.refusal(PasswordRefusal::TooShort).contains(&MIN_PASSWORD_CHARS.to_string()));
        }
    }
}
