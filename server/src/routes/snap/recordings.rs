//! The form's voice note 语音 and short video 短视频: where they are chosen or recorded, what is told before, and what may be wrong.

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use xunan_core::snap::{RecordingKind, Report, ShortVideo};

use super::multipart::Form;
use super::page::Lang;
use super::wrong::Wrong;
use crate::snaps::recording::RecordingFault;

/// Of a page that records and plays what was just recorded: the policy of the form's page and one word more.
const PLAYS_OWN: &str = "; media-src blob:";

/// The form alone asks for the microphone, and when somebody presses the button for it.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()");

/// The page of a form, on which a voice is recorded and heard again.
pub(super) fn records(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok());
    let policy = policy.map(|policy| HeaderValue::try_from(format!("{policy}{PLAYS_OWN}")));
    if let Some(Ok(policy)) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    response
}

/// What of a form was recorded.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) voice: Option<Bytes>,
    pub(super) video: Option<Bytes>,
}

impl Chosen {
    /// Of a form that was sent to an office that takes short videos or does not.
    pub(super) fn of(form: &Form, video: ShortVideo) -> Result<Self, Wrong> {
        let one = |kind: RecordingKind| match form.files(kind.name()).as_mut_slice() {
            [] => Ok(None),
            [_] if !video.takes(kind) => Err(Wrong::NoVideo),
            [file] => Ok(Some(std::mem::take(file))),
            _ => Err(Wrong::NotAForm),
        };
        Ok(Self { voice: one(RecordingKind::Voice)?, video: one(RecordingKind::Video)? })
    }

    /// Whether nothing was recorded.
    pub(super) const fn is_empty(&self) -> bool {
        self.voice.is_none() && self.video.is_none()
    }
}

/// What the form's script has to know: bytes and seconds of each, at most.
pub(super) fn limits() -> String {
    let of = |kind: RecordingKind| {
        let (name, bytes, seconds) = (kind.name(), kind.most_bytes(), kind.longest().as_seconds());
        format!(" data-max-{name}-bytes=\"{bytes}\" data-max-{name}-seconds=\"{seconds}\"")
    };
    RecordingKind::ALL.map(of).concat()
}

/// Where a video is chosen, where one is taken. Without a script this takes a file, which on most phones opens the camera.
pub(super) fn video(lang: Lang, video: ShortVideo) -> String {
    match video {
        ShortVideo::Taken => field(
            RecordingKind::Video,
            lang.pick("短视频（最长 60 秒，可以不选）", "A short video (up to 60 seconds, may be none)"),
            lang.pick(
                "受理的人会看到视频，也会听到里面的声音。请尽量不要拍到人脸。最大 24 MB，手机高清视频大约 10 秒",
                "Those who take your report in will see it and hear its sound. Please keep faces out of it. At most 24 MB: some 10 seconds of a phone's high definition",
            ),
            "accept=\"video/mp4,video/webm,video/quicktime\" capture=\"environment\"",
        ),
        // The script shows here a video that was taken where the office was not known.
        ShortVideo::NotTaken => "<div class=\"recorder\" id=\"video-recorder\" hidden></div>\n".to_owned(),
    }
}

/// Where a voice note is recorded. Without a script this takes a file, which on most phones opens a recorder.
pub(super) fn voice(lang: Lang) -> String {
    field(
        RecordingKind::Voice,
        lang.pick("语音（最长 2 分钟，可以代替文字）", "A voice note (up to two minutes, in the place of words)"),
        lang.pick(
            "受理的人会听到您的声音；不想被听出来，就写字。录音加密存放，您随时可以让它永久删除",
            "Those who take your report in will hear your voice; to stay unknown, write instead. It is encrypted, and you can have it destroyed at any time",
        ),
        "accept=\"audio/*\" capture",
    )
}

