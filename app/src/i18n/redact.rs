//! Copies of photos for the public: what is covered, and what becomes of it.

texts! {
    /// Copies of photos for the public.
    Redact {
        title => "公开用照片" | "Photo for the public";
        title_of(n: u32) => "公开用照片 · 照片 {n}" | "For the public · photo {n}";
        back => "回到记录" | "Back to the record";
        what_to_cover => "遮住人脸、车牌、房间号、姓名牌。遮住的地方在公开照片里是一块实色，谁也恢复不了；原照片不改动，仍按原指纹封存。" |
            "Cover faces, plates, room numbers and name tags. What is covered is one solid colour in the copy, and nobody can bring it back. The photo itself is not changed and stays sealed under its fingerprint.";
        lines_covered => "水印写着机构、位置和姓名，已自动遮住" |
            "The lines over the photo name place and person; they are covered already";
        tool => "工具" | "Tool";
        tool_box => "方框" | "Box";
        tool_brush => "画笔" | "Brush";
        brush => "画笔粗细" | "Brush";
        brush_thin => "细" | "Thin";
        brush_middle => "中" | "Middle";
        brush_thick => "粗" | "Thick";
        add_box => "加一个方框" | "Add a box";
        undo => "撤销一步" | "Undo";
        preview => "看成品的样子" | "Preview";
        board(n: u32) => "照片 {n}，按住拖动来遮盖" | "Photo {n}; press and drag to cover";
        covered(n: u32) => "手工遮住 {n} 处" | "{n} place covered by hand" / "{n} places covered by hand";
        list => "遮住的地方" | "Covered places";
        keys_help => "选中一处后：方向键移动，Shift 加方向键改大小，Delete 去掉" |
            "On a place: arrow keys move it, Shift and arrow keys change its size, Delete removes it";
        a_box(n: usize, left: u16, top: u16, width: u16, height: u16) => "{n} 方框：距左 {left}%，距上 {top}%，宽 {width}%，高 {height}%" |
            "{n} Box: {left}% from the left, {top}% from the top, {width}% wide, {height}% high";
        a_stroke(n: usize, left: u16, top: u16) => "{n} 画笔：从距左 {left}%，距上 {top}% 处画起" |
            "{n} Brush: begun {left}% from the left, {top}% from the top";
        remove_word => "去掉" | "Remove";
        remove(n: usize) => "去掉（第 {n} 处）" | "Remove no. {n}";
        full => "遮盖已到上限，不能再加。人太多时，用一个大方框盖住整片。" |
            "No more can be added. Where there are many people, cover all of them with one large box.";
        reason => "用途（可不填）" | "Purpose (optional)";
        reason_hint => "例如：公布整改情况" | "For example: publishing what was put right";
        make => "生成公开照片" | "Make the public photo";
        made => "公开照片已生成并签名" | "The public photo is made and signed";
        original => "原照片（封存）" | "The photo itself (sealed)";
        copy => "公开照片" | "The public photo";
        copy_facts => "不带任何拍摄信息" | "Without any metadata";
        copy_digest(hash: &str) => "指纹 {hash}" | "Fingerprint {hash}";
        on_the_way => "已签名，存在本机；有网络时自动送出" | "Signed and kept here; it is sent when there is a network";
        arrived => "已送达服务器" | "Received by the server";
        has_copy => "已有公开照片" | "There is a public photo";
        newest_counts => "再生成一次，以最新的一张为准" | "Make it again and the newest counts";
    }
}
