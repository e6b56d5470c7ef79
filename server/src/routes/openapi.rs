//! `GET /api/openapi.json`: this interface, described in OpenAPI 3.1. The shapes are generated from the very types
//! that are sent and read; only the list of routes below is written by hand, and a test calls each of them.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use xunan_core::clock::Date;
use xunan_core::evidence::RegionRules;
use xunan_core::knowledge::{Article, Content};
use xunan_core::ledger::HazardCard;
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof};
use xunan_core::notice::{EndedSubscription, InboxPage, PushKey, PushSubscription, ReadNotices, ReadReceipt};
use xunan_core::problem::Problem;
use xunan_core::reward::Claimant;
use xunan_core::rules::PackRef;
use xunan_core::sync::{
    AccountAnswer, AccountDetail, AccountList, ArticlesPage, AskTime, ChangePassword, DailyRoots,
    EnrolDevice, Enrolled, HandOver, HazardsPage, KeptEntry, KeptShadows, MakeAccount, PasswordAge, Pulled,
    Push, PushAnswer, ReusedPhoto, ShadowOutcome, SignIn, SignedIn, SnapDetail, SnapsPage, ToldTime,
};

use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/openapi.json", get(document))
}

async fn document() -> Response {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| describe().to_string());
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], DOCUMENT.as_str())
        .into_response()
}

/// Whether a route asks who is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    SignedIn,
}

/// The document, while it is put together.
struct Describing {
    schemas: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Describing {
    fn shape<T: JsonSchema>(&mut self) -> Value {
        self.schemas.subschema_for::<T>().to_value()
    }

    /// Adds a route.
    fn route(&mut self, method: &str, path: &str, door: Door, summary: &str, operation: Operation) {
        let Operation { parameters, body, answer } = operation;
        let mut responses = Map::new();
        responses
            .insert(answer.status.to_owned(), json!({ "description": "Done", "content": answer.content }));
        let problem = json!({ "application/problem+json": { "schema": self.shape::<Problem>() } });
        responses
            .insert("default".to_owned(), json!({ "description": "A numbered problem", "content": problem }));
        let named = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let mut all: Vec<Value> = named
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        all.extend(parameters);
        let mut described = json!({ "summary": summary, "parameters": all, "responses": responses });
        if let Some(body) = body {
            described["requestBody"] = json!({ "required": true, "content": body });
        }
        if door == Door::Open {
            described["security"] = json!([]);
        }
        let entry = self.paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        entry[method] = described;
    }
}

/// What goes in and comes out of a route.
struct Operation {
    parameters: Vec<Value>,
    body: Option<Value>,
    answer: Good,
}

/// A good answer.
struct Good {
    status: &'static str,
    content: Value,
}

fn json_of(shape: Value) -> Value {
    json!({ "application/json": { "schema": shape } })
}

fn plain(media_type: &str) -> Value {
    json!({ media_type: {} })
}

fn answers(status: &'static str, content: Value) -> Operation {
    Operation { parameters: Vec::new(), body: None, answer: Good { status, content } }
}

fn header_parameter(name: &str, required: bool) -> Value {
    json!({ "name": name, "in": "header", "required": required, "schema": { "type": "string" } })
}

fn describe() -> Value {
    let settings =
        SchemaSettings::draft2020_12().with(|it| it.definitions_path = "/components/schemas".into());
    let mut it = Describing { schemas: settings.into_generator(), paths: Map::new() };
    describe_api(&mut it);
    describe_accounts(&mut it);
    describe_photos(&mut it);
    describe_shadows(&mut it);
    describe_hazards(&mut it);
    describe_snaps(&mut it);
    describe_articles(&mut it);
    describe_notices(&mut it);
    describe_log(&mut it);
    let schemas = it.schemas.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Xun'an 巡安",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "security": [{ "session": [] }],
        "paths": it.paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "apiKey", "in": "cookie", "name": "__Host-xunan" } },
        },
    })
}