fn field(kind: RecordingKind, label: &str, hint: &str, accepts: &str) -> String {
    let name = kind.name();
    format!(
        "<div class=\"field\"><label for=\"{name}\" id=\"{name}-label\">{label}</label>\n\
         <p class=\"note\" id=\"{name}-hint\">{hint}</p>\n\
         <input type=\"file\" id=\"{name}\" name=\"{name}\" {accepts} aria-describedby=\"{name}-hint\">\n\
         <div class=\"recorder\" id=\"{name}-recorder\" hidden></div></div>\n"
    )
}

/// What is wrong with a recording, and what to do.
pub(super) fn sentence(lang: Lang, kind: RecordingKind, fault: RecordingFault) -> String {
    let what = match kind {
        RecordingKind::Voice => lang.pick("语音", "The voice note "),
        RecordingKind::Video => lang.pick("视频", "The video "),
    };
    let fault = match (fault, kind) {
        (RecordingFault::NotARecording, _) => lang.pick(
            "读不出来，请重新录，或者换成文字、照片",
            "cannot be read: record it again, or use words or photos",
        ),
        (RecordingFault::Codec, _) => lang.pick(
            "的格式不支持，请在这一页上录，或者换成文字、照片",
            "is of a kind that cannot be played here: record it on this page, or use words or photos",
        ),
        (RecordingFault::Elsewhere, _) => lang.pick(
            "不完整，内容在别的文件里，请重新录",
            "is not whole: its content lies in another file. Record it again",
        ),
        (RecordingFault::TooLong, RecordingKind::Voice) => {
            lang.pick("超过 2 分钟，请录短一些", "is longer than two minutes: make it shorter")
        }
        (RecordingFault::TooLong, RecordingKind::Video) => {
            lang.pick("超过 60 秒，请拍短一些", "is longer than 60 seconds: make it shorter")
        }
        (RecordingFault::TooManyBytes, RecordingKind::Voice) => {
            lang.pick("超过 4 MB，请录短一些", "is larger than 4 MB: make it shorter")
        }
        (RecordingFault::TooManyBytes, RecordingKind::Video) => {
            lang.pick("超过 24 MB，请拍短一些", "is larger than 24 MB: make it shorter")
        }
        (RecordingFault::NoSound, _) => lang.pick("里没有声音，请重新录", "has no sound: record it again"),
        (RecordingFault::Picture, _) => {
            lang.pick("里有画面，请只录声音", "has a picture in it: record sound alone")
        }
        (RecordingFault::NoPicture, _) => lang.pick("里没有画面，请重新拍", "has no picture: film it again"),
    };
    format!("{what}{fault}")
}

/// What was recorded, as its reporter reads it: how long, and whether it is still kept.
pub(super) fn told(lang: Lang, report: &Report, kept: &[RecordingKind], kind: RecordingKind) -> String {
    let Some(recording) = report.recording(kind) else { return String::new() };
    let length = recording.length_ms;
    match (lang, kept.contains(&kind)) {
        (Lang::Zh, true) => {
            format!("{length}，加密保存，只有受理的人能听能看。要永久删除，用这一页最下面的按钮")
        }
        (Lang::En, true) => {
            format!(
                "{length}, encrypted, for those who took your report in alone. The last button of this page destroys it"
            )
        }
        (Lang::Zh, false) => format!("{length}，已永久删除"),
        (Lang::En, false) => format!("{length}, destroyed"),
    }
}

/// Their names, for the list of what is still kept.
pub(super) fn names(lang: Lang, kept: &[RecordingKind]) -> Vec<&'static str> {
    let name = |kind: &RecordingKind| match kind {
        RecordingKind::Voice => lang.pick(
            "语音（删除后，受理的人也听不到了）",
            "your voice note (once destroyed, nobody can listen to it)",
        ),
        RecordingKind::Video => lang
            .pick("短视频（删除后，受理的人也看不到了）", "your video (once destroyed, nobody can watch it)"),
    };
    kept.iter().map(name).collect()
}
