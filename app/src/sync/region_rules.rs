//! What the region decides for this phone, fetched once in a page's life; without a network the last known holds.

use xunan_core::evidence::RegionRules;
use xunan_core::problem::Problem;

use super::engine::Engine;
use crate::browser::http::{Method, Request};

impl Engine {
    /// Fetches them.
    ///
    /// # Errors
    /// Whatever kept them from coming: the last known hold.
    pub(super) async fn renew_region_rules(&self) -> Result<(), Problem> {
        let rules: RegionRules = Request::plain(Method::Get, "/api/region-rules").json().await?;
        Ok(self.store().save_region_rules(rules).await?)
    }
}
