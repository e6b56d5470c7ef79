//! What backs a photo: between which times and where it was taken, what its file claims, what was done to it.

texts! {
    /// What backs a photo.
    Evidence {
        title => "照片依据" | "What backs this photo";
        when => "时间" | "Time";
        phone_clock(time: &str) => "手机时间 {time}" | "{time} by the phone's clock";
        between(from: &str, to: &str) => "实际在 {from} 至 {to} 之间" | "In truth between {from} and {to}";
        not_after(to: &str) => "实际不晚于 {to}" | "In truth not after {to}";
        not_before(from: &str) => "实际不早于 {from}" | "In truth not before {from}";
        unbounded => "没有可核对的时间" | "No time to check it against";
        contradiction => "页面时钟与服务器时间互相矛盾，只能以服务器时间为准" |
            "The page's clock contradicts the server's times; only those count";
        jumped_forward(at: &str, by: &str) => "手机时钟被拨快 {by}（之后显示 {at}）" |
            "The phone's clock was put forward by {by} (it then said {at})";
        jumped_back(at: &str, by: &str) => "手机时钟被拨慢 {by}（之后显示 {at}）" |
            "The phone's clock was put back by {by} (it then said {at})";
        jumps_are_told => "记录会如实写明，实际时间以服务器时间为界。" |
            "The record will say so; the server's times bound the true one.";
        days(n: i64) => "{n} 天" | "{n} d";
        hours(n: i64) => "{n} 小时" | "{n} h";
        minutes(n: i64) => "{n} 分钟" | "{n} min";
        seconds(n: i64) => "{n} 秒" | "{n} s";
        place => "位置" | "Place";
        fix(point: &str, accuracy: u32) => "{point}，精度 ±{accuracy} 米" | "{point}, ±{accuracy} m";
        old_fix(age: &str) => "定位于拍摄前 {age}" | "fixed {age} before";
        pin => "人工标注" | "set by hand";
        no_place_denied => "没有定位：未授权" | "None: not permitted";
        no_place_unavailable => "没有定位：手机取不到" | "None: the phone cannot tell";
        no_place_waiting => "没有定位：拍摄时还没取到" | "None yet when it was taken";
        no_place_picked => "没有定位：照片从文件选取" | "None: the photo was picked from files";
        doubt => "存疑" | "In doubt";
        too_exact => "精度好得不真实，可能是模拟定位" | "More exact than receivers are: perhaps a feigned place";
        frozen => "几分钟里坐标一位不变，可能是模拟定位" | "Not a digit moved in minutes: perhaps a feigned place";
        too_fast(kmh: u32) => "距上一张照片的移动速度达 {kmh} 公里/小时" | "{kmh} km/h from the photo before";
        old_position => "定位是检查之前的" | "The fix is from before the visit";
        far(metres: u32) => "距登记位置 {metres} 米" | "{metres} m from the registered place";
        file_claims => "文件自述" | "What the file claims";
        claims_taken(time: &str) => "拍摄于 {time}" | "taken {time}";
        claims_place(point: &str) => "位置 {point}" | "at {point}";
        claims_none => "文件里没有时间和位置" | "No time or place in the file";
        steps => "处理过程" | "What was done to it";
        decoded => "读取原图" | "read";
        decoded_by_browser => "由浏览器读取原图" | "read by the browser";
        shrunk(from: &str, to: &str) => "缩小 {from} → {to}" | "shrunk {from} → {to}";
        turned => "转正" | "turned upright";
        marked => "加水印" | "marked";
        unmarked => "浏览器不支持水印，未加" | "not marked: the browser cannot";
        encoded(quality: u8) => "存为 JPEG（质量 {quality}），不带元数据" | "stored as JPEG (quality {quality}) without metadata";
        original_kept => "原图同时保存" | "the original is kept as well";
        reused_title(n: u32) => "{n} 张照片在别处也出现过，请对照核实" | "{n} photos also appear elsewhere; compare them" ;
        reuse_unknown => "没有查到照片是否在别处出现过：" | "Whether photos appear elsewhere is not known: ";
        same_file => "同一文件" | "The same file";
        alike(n: u32) => "画面相近（128 处中 {n} 处不同）" | "Alike (they differ in {n} of 128 places)";
        this_photo(n: u32) => "本次照片 {n}" | "This visit, photo {n}";
        other_photo(facility: &str, time: &str) => "{facility}，{time}" | "{facility}, {time}";
        open_other => "打开那次检查" | "Open that visit";
    }
}
