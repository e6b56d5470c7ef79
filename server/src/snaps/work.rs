//! A puzzle for busy hours 工作量证明: when so many report that most of them may be a flood, a report is taken in with a few
//! thousand hashes that its sender's browser has done for it, and without them only later ([`limits`](super::limits)).
//!
//! ```text
//! challenge = until "." MAC          until: seconds of Unix; MAC: 128 bits of HMAC-SHA-256 over token and until, base64url
//! work      = challenge ":" nonce    nonce: 1 to 16 figures; SHA-256 of the whole text begins with BITS zero bits
//! ```
//!
//! Nothing of it is kept: the key says which challenges are ours. A challenge holds for one form, which makes one report however
//! often it is sent, and for a few minutes, so that none are solved in advance.
//!
//! What it does not do: whoever rents computers solves thousands in a second, and a browser without scripts solves none. The
//! bounds behind it hold for everybody; before them it makes a script of ten lines not enough, and nobody reads letters off a picture.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use xunan_core::clock::{Instant, Span};

use super::Snaps;
use super::limits::{Held, Later, Sender};
use super::secret::{FollowKey, FormToken};

/// Zero bits that are asked for: 4,096 tries on average, 18,900 in the unluckiest of a hundred cases. The page's script
/// (`routes/snap/scripts/work.js`) does 420,000 tries in a second in Node 20 on one core of a server from 2023; a phone
/// that is twenty times slower, which is what we take a cheap one of ten years ago to be, is done in under a second 99 times of 100.
pub const BITS: u32 = 12;

/// How long a challenge holds: to choose photos again on a form without a script, and to send 40 MB after it at 1 Mbit/s.
pub const HOLDS_FOR: Span = Span::minutes(10);

/// Figures of a nonce, at most: a browser counts exactly up to 9,007,199,254,740,991.
const NONCE_FIGURES: usize = 16;

/// Bytes of a MAC in a challenge. With figures and nonce the whole text is one block of SHA-256.
const MAC_BYTES: usize = 16;

/// What a form's sender has to solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Puzzle {
    until_seconds: i64,
    mac: [u8; MAC_BYTES],
}

impl Puzzle {
    /// The puzzle of a form that begins at `now`.
    pub fn of(key: &FollowKey, token: &FormToken, now: Instant) -> Self {
        Self::until(key, token, now.plus(HOLDS_FOR).unix_millis() / 1000)
    }

    fn until(key: &FollowKey, token: &FormToken, until_seconds: i64) -> Self {
        let mut mac = [0; MAC_BYTES];
        let whole = key.mac("challenge", &[token.bytes(), &until_seconds.to_be_bytes()[..]].concat());
        mac.copy_from_slice(&whole[..MAC_BYTES]);
        Self { until_seconds, mac }
    }

    /// The text that work begins with: figures, a point and 22 characters of base64url.
    pub fn challenge(&self) -> String {
        format!("{}.{}", self.until_seconds, URL_SAFE_NO_PAD.encode(self.mac))
    }

    /// How many zero bits the hash has to begin with, 0 to 256.
    pub const fn bits(&self) -> u32 {
        BITS
    }
}

/// Whether the sender of a report has worked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// The puzzle of the form is solved.
    Yes,
    /// It is not.
    No,
}

/// Why a text is no work for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWork {
    /// Not `challenge:nonce`.
    #[error("not a challenge and a nonce of at most {NONCE_FIGURES} figures")]
    Unreadable,
    /// The challenge is another form's, or nobody's.
    #[error("the challenge is none of this form")]
    NotOurs,
    /// It was.
    #[error("the challenge holds no longer")]
    Over,
    /// The hash does not begin with [`BITS`] zero bits.
    #[error("the hash does not begin with {BITS} zero bits")]
    TooFewBits,
}

