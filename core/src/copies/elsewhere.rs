//! Drafts of which the server has a copy and this phone has nothing.

use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::VisitId;
use crate::sealing::shadow::ShadowOf;
use crate::sync::KeptShadow;

/// A draft of another phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The visit.
    pub visit: VisitId,
    /// The hash of its line in lists; `None` when that has not come.
    pub card: Option<Digest>,
    /// When something of it came last, by the server's clock.
    pub changed: Instant,
}

/// The drafts among what the server keeps of which nothing is here, the last changed first.
pub fn elsewhere(kept: &[KeptShadow], here: &BTreeSet<VisitId>) -> Vec<Elsewhere> {
    let of = |shadow: &KeptShadow| ShadowOf::of_name(&shadow.name);
    let drafts = kept.iter().filter(|it| of(it) == Some(ShadowOf::Draft) && !here.contains(&it.visit));
    let mut found: Vec<_> = drafts
        .map(|draft| {
            let ofs = || kept.iter().filter(|it| it.visit == draft.visit);
            let card = ofs().find(|it| of(it) == Some(ShadowOf::Card)).map(|it| it.digest);
            let changed = ofs().map(|it| it.changed).max().unwrap_or(draft.changed);
            Elsewhere { visit: draft.visit, card, changed }
        })
        .collect();
    found.sort_unstable_by_key(|it| std::cmp::Reverse(it.changed));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Entropy;

    #[test]
    fn only_drafts_that_are_not_here_are_told_the_last_changed_first() {
        let at = Instant::from_unix_millis;
        let visit = |number| VisitId::from_parts(at(0), Entropy(number));
        let kept = |number, name: &str, changed| KeptShadow {
            visit: visit(number),
            name: name.parse().unwrap(),
            digest: Digest::of(name.as_bytes()),
            size_bytes: 1,
            changed: at(changed),
        };
        let all = [
            kept(1, "card", 1),
            kept(1, "draft", 2),
            kept(2, "draft", 9),
            kept(3, "draft", 3),
            kept(3, "thumb-x", 12),
            kept(4, "card", 4),
        ];
        let found = elsewhere(&all, &BTreeSet::from([visit(2)]));
        let card = Some(Digest::of(b"card"));
        assert_eq!(
            found,
            [
                Elsewhere { visit: visit(3), card: None, changed: at(12) },
                Elsewhere { visit: visit(1), card, changed: at(2) },
            ]
        );
    }
}