fn describe_api(it: &mut Describing) {
    use Door::{Open, SignedIn as Closed};
    let with_body = |body: Value, answer: Value| Operation {
        parameters: Vec::new(),
        body: Some(json_of(body)),
        answer: Good { status: "200", content: json_of(answer) },
    };
    let sign_in = with_body(it.shape::<SignIn>(), it.shape::<SignedIn>());
    it.route("post", "/api/session", Open, "Signs in; the answer sets the session cookie", sign_in);
    let who = answers("200", json_of(it.shape::<SignedIn>()));
    it.route("get", "/api/session", Closed, "Says who is signed in", who);
    it.route("delete", "/api/session", Open, "Signs out", answers("204", json!({})));
    let enrol = with_body(it.shape::<EnrolDevice>(), it.shape::<Enrolled>());
    it.route("post", "/api/devices", Closed, "Enrols a device by its public key", enrol);
    let push = with_body(it.shape::<Push>(), it.shape::<PushAnswer>());
    it.route("post", "/api/push", Closed, "Takes signed entries in; again is harmless", push);
    let mut pull = answers("200", json_of(it.shape::<Pulled>()));
    let query =
        |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "integer", "minimum": 0 } });
    pull.parameters = vec![query("after"), query("limit")];
    it.route("get", "/api/pull", Closed, "Gives the rows that changed after a cursor", pull);
    let packs = answers("200", json_of(it.shape::<Vec<PackRef>>()));
    it.route("get", "/api/packs", Open, "Lists the rule packs", packs);
    let rules = answers("200", json_of(it.shape::<RegionRules>()));
    it.route("get", "/api/region-rules", Closed, "Says what the account's region decides for phones", rules);
    let bytes = answers("200", plain("application/json"));
    it.route("get", "/api/packs/{hash}", Open, "Gives the exact bytes of a rule pack", bytes);
    let entry = answers("200", json_of(it.shape::<KeptEntry>()));
    it.route("get", "/api/entries/{id}", Closed, "Gives an entry as it was signed, with its receipt", entry);
    let receipt = answers("200", plain("application/jose"));
    let reused = answers("200", json_of(it.shape::<Vec<ReusedPhoto>>()));
    it.route(
        "get",
        "/api/entries/{id}/reuse",
        Closed,
        "Lists its photos that are used elsewhere too",
        reused,
    );
    it.route("get", "/api/entries/{id}/receipt", Closed, "Gives the receipt of an entry", receipt);
    let package = answers("200", plain("application/zip"));
    let summary = "Gives an entry with all that proves it, as one file";
    it.route("get", "/api/entries/{id}/package", Closed, summary, package);
    let mut pdf = answers("200", plain("application/pdf"));
    pdf.parameters = vec![query("overlay")];
    let summary = "Gives a document as a PDF; with overlay=1 the values alone, for pre-printed paper";
    it.route("get", "/api/documents/{id}.pdf", Closed, summary, pdf);
    let keys = answers("200", plain("application/jwk-set+json"));
    it.route("get", "/.well-known/jwks.json", Open, "Gives the keys that sign receipts", keys);
    it.route(
        "get",
        "/healthz",
        Open,
        "Says whether the database answers",
        answers("200", plain("text/plain")),
    );
    it.route("get", "/api/openapi.json", Open, "This document", answers("200", plain("application/json")));
}

fn describe_hazards(it: &mut Describing) {
    let mut page = answers("200", json_of(it.shape::<HazardsPage>()));
    let text = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
    page.parameters = [
        "scope", "state", "grade", "division", "facility", "unit", "overdue", "listed", "q", "sort", "after",
    ]
    .map(text)
    .to_vec();
    page.parameters.push(json!({ "name": "limit", "in": "query", "schema": { "type": "integer" } }));
    it.route("get", "/api/hazards", Door::SignedIn, "Lists hazards, open and closed, page by page", page);
    let one = answers("200", json_of(it.shape::<HazardCard>()));
    it.route("get", "/api/hazards/{id}", Door::SignedIn, "Gives a hazard as it is now", one);
}

fn describe_articles(it: &mut Describing) {
    let mut page = answers("200", json_of(it.shape::<ArticlesPage>()));
    let number = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "integer" } });
    page.parameters = ["before", "limit"].map(number).to_vec();
    let summary = "Lists the office's articles of safety knowledge, public and withdrawn";
    it.route("get", "/api/articles", Door::SignedIn, summary, page);
    let one = answers("200", json_of(it.shape::<Article>()));
    let summary = "Gives an article with its last version and its story";
    it.route("get", "/api/articles/{id}", Door::SignedIn, summary, one);
    let version = answers("200", json_of(it.shape::<Content>()));
    let summary = "Gives what a version of an article says";
    it.route("get", "/api/articles/{id}/versions/{version}", Door::SignedIn, summary, version);
}

