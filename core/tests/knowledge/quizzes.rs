//! How a quiz is counted, and where the line lies.

use xunan_core::knowledge::{PASS_PERCENT, Quiz, Score, Verdict};

use super::support::question;

#[test]
fn only_the_right_answer_counts_and_what_is_not_answered_does_not() {
    let quiz = Quiz::try_from(vec![question(0), question(1), question(2)]).unwrap();
    for (chosen, right) in [
        (vec![], 0),
        (vec![None, None, None], 0),
        (vec![Some(0), Some(1), Some(2)], 3),
        (vec![Some(1), Some(1), Some(9)], 1),
        (vec![Some(0)], 1),
        (vec![Some(0), Some(1), Some(2), Some(0)], 3),
    ] {
        assert_eq!(quiz.score(&chosen), Score { right, all: 3 }, "{chosen:?}");
    }
}

#[test]
fn four_of_five_is_a_pass_and_one_less_than_the_line_is_none() {
    assert_eq!(PASS_PERCENT, 80);
    for (right, all, percent, verdict) in [
        (4, 5, 80, Verdict::Passed),
        (3, 5, 60, Verdict::NotPassed),
        (7, 9, 77, Verdict::NotPassed),
        (8, 10, 80, Verdict::Passed),
        (15, 19, 78, Verdict::NotPassed),
        (16, 20, 80, Verdict::Passed),
        (1, 1, 100, Verdict::Passed),
        (0, 1, 0, Verdict::NotPassed),
    ] {
        let score = Score { right, all };
        assert_eq!((score.percent(), score.verdict()), (percent, verdict), "{right} of {all}");
    }
    for all in 1..=Quiz::MOST {
        for right in 0..=all {
            // By cross multiplication, without any rounding.
            let passes = right * 100 >= all * PASS_PERCENT;
            assert_eq!(Score { right, all }.verdict() == Verdict::Passed, passes, "{right} of {all}");
        }
    }
}
