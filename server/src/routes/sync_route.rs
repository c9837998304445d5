//! `POST /v1/sync`: pushes and pulls in one round trip. No session stays on the server.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use ed25519_dalek::VerifyingKey;
use sync::auth::{Authorization, Signable};
use sync::wire::{Refusal, SyncRequest, WIRE};
use sync::{batch, limits, notice};

use super::answer;
use crate::apply::{self, Arrived};
use crate::db::devices::{Device, State as DeviceState};
use crate::db::{audit_heads, devices};
use crate::error::{Error, Result};
use crate::province::Province;
use crate::pull::{self, Pull};

/// Batches and cursors in; receipts, ops and digests out.
pub async fn sync(State(province): State<Arc<Province>>, request: Request) -> Response {
    match handle(&province, request).await {
        Ok(body) => answer::cbor(StatusCode::OK, body),
        Err(error) => answer::refuse(&error),
    }
}

async fn handle(province: &Arc<Province>, request: Request) -> Result<Vec<u8>> {
    let (head, body) = request.into_parts();
    let header = head.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or(Refusal::BadSignature)?;
    let authorization = Authorization::read(header).map_err(|_| Refusal::BadSignature)?;
    let body = answer::read(body, limits::REQUEST_BYTES).await?;
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let signable = Signable { method: head.method.as_str(), path, body: &body };
    let (dno, rc) = (authorization.dno, authorization.rc);

    // Nothing is locked before the signature is known to be right.
    let device = province.db.read(move |tx| devices::find(tx, dno)).await?.ok_or(Refusal::UnknownDevice)?;
    let key = VerifyingKey::from_bytes(&device.sign_pk).map_err(|_| Error::Stored("a device's key is not readable"))?;
    if !authorization.is_by(&key, signable) {
        return Err(Refusal::BadSignature.into());
    }
    may_speak(province, &device)?;
    let request = SyncRequest::decode(&body)?;
    if request.wire < WIRE {
        return Err(Refusal::WireTooOld(WIRE).into());
    }
    let now_ms = province.clock.now_ms();
    record_arrival(province, dno, rc, &request, now_ms).await?;
    let first_bno = push(province, &key, dno, &request, now_ms).await?;

    let pull = Pull { dno, request, first_bno, now_ms, sealer: Arc::clone(&province.sealer) };
    let batches = pull.request.batches.len();
    let (body, counts) = province.db.read(move |tx| pull::answer(tx, &pull)).await?;
    tracing::info!(dno, batches, receipts = counts.receipts, ops = counts.ops, more = counts.more, bytes = body.len(), "synced");
    Ok(body)
}

fn may_speak(province: &Province, device: &Device) -> Result<()> {
    match device.state {
        DeviceState::Active => Ok(()),
        DeviceState::Revoked => {
            let notice = notice::revoked(&province.authority.signing, device.dno, province.clock.now_ms());
            Err(Refusal::Revoked(notice).into())
        }
        // Its number was closed for another one: the disk was cloned, or an old copy speaks. It asks for a number of its own.
        DeviceState::Replaced => Err(Refusal::Fork(device.last_bno).into()),
    }
}

/// Takes the request counter, so that the same request is refused from now on, and keeps the head of the audit chain.
async fn record_arrival(province: &Arc<Province>, dno: u32, rc: u64, request: &SyncRequest, now_ms: u64) -> Result<()> {
    let (schema, app, audit) = (request.schema, request.app.clone(), request.audit);
    province
        .db
        .write(move |tx| {
            let device = devices::lock(tx, dno)?.ok_or(Refusal::UnknownDevice)?;
            if rc <= device.rc || i64::try_from(rc).is_err() {
                return Err(Refusal::Replayed(device.rc + 1).into());
            }
            devices::update_seen(tx, dno, rc, schema, &app, now_ms)?;
            if audit.n > 0 {
                audit_heads::record(tx, dno, &audit, now_ms)?;
            }
            Ok(())
        })
        .await
}

/// Applies the batches in order, each in its own transaction; answers the number of the first.
async fn push(province: &Arc<Province>, key: &VerifyingKey, dno: u32, request: &SyncRequest, now_ms: u64) -> Result<Option<u64>> {
    if request.batches.iter().map(Vec::len).sum::<usize>() > limits::REQUEST_BATCHES_BYTES.max(limits::BATCH_BYTES) {
        return Err(Refusal::TooLarge.into());
    }
    let mut first = None;
    for bytes in &request.batches {
        let opened = batch::open(bytes, key)?;
        if opened.header.dno != dno {
            return Err(Refusal::Malformed.into());
        }
        first = first.or(Some(opened.header.bno));
        let (sealer, arrived) =
            (Arc::clone(&province.sealer), Arc::new(Arrived { opened, bytes: bytes.clone(), recv_ms: now_ms }));
        province.db.write(move |tx| apply::apply(tx, &sealer, &arrived)).await?;
    }
    Ok(first)
}
