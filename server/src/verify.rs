//! `xunan verify`: says in plain words what of a package is proven, what is only claimed, and what is broken.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use xunan_core::package::{
    EntryReport, Findings, KeySet, Language, Needs, NotAKeySet, NotAPackage, Report, Tone, Trust, Verdict,
    Verification, Whole,
};

use crate::command_line::VerifyOptions;
use crate::keys::Verifier;

/// Why a file could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The file cannot be read.
    #[error("cannot read {file}: {cause}")]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// It is no package.
    #[error("{0}")]
    NotAPackage(&'static str),
    /// The file of keys has none.
    #[error(transparent)]
    Keys(#[from] NotAKeySet),
}

/// How it ended, as the program's exit code: what a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyExit {
    /// 0: all of it holds.
    Holds,
    /// 1: something is broken.
    Broken,
    /// 2: nothing is broken, but not all is proven.
    NotAllProven,
    /// 3: the file cannot be read as a package.
    Unreadable,
}

impl From<VerifyExit> for ExitCode {
    fn from(exit: VerifyExit) -> Self {
        Self::from(match exit {
            VerifyExit::Holds => 0,
            VerifyExit::Broken => 1,
            VerifyExit::NotAllProven => 2,
            VerifyExit::Unreadable => 3,
        })
    }
}

/// Verifies a file and prints what was found out.
pub fn run(options: &VerifyOptions) -> VerifyExit {
    let language = options.lang.into();
    match report(options, language) {
        Ok(report) => {
            // Who closed the pipe does not want to read on; the exit code still says how it ended.
            let _closed = io::stdout().write_all(in_words(&report, language).as_bytes());
            match report.whole {
                Whole::Holds => VerifyExit::Holds,
                Whole::HoldsButNotAllProven => VerifyExit::NotAllProven,
                Whole::Broken => VerifyExit::Broken,
            }
        }
        Err(error) => {
            eprintln!("xunan: {error}");
            VerifyExit::Unreadable
        }
    }
}

fn report(options: &VerifyOptions, language: Language) -> Result<Report, VerifyError> {
    let failed = |file: &PathBuf| {
        let file = file.clone();
        move |cause| VerifyError::File { file, cause }
    };
    let trust = match &options.server_keys {
        Some(file) => Trust::Given(KeySet::parse(&std::fs::read_to_string(file).map_err(failed(file))?)?),
        None => Trust::WhateverIsInside,
    };
    let mut file = File::open(&options.file).map_err(failed(&options.file))?;
    let length = file.metadata().map_err(failed(&options.file))?.len();
    let mut verification = Verification::begin(length, trust, Verifier);
    loop {
        match verification.needs() {
            Needs::Bytes(range) => {
                let mut bytes = Vec::new();
                file.seek(SeekFrom::Start(range.start))
                    .and_then(|_| (&mut file).take(range.end - range.start).read_to_end(&mut bytes))
                    .map_err(failed(&options.file))?;
                let not_a_package = |error: NotAPackage| VerifyError::NotAPackage(error.words(language));
                verification.take(&bytes).map_err(not_a_package)?;
            }
            Needs::Time => verification.work(),
            Needs::Nothing => return Ok(verification.finish()),
        }
    }
}

/// The report as people read it.
pub fn in_words(report: &Report, language: Language) -> String {
    let mut text = format!("{} {}\n", whole_mark(report.whole), report.whole.words(language));
    findings(&report.package, "  ", language, &mut text);
    for entry in &report.entries {
        entry_in_words(entry, language, &mut text);
    }
    text
}

fn entry_in_words(entry: &EntryReport, language: Language, text: &mut String) {
    let verdict = entry.verdict();
    let about = entry.facts.as_ref().map_or_else(String::new, |facts| {
        let facility = facts.facility.as_ref().map_or_else(String::new, |name| format!("  {name}"));
        format!("  {}{facility}", facts.kind)
    });
    let word = verdict.word(language);
    let _always_fits = writeln!(text, "\n{} {}{about}  {word}", verdict_mark(verdict), entry.id);
    findings(&entry.findings, "    ", language, text);
    for photo in &entry.photos {
        let verdict = photo.findings.verdict();
        let (mark, word) = (verdict_mark(verdict), verdict.word(language));
        let name = match language {
            Language::Chinese => "照片",
            Language::English => "photo",
        };
        let _always_fits = writeln!(text, "    {mark} {name} {}  {word}", photo.digest.hex());
        findings(&photo.findings, "        ", language, text);
    }
}

fn findings(findings: &Findings, indent: &str, language: Language, text: &mut String) {
    for (tone, sentence) in findings.sentences(language) {
        let _always_fits = writeln!(text, "{indent}{} {sentence}", tone_mark(tone));
    }
}

const fn whole_mark(whole: Whole) -> &'static str {
    match whole {
        Whole::Holds => "✓",
        Whole::HoldsButNotAllProven => "?",
        Whole::Broken => "✗",
    }
}

const fn verdict_mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proven => "✓",
        Verdict::OnlyClaimed => "?",
        Verdict::Broken => "✗",
    }
}

const fn tone_mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Broken => "✗",
        Tone::Lacking => "?",
        Tone::Proven => "✓",
        Tone::Claimed => "·",
    }
}
