//! Getting a number: with a code the first time, with the old key's word after a restore.

use std::sync::Arc;

use reqwest::Client;
use store::{Refusal, RoadError, Store};
use sync::enrolment::{Claim, EnrolAnswer, EnrolRequest, EnrolmentCode, vouch};
use sync::notice;
use sync::wire::{self, ENROL_PATH, WIRE};

use crate::address::Address;
use crate::chain::{NamedCa, is_named};
use crate::client::{self, NoAnswer};
use crate::facts::{self, Keys, Learnt, Province};
use crate::road::Local;

/// An answer is small; more is not read.
const ANSWER_BYTES: usize = 64 * 1024;

type Result<T> = std::result::Result<T, RoadError>;

/// Enrols with a code that a person typed. A code of another commune, or a server that it does not name, changes nothing.
pub(crate) async fn by_code(local: &Local, store: &Store, server: &str, typed: &str) -> Result<()> {
    let code = EnrolmentCode::read(typed).map_err(|_| RoadError::Refused(Refusal::WrongCode))?;
    let address = Address::read(server)?;
    if store.identity().sample && !address.is_loopback() {
        return Err(RoadError::BadAddress);
    }
    let keys = facts::next_keys(store, local.author(store)?)?;
    let verifier = Arc::new(NamedCa::new(code, client::provider()));
    let client = client::naming(&address, &verifier)?;
    let answer = ask(local, store, &client, &address, Claim::Code(code.secret), &keys, None).await?;
    // Without TLS, on this machine only, the CA is known from the answer alone.
    let ca = if address.is_sealed() { verifier.found() } else { Some(answer.ca.clone()) };
    if !ca.as_ref().is_some_and(|ca| *ca == answer.ca && is_named(&code, ca)) {
        return Err(RoadError::Refused(Refusal::WrongCode));
    }
    accept(local, store, &address, ca.as_deref(), &keys, &answer)
}

/// Asks for a new number for a restored store.
pub(crate) async fn after_restore(local: &Local, store: &Store, province: &Province, old_dno: u32) -> Result<()> {
    let keys = facts::next_keys(store, local.author(store)?)?;
    let client = client::pinned(&province.address, province.ca.as_deref())?;
    let sign_key = keys.signing().verifying_key().to_bytes();
    let claim = vouch(&province.keys.signing(), old_dno, &sign_key, &keys.seal_public());
    let known = Known { server_key: &province.server_key, dno: old_dno };
    let answer = ask(local, store, &client, &province.address, claim, &keys, Some(known)).await?;
    accept(local, store, &province.address, province.ca.as_deref(), &keys, &answer)
}

async fn ask(
    local: &Local,
    store: &Store,
    client: &Client,
    address: &Address,
    claim: Claim,
    keys: &Keys,
    known: Option<Known<'_>>,
) -> Result<EnrolAnswer> {
    let request = EnrolRequest {
        wire: WIRE,
        schema: store::SCHEMA,
        app: local.app.clone(),
        claim,
        sign_key: keys.signing().verifying_key().to_bytes(),
        seal_key: keys.seal_public(),
        unit: store.identity().unit,
    };
    let url = address.route(ENROL_PATH)?;
    let refused = |no_answer| refused(no_answer, known);
    let mut answer = client::post(client, url, None, request.encode(), local.stall_limit).await.map_err(refused)?;
    let body = answer.whole(ANSWER_BYTES).await.map_err(refused)?;
    let answer = EnrolAnswer::decode(&body).map_err(|_| RoadError::Refused(Refusal::Server))?;
    if answer.unit == store.identity().unit { Ok(answer) } else { Err(RoadError::Refused(Refusal::OtherCommune)) }
}

fn accept(local: &Local, store: &Store, address: &Address, ca: Option<&[u8]>, keys: &Keys, answer: &EnrolAnswer) -> Result<()> {
    let learnt = Learnt {
        address,
        ca,
        server_key: &answer.server_key,
        province_key: &answer.province_key,
        recovery_key: &answer.recovery_key,
    };
    store.write(local.author(store)?, |tx| {
        facts::keep(tx, keys, &learnt)?;
        tx.take_number(answer)
    })?;
    Ok(())
}

/// What a device that had a number knows when a refusal says that it was revoked. A new one knows nothing yet: there the
/// code names the CA, and with it who may answer at all.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Checks the notice.
    pub(crate) server_key: &'a [u8; 32],
    /// The number that the notice must name.
    pub(crate) dno: u32,
}

impl Known<'_> {
    fn is_revoked_by(self, notice: &[u8]) -> bool {
        notice::revokes(notice, self.server_key, self.dno)
    }
}

/// What a request without an answer means to a person. A revocation that the province has not signed is no answer of it.
pub(crate) fn refused(no_answer: NoAnswer, known: Option<Known<'_>>) -> RoadError {
    match no_answer {
        NoAnswer::Refused(wire::Refusal::Revoked(notice)) if known.is_some_and(|known| !known.is_revoked_by(&notice)) => {
            tracing::warn!("a notice of revocation that the province has not signed");
            RoadError::Offline
        }
        NoAnswer::Unreachable | NoAnswer::Cut => RoadError::Offline,
        NoAnswer::Refused(wire::Refusal::WrongCode) => RoadError::Refused(Refusal::WrongCode),
        NoAnswer::Refused(wire::Refusal::WrongCommune(_)) => RoadError::Refused(Refusal::OtherCommune),
        NoAnswer::Refused(wire::Refusal::Revoked(_)) => RoadError::Refused(Refusal::Revoked),
        NoAnswer::Refused(wire::Refusal::Busy(_)) => RoadError::Offline,
        NoAnswer::Refused(_) => RoadError::Refused(Refusal::Server),
    }
}
