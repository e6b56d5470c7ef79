//! The addresses of the field app, as a type. Printing and parsing are each other's inverse.

use std::fmt;

use xunan_core::ids::{DocumentId, EntryId, FacilityId, HazardId, PlanId, VisitId};
use xunan_core::rounds::RoundKind;

use crate::inspect::{Signer, VisitPlace};

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Today,
    /// `/facilities`
    Facilities,
    /// `/facilities/:id`
    Facility(FacilityId),
    /// `/start`: choose where.
    Start,
    /// `/facilities/:id/start`, `/facilities/:id/start/:plan`: choose how.
    StartAt(FacilityId, Option<PlanId>),
    /// `/visits/:id`, `/visits/:id/review`, `/visits/:id/sign/:who`
    Visit(VisitId, VisitPlace),
    /// `/visits/:id/documents`: those of a visit, and issuing one.
    VisitDocuments(VisitId),
    /// `/hazards/:id/documents`: issuing one of a hazard.
    HazardDocuments(HazardId),
    /// `/hazards/:id/coercion`: a decision on coercive measures.
    Coercion(HazardId),
    /// `/documents/:id`
    Document(DocumentId),
    /// `/documents/:id/recheck`
    Recheck(DocumentId),
    /// `/hazards/:id`
    Hazard(HazardId),
    /// `/rounds`: what an institution does by itself.
    Rounds,
    /// `/rounds/:kind/:facility`
    Round(RoundKind, FacilityId),
    /// `/certificates`
    Certificates,
    /// `/report`: a hazard, from inside.
    Report,
    /// `/outbox`
    Outbox,
    /// `/outbox/:id`
    Parcel(EntryId),
    /// `/inbox`
    Inbox,
    /// `/me`
    Me,
    /// `/sign-in`
    SignIn,
    /// `/verify`: open to everybody.
    Verify,
}

impl Route {
    /// The page of a path; `None` for a path that is no page of this program.
    pub fn parse(path: &str) -> Option<Self> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let [first, second, third, fourth, rest] = std::array::from_fn(|_| parts.next());
        if rest.is_some() {
            return None;
        }
        Some(match (first, second, third, fourth) {
            (None, ..) => Self::Today,
            (Some("facilities"), None, ..) => Self::Facilities,
            (Some("facilities"), Some(id), None, _) => Self::Facility(id.parse().ok()?),
            (Some("facilities"), Some(id), Some("start"), None) => Self::StartAt(id.parse().ok()?, None),
            (Some("facilities"), Some(id), Some("start"), Some(plan)) => {
                Self::StartAt(id.parse().ok()?, Some(plan.parse().ok()?))
            }
            (Some("start"), None, ..) => Self::Start,
            // The manifest's shortcut: phones that installed the app keep it for years.
            (Some("visit"), Some("new"), None, _) => Self::Start,
            (Some("visits"), Some(id), None, _) => Self::Visit(id.parse().ok()?, VisitPlace::Walk),
            (Some("visits"), Some(id), Some("review"), None) => {
                Self::Visit(id.parse().ok()?, VisitPlace::Review)
            }
            (Some("visits"), Some(id), Some("sign"), Some(who)) => {
                Self::Visit(id.parse().ok()?, VisitPlace::Sign(Signer::from_slug(who)?))
            }
            (Some("visits"), Some(id), Some("documents"), None) => Self::VisitDocuments(id.parse().ok()?),
            (Some("hazards"), Some(id), Some("documents"), None) => Self::HazardDocuments(id.parse().ok()?),
            (Some("hazards"), Some(id), Some("coercion"), None) => Self::Coercion(id.parse().ok()?),
            (Some("documents"), Some(id), None, _) => Self::Document(id.parse().ok()?),
            (Some("documents"), Some(id), Some("recheck"), None) => Self::Recheck(id.parse().ok()?),
            (Some("hazards"), Some(id), None, _) => Self::Hazard(id.parse().ok()?),
            (Some("rounds"), None, ..) => Self::Rounds,
            (Some("rounds"), Some(kind), Some(id), None) => {
                Self::Round(RoundKind::of_name(kind)?, id.parse().ok()?)
            }
            (Some("certificates"), None, ..) => Self::Certificates,
            (Some("report"), None, ..) => Self::Report,
            (Some("outbox"), None, ..) => Self::Outbox,
            (Some("outbox"), Some(id), None, _) => Self::Parcel(id.parse().ok()?),
            (Some("inbox"), None, ..) => Self::Inbox,
            (Some("me"), None, ..) => Self::Me,
            (Some("sign-in"), None, ..) => Self::SignIn,
            (Some("verify"), None, ..) => Self::Verify,
            _ => return None,
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("/"),
            Self::Facilities => f.write_str("/facilities"),
            Self::Facility(id) => write!(f, "/facilities/{id}"),
            Self::Start => f.write_str("/start"),
            Self::StartAt(id, None) => write!(f, "/facilities/{id}/start"),
            Self::StartAt(id, Some(plan)) => write!(f, "/facilities/{id}/start/{plan}"),
            Self::Visit(id, VisitPlace::Walk) => write!(f, "/visits/{id}"),
            Self::Visit(id, VisitPlace::Review) => write!(f, "/visits/{id}/review"),
            Self::Visit(id, VisitPlace::Sign(who)) => write!(f, "/visits/{id}/sign/{}", who.slug()),
            Self::VisitDocuments(id) => write!(f, "/visits/{id}/documents"),
            Self::HazardDocuments(id) => write!(f, "/hazards/{id}/documents"),
            Self::Coercion(id) => write!(f, "/hazards/{id}/coercion"),
            Self::Document(id) => write!(f, "/documents/{id}"),
            Self::Recheck(id) => write!(f, "/documents/{id}/recheck"),
            Self::Hazard(id) => write!(f, "/hazards/{id}"),
            Self::Rounds => f.write_str("/rounds"),
            Self::Round(kind, id) => write!(f, "/rounds/{}/{id}", kind.name()),
            Self::Certificates => f.write_str("/certificates"),
            Self::Report => f.write_str("/report"),
            Self::Outbox => f.write_str("/outbox"),
            Self::Parcel(id) => write!(f, "/outbox/{id}"),
            Self::Inbox => f.write_str("/inbox"),
            Self::Me => f.write_str("/me"),
            Self::SignIn => f.write_str("/sign-in"),
            Self::Verify => f.write_str("/verify"),
        }
    }
}

