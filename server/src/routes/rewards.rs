//! Rewards at the desk: who claims one, and the list with which a bank pays a batch. Steps are pushed as entries, like all others.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/snaps/{id}/claimant` | 200 [`Claimant`]; 401.1, 404.1 |
//! | `GET /api/payouts/{batch}` | 200 `text/csv`; 401.1, 404.1 |
//!
//! Both are given to an officer who has signed for it by a step, and are not there for anybody else. A payout stands in the list of
//! the officer who sees to it, and in no other.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::ids::SnapId;
use xunan_core::problem::Problem;
use xunan_core::reward::{Batch, Claimant};
use xunan_core::snap::CaseNumber;

use super::Refusal;
use super::body::Answer;
use super::sheet;
use super::who::Who;
use crate::ledger_store::DeliveryState;
use crate::parts::Parts;
use crate::snaps::{Ordered, PayTo, PayoutLine, SnapError};

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/snaps/{id}/claimant", get(claimant)).route("/api/payouts/{batch}", get(payouts))
}

async fn claimant(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let snap: SnapId = id.parse().map_err(|_| Problem::NotFound)?;
    let claimant = parts.snaps.claimant(&who.account, snap).map_err(refusal)?;
    Ok(Answer(claimant).into_response())
}

async fn payouts(
    State(parts): State<Parts>,
    who: Who,
    Path(batch): Path<String>,
) -> Result<Response, Refusal> {
    let batch: Batch = batch.parse().map_err(|_| Problem::NotFound)?;
    let lines = parts.snaps.payouts(who.account, batch.clone()).await.map_err(refusal)?;
    if lines.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let table = table(&lines).map_err(|error| {
        tracing::error!(%error, "a list of payouts could not be written");
        Problem::Internal
    })?;
    Ok(sheet::answer(&format!("payouts-{batch}"), table))
}

fn refusal(error: SnapError) -> Refusal {
    match error {
        SnapError::Refused(problem) => problem.into(),
        error => {
            tracing::error!(%error, "a claim was not read");
            Problem::Internal.into()
        }
    }
}

/// One line for each payout.
fn table(lines: &[PayoutLine]) -> Result<Vec<u8>, csv::Error> {
    let mut table = sheet::begun();
    table.write_record([
        "支付编号",
        "报告编号",
        "金额（元）",
        "姓名",
        "身份证号",
        "电话",
        "开户银行",
        "账号",
    ])?;
    for line in lines {
        let Ordered { order, snap, amount, .. } = &line.ordered;
        let own = match &line.to {
            PayTo::Claimant(claimant) => told(claimant),
            PayTo::KeyLost => instead("（密钥已丢失，请登记未发放成功）"),
            PayTo::Sent(DeliveryState::Waiting) => instead("（正在发送支付系统，请勿按此表支付）"),
            PayTo::Sent(DeliveryState::Delivered) => instead("（已发送支付系统，请勿按此表支付）"),
            PayTo::Sent(DeliveryState::GivenUp) => instead("（支付系统未接收，核实未付后请登记未发放成功）"),
        };
        let [order, number, amount] =
            [order.to_string(), CaseNumber::of(*snap).to_string(), amount.to_string()];
        table.write_record([order, number, amount].iter().chain(&own))?;
    }
    sheet::finished(table)
}

fn told(who: &Claimant) -> [String; 5] {
    [&who.name, &who.identity_card, &who.telephone, &who.bank, &who.account].map(|it| sheet::harmless(it))
}

/// In the place of a claimant who is not paid by this list.
fn instead(words: &str) -> [String; 5] {
    [words, "", "", "", ""].map(str::to_owned)
}
