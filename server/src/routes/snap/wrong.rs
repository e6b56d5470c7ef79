//! What is wrong with what a citizen sent, by numbers that people can quote, and what to do about it.

use xunan_core::snap::RecordingKind;

use super::page::Lang;
use super::recordings;
use super::words::photo;
use crate::snaps::PhotoFault;
use crate::snaps::limits::REPORTS_PER_DEVICE;
use crate::snaps::recording::RecordingFault;
use crate::snaps::work::{NotNow, Puzzle};

/// Something that is wrong with what was sent. Each has a number, which people can quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Too many searches; in how many seconds there may be one.
    Searches(u32),
    /// Not a form that was made here.
    NotAForm,
    /// Nothing is said of what it is about.
    CategoryMissing,
    /// A report without words, photo, or recording.
    NothingSaid,
    /// "Not really fixed" without words or photo.
    NotFixedUntold,
    /// No place.
    PlaceMissing,
    /// Too long a text.
    TooLong,
    /// A name or number that is too long.
    ContactTooLong,
    /// A day that is none, or has not come.
    Day,
    /// Too many photos.
    TooManyPhotos,
    /// A photo, counted from 0.
    Photo(usize, PhotoFault),
    /// All together are too large.
    TooLarge,
    /// What was sent did not arrive whole, or took too long.
    CutOff,
    /// The server takes no more now; in how many seconds it may.
    Later(u32),
    /// This phone has sent as many as it may; in how many seconds it may send one.
    LaterOfDevice(u32),
    /// The server takes only reports with work now; in how many seconds it may take others.
    Work(Puzzle, u32),
    /// The server failed.
    Failed,
    /// What is asked cannot be done any more: the report has moved on.
    MovedOn,
    /// No report has this code.
    NoSuchCode,
    /// A part of a claim is empty, or too long.
    Claim,
    /// The time to claim a reward is over.
    ClaimTooLate,
    /// This recording cannot be used, for that reason.
    Recording(RecordingKind, RecordingFault),
    /// No short videos are taken there.
    NoVideo,
}

impl From<NotNow> for Wrong {
    fn from(not_now: NotNow) -> Self {
        match not_now {
            NotNow::Work(puzzle, later) => Self::Work(puzzle, later.retry_after_seconds),
            NotNow::Later(later) => Self::Later(later.retry_after_seconds),
            NotNow::LaterOfDevice(later) => Self::LaterOfDevice(later.retry_after_seconds),
        }
    }
}