#[cfg(test)]
mod tests {
    use xunan_core::clock::Instant;
    use xunan_core::ids::Entropy;

    use super::*;

    #[test]
    fn every_page_is_found_again_under_its_address() {
        let (now, entropy) = (Instant::from_unix_millis(1), Entropy(1));
        let (facility, plan) = (FacilityId::from_parts(now, entropy), PlanId::from_parts(now, entropy));
        let (visit, entry) = (VisitId::from_parts(now, entropy), EntryId::from_parts(now, entropy));
        for route in [
            Route::Today,
            Route::Facilities,
            Route::Facility(facility),
            Route::Start,
            Route::StartAt(facility, None),
            Route::StartAt(facility, Some(plan)),
            Route::Visit(visit, VisitPlace::Walk),
            Route::Visit(visit, VisitPlace::Review),
            Route::Visit(visit, VisitPlace::Sign(Signer::Lead)),
            Route::Visit(visit, VisitPlace::Sign(Signer::Site)),
            Route::VisitDocuments(visit),
            Route::HazardDocuments(HazardId::from_parts(now, entropy)),
            Route::Document(DocumentId::from_parts(now, entropy)),
            Route::Recheck(DocumentId::from_parts(now, entropy)),
            Route::Coercion(HazardId::from_parts(now, entropy)),
            Route::Hazard(HazardId::from_parts(now, entropy)),
            Route::Rounds,
            Route::Round(RoundKind::NightPatrol, facility),
            Route::Certificates,
            Route::Report,
            Route::Outbox,
            Route::Parcel(entry),
            Route::Inbox,
            Route::Me,
            Route::SignIn,
            Route::Verify,
        ] {
            assert_eq!(Route::parse(&route.to_string()), Some(route), "{route}");
        }
    }

    #[test]
    fn other_addresses_are_no_pages() {
        for path in [
            "/desk",
            "/api/session",
            "/facilities/x",
            "/visits/1/2",
            "/me/more",
            "/visits/1/sign/nobody",
            "/rounds/walk/1",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
        assert_eq!(Route::parse("/visit/new"), Some(Route::Start));
        assert_eq!(Route::parse("/outbox/"), Some(Route::Outbox));
    }
}