/// Whether `work` solves a puzzle of the form of `token` that holds at `now`.
///
/// # Errors
/// The first [`NoWork`]. Hashing comes last, so nonsense costs nothing.
pub fn check(key: &FollowKey, token: &FormToken, work: &str, now: Instant) -> Result<(), NoWork> {
    let (challenge, nonce) = work.split_once(':').ok_or(NoWork::Unreadable)?;
    let is_nonce = (1..=NONCE_FIGURES).contains(&nonce.len()) && nonce.bytes().all(|it| it.is_ascii_digit());
    let (until, _) = challenge.split_once('.').filter(|_| is_nonce).ok_or(NoWork::Unreadable)?;
    let until = until.parse().map_err(|_| NoWork::Unreadable)?;
    // Comparing takes a time that tells of a MAC; whoever wants one has only to ask.
    if Puzzle::until(key, token, until).challenge() != challenge {
        return Err(NoWork::NotOurs);
    }
    if now.unix_millis() / 1000 >= until {
        return Err(NoWork::Over);
    }
    if zero_bits(&Sha256::digest(work)) < BITS {
        return Err(NoWork::TooFewBits);
    }
    Ok(())
}

/// Why a report is not taken in now, and what its sender can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Solve the puzzle, or come back.
    Work(Puzzle, Later),
    /// Come back.
    Later(Later),
    /// Come back: this device has sent as many as it may.
    LaterOfDevice(Later),
}

impl Snaps {
    /// Notes a report with this `work` for its form, if there may be one now. Work that is none is no mistake: it is asked for
    /// anew where it is needed.
    ///
    /// # Errors
    /// [`NotNow`].
    pub fn admit(&self, token: &FormToken, work: &str, sender: Sender) -> Result<(), NotNow> {
        let now = self.clock.now();
        let worked = if check(&self.key, token, work, now).is_ok() { Worked::Yes } else { Worked::No };
        self.limits.report(sender, worked, now).map_err(|held| self.not_now(token, held, now))
    }

    /// Whether a report of this form would be admitted now without work. Notes nothing, and promises nothing: others may come first.
    ///
    /// # Errors
    /// [`NotNow`].
    pub fn would_admit(&self, token: &FormToken, sender: Sender) -> Result<(), NotNow> {
        let now = self.clock.now();
        self.limits.would_report(sender, now).map_err(|held| self.not_now(token, held, now))
    }

    fn not_now(&self, token: &FormToken, held: Held, now: Instant) -> NotNow {
        match held {
            Held::ForWork(later) => NotNow::Work(Puzzle::of(&self.key, token, now), later),
            Held::Anyway(later) => NotNow::Later(later),
            Held::OfDevice(later) => NotNow::LaterOfDevice(later),
        }
    }
}

