//! The addresses of the desk.

use xunan_core::ids::{AccountId, ArticleId, DocumentId, FacilityId, HazardId, PhotoId, SnapId, VisitId};

/// Where the desk begins.
pub(super) const HOME: &str = "/desk/visits";
/// Where somebody signs in again.
pub(super) const SIGN_IN: &str = "/desk/sign-in";

/// Where in the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskRoute {
    /// Visits received.
    Visits,
    /// One of them.
    Visit(VisitId),
    /// The documents of a visit, and issuing one.
    VisitDocuments(VisitId),
    /// Issuing a document of a hazard.
    HazardDocuments(HazardId),
    /// A decision on coercive measures about a hazard.
    Coercion(HazardId),
    /// One document.
    Document(DocumentId),
    /// The re-check of what a document ordered.
    Recheck(DocumentId),
    /// The copy for the public of one of its photos.
    PublicCopy(VisitId, PhotoId),
    /// Plans.
    Plans,
    /// A plan that is being made.
    NewPlan,
    /// Hazards.
    Hazards,
    /// One hazard.
    Hazard(HazardId),
    /// Citizens' reports.
    Snaps,
    /// One citizen's report.
    Snap(SnapId),
    /// The picture for everybody of one of its photos.
    SnapPhoto(SnapId, PhotoId),
    /// Articles of safety knowledge.
    Articles,
    /// An article that is being written.
    NewArticle,
    /// One article.
    Article(ArticleId),
    /// Its next version.
    EditArticle(ArticleId),
    /// Notices.
    Notices,
    /// Institutions.
    Facilities,
    /// One institution.
    Facility(FacilityId),
    /// Accounts of the region.
    Accounts,
    /// An account that is being made.
    NewAccount,
    /// One account.
    Account(AccountId),
    /// The own account.
    Me,
    /// Signing in again.
    SignIn,
    /// There is no such page.
    Unknown,
}

impl DeskRoute {
    /// Reads a path, `/desk` and below.
    pub fn from_path(path: &str) -> Self {
        let mut parts = path.trim_end_matches('/').split('/').skip(2);
        let first = (parts.next(), parts.next(), parts.next());
        let route = match first {
            (Some("visits"), Some(visit), Some("photos")) => {
                match (visit.parse(), parts.next().map(str::parse), parts.next(), parts.next()) {
                    (Ok(visit), Some(Ok(photo)), Some("public"), None) => {
                        Some(Self::PublicCopy(visit, photo))
                    }
                    _ => None,
                }
            }
            (Some("snaps"), Some(snap), Some("photos")) => {
                match (snap.parse(), parts.next().map(str::parse), parts.next()) {
                    (Ok(snap), Some(Ok(photo)), None) => Some(Self::SnapPhoto(snap, photo)),
                    _ => None,
                }
            }
            (None | Some("visits"), None, None) => Some(Self::Visits),
            (Some("visits"), Some(id), None) => id.parse().ok().map(Self::Visit),
            (Some("visits"), Some(id), Some("documents")) => id.parse().ok().map(Self::VisitDocuments),
            (Some("hazards"), Some(id), Some("documents")) => id.parse().ok().map(Self::HazardDocuments),
            (Some("hazards"), Some(id), Some("coercion")) => id.parse().ok().map(Self::Coercion),
            (Some("documents"), Some(id), None) => id.parse().ok().map(Self::Document),
            (Some("documents"), Some(id), Some("recheck")) => id.parse().ok().map(Self::Recheck),
            (Some("me"), None, None) => Some(Self::Me),
            (Some("sign-in"), None, None) => Some(Self::SignIn),
            (Some("plans"), None, None) => Some(Self::Plans),
            (Some("plans"), Some("new"), None) => Some(Self::NewPlan),
            (Some("hazards"), None, None) => Some(Self::Hazards),
            (Some("hazards"), Some(id), None) => id.parse().ok().map(Self::Hazard),
            (Some("snaps"), None, None) => Some(Self::Snaps),
            (Some("snaps"), Some(id), None) => id.parse().ok().map(Self::Snap),
            (Some("articles"), None, None) => Some(Self::Articles),
            (Some("articles"), Some("new"), None) => Some(Self::NewArticle),
            (Some("articles"), Some(id), None) => id.parse().ok().map(Self::Article),
            (Some("articles"), Some(id), Some("edit")) => id.parse().ok().map(Self::EditArticle),
            (Some("notices"), None, None) => Some(Self::Notices),
            (Some("facilities"), None, None) => Some(Self::Facilities),
            (Some("facilities"), Some(id), None) => id.parse().ok().map(Self::Facility),
            (Some("accounts"), None, None) => Some(Self::Accounts),
            (Some("accounts"), Some("new"), None) => Some(Self::NewAccount),
            (Some("accounts"), Some(id), None) => id.parse().ok().map(Self::Account),
            _ => None,
        };
        route.unwrap_or(Self::Unknown)
    }

