//! What the citizen's pages say, in two languages. Plain words, no exclamation marks, and what is kept and what to do.

use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::snap::{
    Category, Deadline, DeadlineOf, NotAcceptedReason, RecordingKind, Satisfaction, SnapState, StepKind,
};

use super::page::Lang;
use super::recordings;
use crate::ledger_store::Progress;
use crate::snaps::PhotoFault;
use crate::snaps::recording::RecordingFault;
use crate::snaps::work::{NotNow, Puzzle};

/// A category as it is offered.
pub(super) const fn category(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::WayOut => lang.pick("通道、安全出口被堵或锁着", "A way out is blocked or locked"),
        Category::FireEquipment => {
            lang.pick("灭火器等消防设施坏了或没有", "Fire equipment is broken or missing")
        }
        Category::Electricity => {
            lang.pick("用电危险：电线、插座、取暖器", "Electricity: wires, sockets, heaters")
        }
        Category::Gas => lang.pick("燃气：漏气、私接、气瓶", "Gas: leaks, home-made pipes, cylinders"),
        Category::EBike => lang.pick("电动车在楼里停放、充电", "E-bikes parked or charged indoors"),
        Category::Building => lang.pick("房屋、墙、围栏不牢", "Building, wall or railing is unsafe"),
        Category::Lift => lang.pick("电梯、锅炉等设备", "Lift, boiler, other equipment"),
        Category::Food => lang.pick("食堂、食品", "Kitchen and food"),
        Category::Care => lang.pick("人员照护、走失、打骂", "Care: neglect, people going missing, harm"),
        Category::Other => lang.pick("其他", "Something else"),
    }
}

/// A state, in a few words.
pub(super) const fn state(lang: Lang, state: SnapState) -> &'static str {
    match state {
        SnapState::Received => lang.pick("已收到，等待受理", "Received, waiting to be accepted"),
        SnapState::Accepted => lang.pick("已受理，正在办理", "Accepted, being looked into"),
        SnapState::NotAccepted => lang.pick("不予受理", "Not accepted"),
        SnapState::Transferred => lang.pick("已转给主管部门办理", "Passed on to the department in charge"),
        SnapState::Duplicate => lang.pick("与另一件并案办理", "Handled together with an earlier report"),
        SnapState::Hazard => lang.pick("已列为隐患，正在整改", "On record as a hazard, being put right"),
        SnapState::DealtWith => lang.pick("已办结，等待答复", "Dealt with, the answer follows"),
        SnapState::Answered => lang.pick("已答复", "Answered"),
    }
}

/// A step, as the story tells it.
pub(super) const fn step(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Received => lang.pick("收到", "Received"),
        StepKind::Accepted => lang.pick("受理", "Accepted"),
        StepKind::NotAccepted => lang.pick("不予受理", "Not accepted"),
        StepKind::Transferred => lang.pick("转办", "Passed on"),
        StepKind::Duplicate => lang.pick("并案", "Joined with an earlier report"),
        StepKind::TurnedIntoHazard => lang.pick("列为隐患，督促整改", "Put on record as a hazard"),
        StepKind::DealtWith => lang.pick("办结", "Dealt with"),
        StepKind::Answered => lang.pick("答复", "Answered"),
        StepKind::Rated => lang.pick("您作了评价", "You rated the answer"),
        StepKind::NotFixed => {
            lang.pick("您反映没有真正解决，重新办理", "You said it is not really fixed: reopened")
        }
        StepKind::Published => lang.pick("公开到广场", "Made public"),
        StepKind::ShowedPhoto => lang.pick("公开遮挡后的照片", "A covered photo made public"),
        StepKind::Withdrawn => lang.pick("从广场撤下", "Not public any more"),
    }
}

/// A step, as everybody reads it.
pub(super) const fn public_step(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::NotFixed => {
            lang.pick("报告人反映没有真正解决，重新办理", "Said to be not really fixed: reopened")
        }
        kind => step(lang, kind),
    }
}

/// How far cases have come, as a list is narrowed down.
pub(super) const fn progress(lang: Lang, progress: Progress) -> &'static str {
    match progress {
        Progress::Open => lang.pick("办理中", "Under way"),
        Progress::Answered => lang.pick("已答复", "Answered"),
    }
}

/// How long it took from receiving to answering, in days.
pub(super) fn days(lang: Lang, days: u32) -> String {
    match (lang, days) {
        (Lang::Zh, 0) => "当天答复".to_owned(),
        (Lang::En, 0) => "answered on the same day".to_owned(),
        (Lang::Zh, days) => format!("用时 {days} 天"),
        (Lang::En, 1) => "answered after 1 day".to_owned(),
        (Lang::En, days) => format!("answered after {days} days"),
    }
}

