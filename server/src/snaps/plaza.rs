//! What everybody may read 上报广场, and who met the same: asked of the tables that hold nothing else.

use std::net::IpAddr;

use xunan_core::snap::{CaseNumber, MapMark};

use super::limits::Later;
use super::secret::DeviceToken;
use super::{SnapError, Snaps};
use crate::ledger_store::{PlazaAsked, PlazaFound, PlazaPlace, PublicCase, StoreError, StoreResult, Tables};

/// A public case as one browser sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSeen {
    /// The case.
    pub case: PublicCase,
    /// Whether this browser has said that it met it too.
    pub me_too: MeToo,
}

/// A township with its mark on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedPlace {
    /// Which, and how many cases it has.
    pub place: PlazaPlace,
    /// Where it stands; `None` where too few of its institutions are known.
    pub mark: Option<MapMark>,
}

/// Whether somebody met it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeToo {
    /// It was said.
    Said,
    /// It was not.
    NotSaid,
}

/// What became of "me too".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// It is counted, once, however often it is said.
    Counted,
    /// Nothing of that number is public: whether there is such a report is told to nobody.
    NotPublic,
    /// There are too many just now.
    Later(Later),
}

impl Snaps {
    /// Public cases, and the townships that have some.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn plaza(&self, asked: PlazaAsked) -> StoreResult<(PlazaFound, Vec<PlazaPlace>)> {
        self.store.read(move |tables| Ok((tables.plaza(&asked)?, tables.plaza_places()?))).await
    }

    /// The townships that have public cases, each with its mark on the map where it has one.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn plaza_map(&self) -> StoreResult<Vec<MappedPlace>> {
        let read = |tables: &dyn Tables| Ok::<_, StoreError>((tables.plaza_places()?, tables.map_points()?));
        let (places, points) = self.store.read(read).await?;
        let mapped = |place: PlazaPlace| {
            let points = points.get(&place.division).map_or(&[][..], Vec::as_slice);
            MappedPlace { mark: MapMark::of(&place.division, points), place }
        };
        Ok(places.into_iter().map(mapped).collect())
    }

    /// The public case of a number, as the browser of a cookie sees it.
    ///
    /// # Errors
    /// When the store failed.
    pub fn public_case(
        &self,
        number: &CaseNumber,
        device: Option<&DeviceToken>,
    ) -> StoreResult<Option<CaseSeen>> {
        self.store.look(|tables| {
            let Some(case) = tables.public_case(number)? else { return Ok(None) };
            let me_too = match device {
                Some(device) => self.said(tables, &case, device)?,
                None => MeToo::NotSaid,
            };
            Ok(Some(CaseSeen { case, me_too }))
        })
    }

    /// The bytes of a picture of a public case, by its place; `None` when nobody may see such a one, or not any more.
    ///
    /// # Errors
    /// When the store or the disk failed.
    pub async fn public_picture(
        &self,
        number: CaseNumber,
        place: usize,
    ) -> Result<Option<Vec<u8>>, SnapError> {
        let (store, folder) = (self.store.clone(), self.folder.clone());
        let read = move || {
            let case = store.read_blocking(|tables| tables.public_case(&number))?;
            let picture = case.and_then(|case| case.card.pictures.get(place).copied());
            let Some(picture) = picture else { return Ok(None) };
            Ok(folder.read(&picture.digest)?)
        };
        tokio::task::spawn_blocking(read).await?
    }

    fn said(&self, tables: &dyn Tables, case: &PublicCase, device: &DeviceToken) -> StoreResult<MeToo> {
        let said = tables.has_me_too(case.snap, &self.key.hash_of_device(device, case.snap))?;
        Ok(if said { MeToo::Said } else { MeToo::NotSaid })
    }

    /// Counts that a device has met a public case too. Saying it again is answered and changes nothing, also in a flood.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn me_too(
        &self,
        number: &CaseNumber,
        device: DeviceToken,
        address: IpAddr,
    ) -> Result<Joined, StoreError> {
        match self.public_case(number, Some(&device))? {
            None => return Ok(Joined::NotPublic),
            Some(CaseSeen { me_too: MeToo::Said, .. }) => return Ok(Joined::Counted),
            Some(CaseSeen { me_too: MeToo::NotSaid, .. }) => {}
        }
        if let Err(later) = self.limits.me_too(address, self.clock.now()) {
            return Ok(Joined::Later(later));
        }
        let (this, number) = (self.clone(), number.clone());
        // It may have been withdrawn meanwhile, or said by another request of the same device.
        let unit = move |tables: &dyn Tables| {
            let Some(case) = tables.public_case(&number)? else { return Ok(Joined::NotPublic) };
            if this.said(tables, &case, &device)? == MeToo::NotSaid {
                tables.insert_me_too(case.snap, &this.key.hash_of_device(&device, case.snap))?;
            }
            Ok(Joined::Counted)
        };
        self.store.write(unit).await
    }
}
