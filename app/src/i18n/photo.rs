//! Taking and looking at photos.

texts! {
    /// Taking and looking at photos.
    Photo {
        count(n: u32) => "{n} 张照片" | "{n} photo" / "{n} photos";
        shutter => "拍" | "Shoot";
        turn_camera => "换镜头" | "Turn camera";
        light => "补光" | "Light";
        done => "拍好了" | "Done";
        ghost_on => "叠上整改前" | "Overlay before";
        ghost_off => "收起整改前" | "Hide before";
        pick => "选文件" | "Pick a file";
        opening => "正在打开相机…" | "Opening the camera…";
        camera_denied_title => "没有相机权限" | "No camera permission";
        camera_denied => "可以在浏览器的网站设置里允许相机；也可以先用手机拍照，再从文件选取。" |
            "Allow the camera in the browser's site settings, or take photos with the phone and pick the files.";
        camera_none => "没有找到相机，可以从文件选取。" | "No camera found; pick a file instead.";
        camera_busy => "相机被别的程序占用，关掉它再试。" | "Another app uses the camera; close it and try again.";
        counted_when_stored => "存到本机才算拍到" | "A photo counts once it is stored";
        storing => "正在存…" | "Storing…";
        stored(n: u32) => "已存第 {n} 张" | "Photo {n} stored";
        removed => "照片已删除" | "Photo removed";
        restored => "照片已恢复" | "Photo restored";
        of_what(what: &str) => "照片：{what}" | "Photo: {what}";
        original_hash => "原图指纹" | "Fingerprint of the original";
        taken_at(time: &str) => "{time}拍摄" | "Taken {time}";
        size(width: u32, height: u32, kilobytes: u64) => "{width}×{height}，{kilobytes} KB" | "{width}×{height}, {kilobytes} KB";
        kept_for_later(why: &str) => "{why}。原图已存在本机，下次打开这次检查时会补存。签名前请再存一次，或不要这张。" |
            "{why}. Its frame is kept on this phone and will be completed when this visit is opened again. Before signing, store it again or leave it out.";
        store_again => "再存一次" | "Store it again";
        leave_out => "不要这张" | "Leave it out";
        no_position => "无定位" | "No position";
        killed_while_shooting(time: &str) => "{time}打开的相机没有关上，应用就被关闭了。" |
            "The app was closed while the camera, opened at {time}, was on. ";
        killed_while_picking => "打开手机相机或相册时，应用被系统关闭了；没有交到这里的照片请从相册再选一次。" |
            "The phone closed the app while its camera or album was open; pick photos that did not arrive again from the album. ";
        killed_kept(kept: u32, recovered: u32) => "已存 {kept} 张，刚才补存 {recovered} 张。" |
            "{kept} photos are stored, {recovered} more were completed just now. ";
        killed_lost(time: &str, what: &str) => "{time} 按下的一张没有存上，请补拍：{what}。" |
            "The photo pressed at {time} was not kept; take it again: {what}. ";
        /// What the photo worker says of a file.
        not_an_image => "这不是照片文件" | "This is not a photo file";
        damaged => "文件损坏，打不开" | "The file is damaged";
        empty => "文件是空的" | "The file is empty";
        too_many_bytes(megabytes: u32) => "文件太大，最多 {megabytes} MB" | "Too large: {megabytes} MB at most";
        too_many_pixels(megapixels: u32) => "像素太多，最多 {megapixels} 百万" | "Too many pixels: {megapixels} million at most";
        not_stored_full => "空间不够，这张没有存上。前面的都在。" |
            "No space: this photo is not stored. The earlier ones are safe.";
        not_stored => "这张没有存上，请再拍一次" | "This photo is not stored; please take it again";
        previous => "上一张" | "Previous";
        next => "下一张" | "Next";
        before => "整改前" | "Before";
        after => "整改后" | "After";
        none_yet => "还没有照片" | "No photos yet";
        not_here => "照片还没有传到" | "The photo has not arrived yet";
    }
}
