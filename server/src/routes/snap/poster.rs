//! A poster with a code to scan 二维码海报: for a wall of one institution, or of none. One sheet of A4.

use axum::http::StatusCode;
use axum::response::Response;
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};
use xunan_core::facility::Facility;

use super::page::{Lang, escaped, page};

/// Modules of white around a code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// The poster. `origin` is how a browser reaches this server: what is printed leads there.
///
/// # Errors
/// [`QrError`] when the address does not fit into a code: it has more than 1663 bytes.
pub(super) fn poster_page(
    lang: Lang,
    facility: Option<&Facility>,
    origin: &str,
) -> Result<Response, QrError> {
    let place = facility.map(|it| format!("?f={}", it.id)).unwrap_or_default();
    let address = format!("{origin}/snap{place}");
    let name = facility.map(|it| format!("<p class=\"poster-name\">{}</p>\n", escaped(&it.name)));
    let content = [
        format!(
            "<p class=\"note no-print\">{}</p>\n",
            lang.pick(
                "用浏览器的“打印”印成 A4。二维码里的网址和下面写的一样：请先确认居民的手机打得开它",
                "Print it on A4 by the browser's own menu. The code holds the address below it: first make sure that people's phones can open it",
            )
        ),
        name.unwrap_or_default(),
        code(lang, &address)?,
        format!("<p class=\"poster-address\">{}</p>\n", escaped(&address)),
        steps(lang),
        format!(
            "<p class=\"note\">{}</p>\n<p class=\"danger\">{}</p>\n",
            lang.pick(
                "不用登录，不用下载，可以不留姓名；留了也是加密存放，办理的人看不到",
                "No account, nothing to install, no name needed; a name is kept encrypted, and those who deal with it do not see it",
            ),
            lang.pick(
                "着火、有人被困或受伤，请先离开危险的地方，拨打 119、120 或 110",
                "If there is a fire, or somebody is trapped or hurt: get away first and call 119, 120 or 110",
            )
        ),
    ]
    .concat();
    let title = lang.pick("看到安全隐患，请随手拍", "Seen a hazard? Tell us");
    Ok(page(StatusCode::OK, lang, title, &content))
}

/// There is no such institution.
pub(super) fn no_poster(lang: Lang) -> Response {
    let content = format!(
        "<p>{}</p>\n",
        lang.pick(
            "没有这家机构，请从它的随手拍页面打开海报",
            "There is no such institution. Open the poster from its page for reports"
        )
    );
    page(StatusCode::NOT_FOUND, lang, lang.pick("找不到", "Not found"), &content)
}

fn steps(lang: Lang) -> String {
    let steps = [
        lang.pick("1. 用手机扫码", "1. Scan the code"),
        lang.pick("2. 拍照，写一句看到了什么", "2. Take a photo, write what you saw"),
        lang.pick("3. 提交，记下编号，随时可查", "3. Send it and keep the number: it tells how it stands"),
    ];
    let steps: String = steps.into_iter().map(|step| format!("<li>{step}</li>\n")).collect();
    format!("<ol class=\"poster-steps\">\n{steps}</ol>\n")
}

/// The code as a drawing, black on white in the dark too. A quarter of it may be worn off (level Q): it hangs outside.
fn code(lang: Lang, address: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
    let side = width + 2 * QUIET;
    let label = lang.pick("二维码，内容是下面的网址", "A code that holds the address below");
    Ok(format!(
        "<svg class=\"poster-code\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>\n"
    ))
}