fn describe_snaps(it: &mut Describing) {
    let mut page = answers("200", json_of(it.shape::<SnapsPage>()));
    let text = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
    page.parameters = ["number", "list", "after"].map(text).to_vec();
    page.parameters.push(json!({ "name": "limit", "in": "query", "schema": { "type": "integer" } }));
    it.route(
        "get",
        "/api/snaps",
        Door::SignedIn,
        "Lists the office's citizens' reports, open or closed, or those of a number",
        page,
    );
    let one = answers("200", json_of(it.shape::<SnapDetail>()));
    let summary = "Gives a citizen's report with those that may tell of the same matter";
    it.route("get", "/api/snaps/{id}", Door::SignedIn, summary, one);
    for (path, summary) in [
        (
            "/api/snaps/{id}/voice",
            "Gives the voice note of a citizen's report, or a range of its bytes, to whoever triages it",
        ),
        (
            "/api/snaps/{id}/video",
            "Gives the video of a citizen's report, or a range of its bytes, to whoever triages it",
        ),
    ] {
        let recording = answers("200", plain("application/octet-stream"));
        it.route("get", path, Door::SignedIn, summary, recording);
    }
    let claimant = answers("200", json_of(it.shape::<Claimant>()));
    let summary = "Gives who claims the reward of a report, to the officer who signed for reading it";
    it.route("get", "/api/snaps/{id}/claimant", Door::SignedIn, summary, claimant);
    let table = answers("200", plain("text/csv"));
    let summary = "Gives the payouts of a batch to the officer who sees to them";
    it.route("get", "/api/payouts/{batch}", Door::SignedIn, summary, table);
}