impl Wrong {
    /// The number, beginning with the status of HTTP.
    pub(super) const fn number(self) -> &'static str {
        match self {
            Self::NotAForm => "400.S1",
            Self::CategoryMissing => "422.S2",
            Self::NothingSaid => "422.S3",
            Self::NotFixedUntold => "422.S24",
            Self::PlaceMissing => "422.S4",
            Self::TooLong => "422.S5",
            Self::ContactTooLong => "422.S6",
            Self::Day => "422.S7",
            Self::TooManyPhotos => "422.S8",
            Self::Photo(..) => "422.S9",
            Self::TooLarge => "413.S10",
            Self::Later(_) => "429.S11",
            Self::Failed => "500.S12",
            Self::MovedOn => "409.S13",
            Self::NoSuchCode => "404.S14",
            Self::CutOff => "408.S15",
            Self::Claim => "422.S16",
            Self::ClaimTooLate => "409.S17",
            Self::Work(..) => "429.S18",
            Self::Searches(_) => "429.S19",
            // S20 and S25 are the scripts' own: the phone has no room, and the server is older than recordings.
            Self::Recording(RecordingKind::Voice, _) => "422.S21",
            Self::Recording(RecordingKind::Video, _) => "422.S22",
            Self::NoVideo => "422.S23",
            Self::LaterOfDevice(_) => "429.S26",
        }
    }

    /// When it may go better, in seconds from now, for those that time mends.
    pub(super) const fn retry_after_seconds(self) -> Option<u32> {
        match self {
            Self::Later(seconds)
            | Self::LaterOfDevice(seconds)
            | Self::Work(_, seconds)
            | Self::Searches(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// What has to be solved for it to go now.
    pub(super) const fn puzzle(self) -> Option<Puzzle> {
        match self {
            Self::Work(puzzle, _) => Some(puzzle),
            _ => None,
        }
    }

    /// The same for a browser.
    pub(super) fn status(self) -> axum::http::StatusCode {
        let status = self.number().split('.').next().and_then(|it| it.parse().ok());
        status.unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What it is, and what to do.
    pub(super) fn sentence(self, lang: Lang) -> String {
        let fixed = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            Self::NotAForm => fixed(
                "没有读懂发来的内容，请重新填写",
                "What was sent could not be read. Please fill in the form again",
            ),
            Self::CategoryMissing => fixed("请选一项：是哪方面的问题", "Please choose what it is about"),
            Self::NothingSaid => fixed(
                "请写几个字、选一张照片，或者录一段话",
                "Please write a few words, choose a photo, or record a voice note",
            ),
            Self::NotFixedUntold => {
                fixed("请写几个字，或者选一张照片", "Please write a few words, or choose a photo")
            }
            Self::PlaceMissing => fixed("请写明在哪里", "Please say where it is"),
            Self::TooLong => fixed(
                "文字超过 1000 字，请写短一些",
                "The text has more than 1000 characters. Please shorten it",
            ),
            Self::ContactTooLong => {
                fixed("姓名或电话超过 50 字", "Name or telephone number has more than 50 characters")
            }
            Self::Day => fixed(
                "日期不对：写成 2026-11-29 这样，不能晚于今天",
                "The day is wrong: write it like 2026-11-29, today or before",
            ),
            Self::TooManyPhotos => fixed("照片最多 9 张", "At most nine photos"),
            Self::Photo(number, fault) => match lang {
                Lang::Zh => format!("第 {} 张照片{}", number + 1, photo(lang, fault)),
                Lang::En => format!("Photo {} {}", number + 1, photo(lang, fault)),
            },
            Self::TooLarge => fixed(
                "照片和录音加起来超过 40 MB，请少选几张",
                "Photos and recordings together are larger than 40 MB. Please choose fewer",
            ),
            Self::Later(seconds) | Self::Work(_, seconds) => {
                let minutes = seconds.div_ceil(60);
                match lang {
                    Lang::Zh => format!("现在提交的人太多，请 {minutes} 分钟后再试"),
                    Lang::En => format!("Too many reports just now. Please try again in {minutes} min"),
                }
            }
            Self::LaterOfDevice(seconds) => {
                let minutes = seconds.div_ceil(60);
                match lang {
                    Lang::Zh => {
                        format!("这台手机一小时最多报 {REPORTS_PER_DEVICE} 份，请 {minutes} 分钟后再试")
                    }
                    Lang::En => format!(
                        "This phone may send {REPORTS_PER_DEVICE} reports within an hour. Please try again in {minutes} min"
                    ),
                }
            }
            Self::Searches(seconds) => {
                let minutes = seconds.div_ceil(60);
                match lang {
                    Lang::Zh => format!("查得太多了，请 {minutes} 分钟后再查；也可以直接报告，写明在哪里"),
                    Lang::En => format!(
                        "Too many searches. Try again in {minutes} min, or report and write where it is"
                    ),
                }
            }
            Self::CutOff => fixed(
                "网络断了或太慢，没有传完；请再提交一次，或少选几张照片",
                "The network broke off or was too slow. Please send it again, or choose fewer photos",
            ),
            Self::Failed => fixed(
                "服务器出了问题，没有收到，请稍后再试",
                "The server failed and has not kept it. Please try again later",
            ),
            Self::MovedOn => fixed(
                "这件事的进展已经变了，请看下面的最新情况",
                "The report has moved on meanwhile. See below how it stands",
            ),
            Self::NoSuchCode => fixed(
                "没有这个查询码，请核对 10 位数字",
                "No report has this code. Please check the ten digits",
            ),
            Self::Claim => fixed(
                "领奖信息每一项都要填写，每项最多 60 字",
                "Every line of the claim is needed, with at most 60 characters",
            ),
            Self::Recording(kind, fault) => recordings::sentence(lang, kind, fault),
            Self::NoVideo => fixed(
                "这个地方不收视频，请去掉视频，换成照片、语音或文字",
                "No videos are taken there. Please leave it out and use photos, a voice note or words",
            ),
            Self::ClaimTooLate => {
                fixed("已经过了申领期限，没有收到申领", "The time to claim is over; the claim was not kept")
            }
        }
    }
}