    /// The path that leads there.
    pub fn path(self) -> String {
        match self {
            Self::Visits => HOME.to_owned(),
            Self::Visit(id) => format!("/desk/visits/{id}"),
            Self::VisitDocuments(id) => format!("/desk/visits/{id}/documents"),
            Self::HazardDocuments(id) => format!("/desk/hazards/{id}/documents"),
            Self::Coercion(id) => format!("/desk/hazards/{id}/coercion"),
            Self::Document(id) => format!("/desk/documents/{id}"),
            Self::Recheck(id) => format!("/desk/documents/{id}/recheck"),
            Self::PublicCopy(visit, photo) => format!("/desk/visits/{visit}/photos/{photo}/public"),
            Self::Plans => "/desk/plans".to_owned(),
            Self::NewPlan => "/desk/plans/new".to_owned(),
            Self::Hazards => "/desk/hazards".to_owned(),
            Self::Hazard(id) => format!("/desk/hazards/{id}"),
            Self::Snaps => "/desk/snaps".to_owned(),
            Self::Snap(id) => format!("/desk/snaps/{id}"),
            Self::SnapPhoto(snap, photo) => format!("/desk/snaps/{snap}/photos/{photo}"),
            Self::Articles => "/desk/articles".to_owned(),
            Self::NewArticle => "/desk/articles/new".to_owned(),
            Self::Article(id) => format!("/desk/articles/{id}"),
            Self::EditArticle(id) => format!("/desk/articles/{id}/edit"),
            Self::Notices => "/desk/notices".to_owned(),
            Self::Facilities => "/desk/facilities".to_owned(),
            Self::Facility(id) => format!("/desk/facilities/{id}"),
            Self::Accounts => "/desk/accounts".to_owned(),
            Self::NewAccount => "/desk/accounts/new".to_owned(),
            Self::Account(id) => format!("/desk/accounts/{id}"),
            Self::Me => "/desk/me".to_owned(),
            Self::SignIn => SIGN_IN.to_owned(),
            Self::Unknown => HOME.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_where_it_came_from() {
        let id = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
        let (visit, facility, hazard) = (id.parse().unwrap(), id.parse().unwrap(), id.parse().unwrap());
        for route in [
            DeskRoute::Visits,
            DeskRoute::Visit(visit),
            DeskRoute::VisitDocuments(visit),
            DeskRoute::HazardDocuments(id.parse().unwrap()),
            DeskRoute::Coercion(id.parse().unwrap()),
            DeskRoute::Document(id.parse().unwrap()),
            DeskRoute::Recheck(id.parse().unwrap()),
            DeskRoute::PublicCopy(visit, id.parse().unwrap()),
            DeskRoute::Plans,
            DeskRoute::NewPlan,
            DeskRoute::Hazards,
            DeskRoute::Hazard(hazard),
            DeskRoute::Snaps,
            DeskRoute::Snap(id.parse().unwrap()),
            DeskRoute::SnapPhoto(id.parse().unwrap(), id.parse().unwrap()),
            DeskRoute::Articles,
            DeskRoute::NewArticle,
            DeskRoute::Article(id.parse().unwrap()),
            DeskRoute::EditArticle(id.parse().unwrap()),
            DeskRoute::Notices,
            DeskRoute::Facilities,
            DeskRoute::Facility(facility),
            DeskRoute::Accounts,
            DeskRoute::NewAccount,
            DeskRoute::Account(id.parse().unwrap()),
            DeskRoute::Me,
            DeskRoute::SignIn,
        ] {
            assert_eq!(DeskRoute::from_path(&route.path()), route);
        }
        assert_eq!(DeskRoute::from_path("/desk/"), DeskRoute::Visits);
        assert_eq!(DeskRoute::from_path("/desk/visits/nobody"), DeskRoute::Unknown);
        for beside in
            ["", "/x", "/x/public", "/01HZZZZZZZZZZZZZZZZZZZZZZZ", "/01HZZZZZZZZZZZZZZZZZZZZZZZ/public/x"]
        {
            let path = format!("/desk/visits/{id}/photos{beside}");
            assert_eq!(DeskRoute::from_path(&path), DeskRoute::Unknown, "{path}");
        }
    }
}
