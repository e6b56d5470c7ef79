//! Somebody who keeps roots of the transparency log, and holds the server to them.

use xunan_core::log::tree::leaf_hash;
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof, ProofVerdict};
use xunan_core::log::{Root, SignedReceipt, SignedRoot};

use crate::http::Http;

/// Keeps the newest root that it was shown.
#[derive(Clone, Debug)]
pub struct LogWatcher {
    stranger: Http,
    root: Root,
}

impl LogWatcher {
    /// Begins with the root that the server shows now.
    ///
    /// # Panics
    /// When it shows none.
    pub async fn of(stranger: Http) -> Self {
        let root = newest(&stranger).await;
        Self { stranger, root }
    }

    /// Looks at the newest root, which must continue the one that was kept.
    ///
    /// # Panics
    /// When it does not: the server has taken something back.
    pub async fn look(&mut self) {
        let (earlier, later) = (&self.root, newest(&self.stranger).await);
        if earlier.size > 0 {
            let path = format!("/api/log/consistency?from={}&to={}", earlier.size, later.size);
            let proof: ConsistencyProof = self.stranger.get(&path).await.json();
            assert_eq!(proof.verify(earlier, &later), ProofVerdict::Proves, "{earlier:?} {later:?}");
        }
        self.root = later;
    }

    /// Whether a receipt is proven to be under the root that was kept.
    ///
    /// # Panics
    /// When it is no receipt, or the server does not answer.
    pub async fn finds(&self, receipt: &str) -> bool {
        let position = SignedReceipt::parse(receipt).expect("a receipt").receipt().position;
        let path = format!("/api/log/inclusion?position={position}&size={}", self.root.size);
        let answer = self.stranger.get(&path).await;
        answer.status.is_success() && {
            let proof: InclusionProof = answer.json();
            proof.verify(&leaf_hash(receipt.as_bytes()), &self.root) == ProofVerdict::Proves
        }
    }
}

async fn newest(stranger: &Http) -> Root {
    let answer = stranger.get("/api/log/root").await;
    let compact = std::str::from_utf8(&answer.body).expect("a text");
    SignedRoot::parse(compact).expect("a root").payload().clone()
}