fn describe_accounts(it: &mut Describing) {
    use Door::SignedIn as Closed;
    let own = "/api/session/password";
    let age = answers("200", json_of(it.shape::<PasswordAge>()));
    it.route("get", own, Closed, "Says how often the own password was set anew", age);
    let mut change = answers("200", json_of(it.shape::<PasswordAge>()));
    change.body = Some(json_of(it.shape::<ChangePassword>()));
    it.route("post", own, Closed, "Changes the own password and ends the account's other sessions", change);
    let mut list = answers("200", json_of(it.shape::<AccountList>()));
    list.parameters = vec![
        json!({ "name": "search", "in": "query", "schema": { "type": "string" } }),
        json!({ "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1 } }),
    ];
    it.route("get", "/api/accounts", Closed, "Lists the accounts of an administrator's region", list);
    let changes = |it: &mut Describing, path: &str, summary: &str, body: Option<Value>| {
        let mut change = answers("200", json_of(it.shape::<AccountAnswer>()));
        change.body = body.map(json_of);
        it.route("post", path, Closed, summary, change);
    };
    let make = it.shape::<MakeAccount>();
    changes(it, "/api/accounts", "Makes an account; its password is in this answer alone", Some(make));
    let detail = answers("200", json_of(it.shape::<AccountDetail>()));
    it.route("get", "/api/accounts/{id}", Closed, "Gives an account with its history", detail);
    changes(it, "/api/accounts/{id}/lock", "Locks an account and ends its sessions", None);
    changes(it, "/api/accounts/{id}/unlock", "Unlocks an account", None);
    changes(it, "/api/accounts/{id}/password", "Gives an account another password, told once", None);
    let hand_over = it.shape::<HandOver>();
    changes(it, "/api/accounts/{id}/hand-over", "Gives a post to another person", Some(hand_over));
}

fn describe_log(it: &mut Describing) {
    use Door::{Open, SignedIn as Closed};
    let query = |name: &str, schema: Value| json!({ "name": name, "in": "query", "schema": schema });
    let number = |name: &str, least: u64| {
        let mut parameter = query(name, json!({ "type": "integer", "minimum": least }));
        parameter["required"] = true.into();
        parameter
    };
    let root = || answers("200", plain("application/jose"));
    it.route("get", "/api/log/root", Open, "Gives the newest signed root of the transparency log", root());
    let mut roots = answers("200", json_of(it.shape::<DailyRoots>()));
    roots.parameters = vec![query("after", it.shape::<Date>()), query("limit", json!({ "type": "integer" }))];
    it.route("get", "/api/log/roots", Open, "Lists the daily roots, oldest first", roots);
    it.route("get", "/api/log/roots/{date}", Open, "Gives the root of a day", root());
    let stamp = answers("200", plain("application/timestamp-reply"));
    it.route("get", "/api/log/roots/{date}/time-stamp", Open, "Gives its time-stamp (RFC 3161)", stamp);
    let mut inclusion = answers("200", json_of(it.shape::<InclusionProof>()));
    inclusion.parameters = vec![number("position", 1), number("size", 1)];
    it.route("get", "/api/log/inclusion", Open, "Proves that a receipt is in the log", inclusion);
    let mut consistency = answers("200", json_of(it.shape::<ConsistencyProof>()));
    consistency.parameters = vec![number("from", 1), number("to", 1)];
    it.route("get", "/api/log/consistency", Open, "Proves that the log only ever grew", consistency);
    let mut time = answers("200", json_of(it.shape::<ToldTime>()));
    time.body = Some(json_of(it.shape::<AskTime>()));
    it.route("post", "/api/time", Closed, "Tells the time under the server's signature", time);
}

fn describe_photos(it: &mut Describing) {
    use Door::{Open, SignedIn as Closed};
    const UPLOAD: &str = "/api/photos/uploads/{digest}";
    let tus = |status, headers: &[&str]| {
        let mut operation = answers(status, json!({}));
        let headers = ["Tus-Resumable"].iter().chain(headers);
        operation.parameters = headers.map(|name| header_parameter(name, true)).collect();
        operation
    };
    it.route(
        "options",
        "/api/photos",
        Open,
        "Says what of tus 1.0.0 is supported",
        answers("204", json!({})),
    );
    let create = tus("201", &["Upload-Length", "Upload-Metadata"]);
    it.route(
        "post",
        "/api/photos",
        Closed,
        "Begins an upload of a promised SHA-256, or goes on with it",
        create,
    );
    it.route("head", UPLOAD, Closed, "Says where an upload is", tus("200", &[]));
    let mut patch = tus("204", &["Upload-Offset"]);
    patch.parameters.push(header_parameter("Upload-Checksum", false));
    patch.body = Some(plain("application/offset+octet-stream"));
    it.route("patch", UPLOAD, Closed, "Adds bytes to an upload", patch);
    it.route("delete", UPLOAD, Closed, "Throws an unfinished upload away", tus("204", &[]));
    let photo = answers("200", plain("image/jpeg"));
    it.route("get", "/api/photos/{digest}", Closed, "Gives a photo", photo);
}

fn describe_shadows(it: &mut Describing) {
    use Door::SignedIn as Closed;
    const COPY: &str = "/api/shadows/{visit}/{name}";
    let list = answers("200", json_of(it.shape::<KeptShadows>()));
    it.route("get", "/api/shadows", Closed, "Lists the account's encrypted copies of drafts", list);
    let mut put = answers("200", json_of(it.shape::<ShadowOutcome>()));
    put.parameters = ["If-Match", "If-None-Match"].map(|name| header_parameter(name, false)).into();
    put.body = Some(plain("application/octet-stream"));
    it.route("put", COPY, Closed, "Keeps an encrypted copy of a part of a draft", put);
    let bytes = answers("200", plain("application/octet-stream"));
    it.route("get", COPY, Closed, "Gives an encrypted copy", bytes);
    it.route("delete", COPY, Closed, "Forgets an encrypted copy", answers("204", json!({})));
    let visit = "/api/shadows/{visit}";
    it.route("delete", visit, Closed, "Forgets all copies of a visit", answers("204", json!({})));
}

fn describe_notices(it: &mut Describing) {
    use Door::SignedIn as Closed;
    let query =
        |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "integer", "minimum": 0 } });
    let nothing = |body: Value| Operation { body: Some(json_of(body)), ..answers("204", json!({})) };
    let mut inbox = answers("200", json_of(it.shape::<InboxPage>()));
    inbox.parameters = vec![query("after"), query("limit")];
    it.route("get", "/api/notices", Closed, "Gives the own inbox, newest first", inbox);
    let read = nothing(it.shape::<ReadNotices>());
    it.route("post", "/api/notices/read", Closed, "Notes that notices were read", read);
    let receipts = answers("200", json_of(it.shape::<Vec<ReadReceipt>>()));
    let summary = "Says who has read a notice, to its sender's office";
    it.route("get", "/api/notices/{id}/receipts", Closed, summary, receipts);
    let key = answers("200", json_of(it.shape::<PushKey>()));
    it.route("get", "/api/push-key", Closed, "Gives the key for Web Push", key);
    let subscribe = nothing(it.shape::<PushSubscription>());
    it.route("post", "/api/push-subscriptions", Closed, "Has a browser told by Web Push", subscribe);
    let ended = nothing(it.shape::<EndedSubscription>());
    it.route("delete", "/api/push-subscriptions", Closed, "Has a browser told no longer", ended);
}