/// How many met it too.
pub(super) fn me_toos(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, count) => format!("{count} 人也遇到了"),
        (Lang::En, 1) => "1 other has met it too".to_owned(),
        (Lang::En, count) => format!("{count} others have met it too"),
    }
}

/// Why a report was not accepted.
pub(super) const fn not_accepted(lang: Lang, reason: NotAcceptedReason) -> &'static str {
    match reason {
        NotAcceptedReason::AcceptedAlready => {
            lang.pick("同一事项已经受理", "The same matter was accepted already")
        }
        NotAcceptedReason::NoObjectOrFacts => {
            lang.pick("没有明确的对象或者具体事实", "It names no object or no facts that can be checked")
        }
        NotAcceptedReason::NotCompetent => {
            lang.pick("不属于本机关职责", "This office is not in charge of it")
        }
        NotAcceptedReason::NoHazard => lang.pick("不构成安全隐患", "It is not a safety hazard"),
        NotAcceptedReason::Other => lang.pick("其他原因", "Another reason"),
    }
}

/// How satisfied somebody is.
pub(super) const fn satisfaction(lang: Lang, satisfaction: Satisfaction) -> &'static str {
    match satisfaction {
        Satisfaction::Satisfied => lang.pick("满意", "Satisfied"),
        Satisfaction::Neutral => lang.pick("一般", "So-so"),
        Satisfaction::Dissatisfied => lang.pick("不满意", "Not satisfied"),
    }
}

/// What is due, as a sentence.
pub(super) fn due(lang: Lang, deadline: Deadline) -> String {
    let day = date(lang, deadline.by);
    match (lang, deadline.of) {
        (Lang::Zh, DeadlineOf::Accept) => format!("最迟 {day}告诉您是否受理"),
        (Lang::En, DeadlineOf::Accept) => format!("You will be told by {day} whether it is accepted"),
        (Lang::Zh, DeadlineOf::Answer) => format!("最迟 {day}答复您"),
        (Lang::En, DeadlineOf::Answer) => format!("You will be answered by {day}"),
    }
}

/// A day.
pub(super) fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => date.to_string(),
    }
}

/// A department.
pub(super) const fn department(lang: Lang, department: Department) -> &'static str {
    match department {
        Department::CivilAffairs => lang.pick("民政部门", "civil affairs"),
        Department::FireRescue => lang.pick("消防救援机构", "fire and rescue"),
        Department::Housing => lang.pick("住房城乡建设部门", "housing and construction"),
        Department::MarketRegulation => lang.pick("市场监管部门", "market regulation"),
        Department::Health => lang.pick("卫生健康部门", "health"),
        Department::EmergencyManagement => lang.pick("应急管理部门", "emergency management"),
        Department::PublicSecurity => lang.pick("公安机关", "public security"),
        Department::UrbanManagement => lang.pick("城市管理部门", "urban management"),
        Department::NaturalResources => lang.pick("自然资源部门", "natural resources"),
        Department::WaterResources => lang.pick("水利部门", "water resources"),
        Department::DevelopmentReform => lang.pick("发展改革部门", "development and reform"),
        Department::Finance => lang.pick("财政部门", "finance"),
    }
}

/// What happens to photos before anybody looks at them.
pub(super) const fn photo_hint(lang: Lang) -> &'static str {
    lang.pick(
        "照片里的拍摄时间、位置、手机型号会先去掉，再给办理的人看。请尽量不要拍到人脸",
        "Time, place and phone are taken out of the photos before anybody sees them. Please keep faces out of them",
    )
}

/// Why a photo cannot be used, and what to do.
pub(super) const fn photo(lang: Lang, fault: PhotoFault) -> &'static str {
    match fault {
        PhotoFault::Empty => lang.pick("是空的", "is empty"),
        PhotoFault::TooManyBytes => lang.pick("超过 20 MB", "is larger than 20 MB"),
        PhotoFault::TooManyPixels => lang.pick("尺寸太大", "has too many pixels"),
        PhotoFault::NotAnImage => lang.pick("不是照片", "is not a photo"),
        PhotoFault::UnsupportedFormat => lang.pick(
            "格式不支持，请用 JPEG、PNG 或 WebP",
            "is of a kind that cannot be read here: use JPEG, PNG or WebP",
        ),
        PhotoFault::Broken => lang.pick("损坏或不完整", "is damaged or cut off"),
        PhotoFault::Blank => lang.pick("什么也看不到", "shows nothing"),
    }
}

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
        }
    }

    /// When it may go better, in seconds from now, for those that time mends.
    pub(super) const fn retry_after_seconds(self) -> Option<u32> {
        match self {
            Self::Later(seconds) | Self::Work(_, seconds) | Self::Searches(seconds) => Some(seconds),
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
