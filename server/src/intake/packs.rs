//! The rule packs: those of this release and those of earlier ones, since a record is checked by the pack that it
//! names, however old.

use std::collections::HashMap;
use std::sync::Arc;

use xunan_core::clock::Date;
use xunan_core::digest::Digest;
use xunan_core::ledger::Row;
use xunan_core::rules::{FireRules, Pack, PackFault, PackRef, shipped};

use crate::ledger_store::{LedgerStore, StoreError, StoredPack, Tables};

/// Why the packs cannot be loaded: the server does not start without them.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A pack is broken: the item and the field of each fault.
    #[error("the pack {hash} is broken: {faults:?}")]
    Broken {
        /// Which.
        hash: Digest,
        /// What is wrong.
        faults: Vec<PackFault>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A pack of either kind.
enum Rules {
    Checklist(Pack),
    Fire(FireRules),
}

impl Rules {
    /// Reads a pack. The faults are those of a checklist, unless it is a fire rule set.
    fn load(bytes: &[u8]) -> Result<Self, PackError> {
        Pack::load(bytes).map(Self::Checklist).or_else(|faults| match FireRules::load(bytes) {
            Ok(rules) => Ok(Self::Fire(rules)),
            Err(_) => Err(PackError::Broken { hash: Digest::of(bytes), faults }),
        })
    }

    fn reference(&self) -> &PackRef {
        match self {
            Self::Checklist(pack) => pack.reference(),
            Self::Fire(rules) => rules.reference(),
        }
    }
}

/// A pack as it was published.
struct Published {
    rules: Rules,
    bytes: Arc<[u8]>,
}

/// All packs, by the hash of their bytes.
#[derive(Clone)]
pub struct Packs(Arc<HashMap<Digest, Published>>);

impl Packs {
    /// Stores the packs of this release where they are new, and loads all.
    ///
    /// # Errors
    /// [`PackError`] when one is broken or the store failed.
    pub async fn publish(store: &LedgerStore) -> Result<Self, PackError> {
        store
            .write(|tables| {
                let mut checklists = Vec::new();
                for bytes in shipped::CHECKLISTS {
                    if let Rules::Checklist(pack) = Rules::load(bytes)? {
                        checklists.push((pack, *bytes));
                    }
                }
                // The legacy set has no first day of its own: it is used together with the checklists.
                if let Some(first_day) = checklists.iter().map(|(pack, _)| pack.valid_from()).min() {
                    let rules = Rules::load(shipped::GB35181_2017_LEGACY)?;
                    publish(tables, rules.reference(), first_day, shipped::GB35181_2017_LEGACY)?;
                }
                for (pack, bytes) in &checklists {
                    publish(tables, pack.reference(), pack.valid_from(), bytes)?;
                }
                load_all(tables)
            })
            .await
    }

    /// Stores checklists that are not of this release, for [`Packs::publish`] to load with the others.
    ///
    /// # Errors
    /// [`PackError`] when one is broken, with the item and the field of each fault, or the store failed.
    pub async fn store_foreign(store: &LedgerStore, files: Vec<Vec<u8>>) -> Result<(), PackError> {
        store
            .write(move |tables| {
                for bytes in &files {
                    let pack = Pack::load(bytes)
                        .map_err(|faults| PackError::Broken { hash: Digest::of(bytes), faults })?;
                    publish(tables, pack.reference(), pack.valid_from(), bytes)?;
                }
                Ok(())
            })
            .await
    }

    /// A checklist.
    pub fn checklist(&self, reference: &PackRef) -> Option<&Pack> {
        match &self.0.get(&reference.hash)?.rules {
            Rules::Checklist(pack) if pack.reference() == reference => Some(pack),
            _ => None,
        }
    }

    /// The checklist that is in force on a day: the one that came into force last.
    pub fn checklist_in_force(&self, on: Date) -> Option<&Pack> {
        let checklists = self.0.values().filter_map(|pack| match &pack.rules {
            Rules::Checklist(pack) => Some(pack),
            Rules::Fire(_) => None,
        });
        checklists.filter(|pack| pack.valid_from() <= on).max_by(|one, other| {
            (one.valid_from(), one.reference()).cmp(&(other.valid_from(), other.reference()))
        })
    }

    /// A set of fire rules.
    pub fn fire_rules(&self, reference: &PackRef) -> Option<&FireRules> {
        match &self.0.get(&reference.hash)?.rules {
            Rules::Fire(rules) if rules.reference() == reference => Some(rules),
            _ => None,
        }
    }

    /// What each pack is called, by id and edition.
    pub fn references(&self) -> Vec<PackRef> {
        let mut references: Vec<_> = self.0.values().map(|pack| pack.rules.reference().clone()).collect();
        references.sort();
        references
    }

    /// The exact bytes of a pack.
    pub fn bytes(&self, hash: &Digest) -> Option<Arc<[u8]>> {
        self.0.get(hash).map(|pack| Arc::clone(&pack.bytes))
    }
}

fn publish(
    tables: &dyn Tables,
    reference: &PackRef,
    valid_from: Date,
    bytes: &[u8],
) -> Result<(), StoreError> {
    tables.insert_pack(&StoredPack { reference: reference.clone(), valid_from }, bytes)?;
    let row = Row::Pack { pack: reference.clone(), valid_from };
    if tables.row(&row.key())?.as_ref() != Some(&row) {
        tables.put_row(&row)?;
    }
    Ok(())
}

fn load_all(tables: &dyn Tables) -> Result<Packs, PackError> {
    let mut packs = HashMap::new();
    for stored in tables.packs()? {
        let hash = stored.reference.hash;
        let bytes = tables.pack_bytes(&hash)?.unwrap_or_default();
        packs.insert(hash, Published { rules: Rules::load(&bytes)?, bytes: bytes.into() });
    }
    Ok(Packs(Arc::new(packs)))
}
