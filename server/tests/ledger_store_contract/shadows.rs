//! Copies of drafts.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::ids::{Entropy, VisitId};
use xunan_core::sync::KeptShadow;
use xunan_server::ledger_store::{FileUse, LedgerStore, StoreError, StoredShadow, Tables};
use xunan_server::photo_store::ShadowFile;

use super::{account, backends, noon};

fn copy(number: u128, visit: VisitId, name: &str, changed: Instant) -> StoredShadow {
    let kept = KeptShadow {
        visit,
        name: name.parse().unwrap(),
        digest: Digest::of(name.as_bytes()),
        size_bytes: 5,
        changed,
    };
    StoredShadow { account: account(number).account.id, kept, file: ShadowFile::fresh().unwrap() }
}

#[tokio::test]
async fn a_copy_of_a_draft_belongs_to_one_account_and_is_idle_when_its_visit_is() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let visit = |number| VisitId::from_parts(noon(), Entropy(number));
            for number in [1, 2] {
                tables.insert_account(&account(number), noon())?;
            }
            let later = noon().plus(Span::days(1));
            let (old, new) = (copy(1, visit(1), "draft", noon()), copy(1, visit(1), "draft", later));
            let others = [copy(1, visit(1), "card", noon()), copy(2, visit(2), "draft", noon())];
            for it in [&old, &others[0], &others[1], &new] {
                tables.put_shadow(it)?;
            }
            let mine = account(1).account.id;
            assert_eq!(tables.shadow(mine, visit(1), &new.kept.name)?, Some(new.clone()));
            assert_eq!(tables.shadow(mine, visit(2), &new.kept.name)?, None);
            assert_eq!(tables.shadows_of(mine)?, [others[0].clone(), new.clone()]);
            assert_eq!(tables.shadow_file_use(old.file)?, FileUse::Orphaned);
            assert_eq!(tables.shadow_file_use(new.file)?, FileUse::Used);
            assert_eq!(tables.idle_shadows(noon())?, []);
            // One copy that came later keeps the others of its visit.
            assert_eq!(tables.idle_shadows(later)?, [others[1].clone()]);
            tables.delete_shadow(mine, visit(1), &new.kept.name)?;
            assert_eq!(tables.shadows_of(mine)?, [others[0].clone()]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