/// How many zero bits a hash begins with.
fn zero_bits(hash: &[u8]) -> u32 {
    let zeroes = hash.iter().take_while(|byte| **byte == 0).count();
    let rest = hash.get(zeroes).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeroes).unwrap_or(u32::MAX / 8) * 8 + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo_store::PhotoFolder;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds))
    }

    fn key() -> FollowKey {
        let folder = tempfile::tempdir().unwrap();
        FollowKey::load(&PhotoFolder::open(folder.path()).unwrap()).unwrap()
    }

    /// The first solution from a nonce on.
    fn solved(puzzle: &Puzzle, from: u64) -> String {
        let challenge = puzzle.challenge();
        let mut works = (from..).map(|nonce| format!("{challenge}:{nonce}"));
        works.find(|work| zero_bits(&Sha256::digest(work)) >= BITS).unwrap()
    }

    #[test]
    fn work_for_one_form_holds_for_it_alone_and_under_one_key_alone() {
        let (key, other_key) = (key(), key());
        for _ in 0..3 {
            let (token, other) = (FormToken::fresh().unwrap(), FormToken::fresh().unwrap());
            let work = solved(&Puzzle::of(&key, &token, at(0)), 0);
            assert_eq!(check(&key, &token, &work, at(0)), Ok(()));
            assert_eq!(check(&key, &token, &work, at(1)), Ok(()), "again: the same form is the same report");
            assert_eq!(check(&key, &other, &work, at(0)), Err(NoWork::NotOurs));
            assert_eq!(check(&other_key, &token, &work, at(0)), Err(NoWork::NotOurs));
        }
    }

    #[test]
    fn work_holds_for_ten_minutes_and_a_whole_text_is_one_block() {
        let (key, token) = (key(), FormToken::fresh().unwrap());
        let puzzle = Puzzle::of(&key, &token, at(0));
        let work = solved(&puzzle, 0);
        for (seconds, expected) in
            [(0, Ok(())), (599, Ok(())), (600, Err(NoWork::Over)), (99_999, Err(NoWork::Over))]
        {
            assert_eq!(check(&key, &token, &work, at(seconds)), expected, "{seconds}");
        }
        assert!(puzzle.challenge().len() + 1 + NONCE_FIGURES <= 55, "{}", puzzle.challenge());
    }

    #[test]
    fn whatever_character_of_a_solution_is_another_it_is_none_or_was_solved_anew() {
        let (key, token) = (key(), FormToken::fresh().unwrap());
        let work = solved(&Puzzle::of(&key, &token, at(0)), 1_000_000_000);
        let challenge = work.split_once(':').unwrap().0.len();
        for (place, character) in work.char_indices() {
            for other in ['0', '9', 'A', 'z', '-', '_', '.', ':', ' ', '/', 'é'] {
                if other == character {
                    continue;
                }
                let mut changed = work.clone();
                changed.replace_range(place..=place, &other.to_string());
                let checked = check(&key, &token, &changed, at(0));
                if place > challenge && other.is_ascii_digit() {
                    let is_solved = zero_bits(&Sha256::digest(&changed)) >= BITS;
                    assert_eq!(checked.is_ok(), is_solved, "{changed}");
                } else {
                    assert!(
                        matches!(checked, Err(NoWork::NotOurs | NoWork::Unreadable)),
                        "{changed}: {checked:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn too_few_bits_and_nonsense_are_no_work() {
        let (key, token) = (key(), FormToken::fresh().unwrap());
        let challenge = Puzzle::of(&key, &token, at(0)).challenge();
        let mut fails = 0;
        for nonce in 0..200 {
            let work = format!("{challenge}:{nonce}");
            let has = zero_bits(&Sha256::digest(&work));
            let expected = if has >= BITS { Ok(()) } else { Err(NoWork::TooFewBits) };
            assert_eq!(check(&key, &token, &work, at(0)), expected, "{has} bits");
            fails += u32::from(has < BITS);
        }
        assert!(fails > 100, "{fails}");
        for bad in [
            String::new(),
            ":".to_owned(),
            challenge.clone(),
            format!("{challenge}:"),
            format!("{challenge}:-1"),
            format!("{challenge}: 1"),
            format!("{challenge}:{}", "1".repeat(17)),
            format!(".{challenge}:1"),
            "1:1".to_owned(),
            format!("99999999999999999999.{}:1", "A".repeat(22)),
        ] {
            assert_eq!(check(&key, &token, &bad, at(0)), Err(NoWork::Unreadable), "{bad}");
        }
        for bad in [format!("+{challenge}:1"), format!("0{challenge}:1"), format!("{challenge}=:1")] {
            assert_eq!(check(&key, &token, &bad, at(0)), Err(NoWork::NotOurs), "{bad}");
        }
    }

    #[test]
    fn zero_bits_are_counted_from_the_front() {
        for (hash, bits) in [
            (&[0x80][..], 0),
            (&[0x7f], 1),
            (&[0, 0xff], 8),
            (&[0, 0x0f, 0], 12),
            (&[0, 0, 1], 23),
            (&[0, 0], 16),
        ] {
            assert_eq!(zero_bits(hash), bits, "{hash:?}");
        }
    }
}
