//! One contact: seal what waits, post it with the cursors, apply the answer as it arrives, until nothing is left.

use reqwest::Client;
use store::{Contact, Error, Refusal, RoadError, Store};
use sync::auth::{Authorization, Signable};
use sync::notice;
use sync::session::{Call, Effect, Outcome, Pace};
use sync::wire::{self, SYNC_PATH};

use crate::client::{self, Answer, NoAnswer};
use crate::enrol::{self, Known, refused};
use crate::facts::{Keys, Province};
use crate::road::Local;

/// Batches sealed before a request: what one request can carry, and a little.
const SEALED_AT_ONCE: usize = 40;
/// Requests in a row that may be cut without bringing anything forward.
const FRUITLESS: u32 = 3;

type Result<T> = std::result::Result<T, RoadError>;

/// Brings both sides together. Cuts are survived as long as something moves; `pace` remembers them.
pub(crate) async fn run(local: &Local, store: &Store, client: &Client, province: &Province, pace: &mut Pace) -> Result<Contact> {
    let mut contact = Contact::default();
    let mut fruitless = 0;
    loop {
        seal(local, store, &province.keys)?;
        let outcome = once(local, store, client, province, pace, &mut contact).await?;
        match outcome {
            Outcome::Whole { .. } => fruitless = 0,
            Outcome::Cut { moved: true } => fruitless = 0,
            Outcome::Cut { moved: false } => fruitless += 1,
            Outcome::Busy(_) => {}
        }
        // The wait between contacts belongs to the loop in the background; here only the memory of a cut counts.
        pace.after(outcome, 0);
        match outcome {
            Outcome::Whole { more: false } => break,
            Outcome::Busy(_) => return Err(RoadError::Offline),
            Outcome::Cut { moved: false } if fruitless >= FRUITLESS => return Err(RoadError::Offline),
            Outcome::Whole { more: true } | Outcome::Cut { .. } => {}
        }
    }
    store.read(|view| {
        contact.waiting = view.waiting()?.changes;
        let scopes = view.list_scopes()?;
        contact.verified_at_ms = scopes.iter().map(|scope| scope.verified_at_ms).min().flatten();
        Ok(())
    })?;
    Ok(contact)
}

fn seal(local: &Local, store: &Store, keys: &Keys) -> Result<()> {
    let key = keys.signing();
    for _ in 0..SEALED_AT_ONCE {
        if !store.write(local.author(store)?, |tx| tx.seal_next_batch(&key))?.value {
            break;
        }
    }
    Ok(())
}

/// One request and its answer.
async fn once(
    local: &Local,
    store: &Store,
    client: &Client,
    province: &Province,
    pace: &Pace,
    contact: &mut Contact,
) -> Result<Outcome> {
    let standing = store.read(|view| view.standing(&local.app, view.audit_head()?))?;
    let mut call = Call::new(standing, pace).map_err(|error| RoadError::Store(error.into()))?;
    let mut answer = match send(local, store, client, province, &call).await? {
        Ok(answer) => answer,
        Err(NoAnswer::Unreachable) => return Err(RoadError::Offline),
        Err(NoAnswer::Cut) => return Ok(Outcome::Cut { moved: false }),
        Err(NoAnswer::Refused(refusal)) => return answer_to(local, store, province, refusal),
    };
    loop {
        let piece = match answer.piece().await {
            Ok(Some(piece)) => piece,
            Ok(None) | Err(_) => return Ok(Outcome::Cut { moved: call.moved() }),
        };
        let effects = call.take(&piece).map_err(|_| RoadError::Refused(Refusal::Server))?;
        apply(local, store, province, &effects, contact)?;
        if let Some(more) = call.ended() {
            let unsent = store.read(|view| Ok(view.waiting()?.changes > 0))?;
            return Ok(Outcome::Whole { more: more || unsent && call.moved() });
        }
    }
}

async fn send(
    local: &Local,
    store: &Store,
    client: &Client,
    province: &Province,
    call: &Call,
) -> Result<std::result::Result<Answer, NoAnswer>> {
    let (counter, dno) = store.write(local.author(store)?, |tx| Ok((tx.next_request_counter()?, tx.device_number()?)))?.value;
    let dno = dno.ok_or(RoadError::NotEnrolled)?;
    let signable = Signable { method: "POST", path: SYNC_PATH, body: call.body() };
    let header = Authorization::sign(&province.keys.signing(), dno, counter, signable).header();
    let url = province.address.route(SYNC_PATH)?;
    Ok(client::post(client, url, Some(header), call.body().to_vec(), local.stall_limit).await)
}

/// What a refusal asks of this side.
fn answer_to(local: &Local, store: &Store, province: &Province, refusal: wire::Refusal) -> Result<Outcome> {
    match refusal {
        wire::Refusal::Replayed(expected) => {
            store.write(local.author(store)?, |tx| tx.set_request_counter(expected))?;
            Ok(Outcome::Cut { moved: false })
        }
        wire::Refusal::Gap(expected) => {
            let effect = Effect::Rewound { last_bno: expected.saturating_sub(1) };
            store.write(local.author(store)?, |tx| tx.take_in(&effect, local.wall_ms()))?;
            Ok(Outcome::Cut { moved: false })
        }
        wire::Refusal::Fork(_) => Err(RoadError::Store(Error::ForeignReceipt)),
        wire::Refusal::Busy(seconds) => Ok(Outcome::Busy(seconds)),
        other => {
            let dno = store.read(|view| view.device_number())?.ok_or(RoadError::NotEnrolled)?;
            Err(refused(NoAnswer::Refused(other), Some(Known { server_key: &province.server_key, dno })))
        }
    }
}

/// Applies what has arrived in one transaction, cursor and all. Digests are compared in one of their own: only then is
/// what they cover counted.
fn apply(local: &Local, store: &Store, province: &Province, effects: &[Effect], contact: &mut Contact) -> Result<()> {
    let wall_ms = local.wall_ms();
    for together in effects.chunk_by(|before, after| is_comparison(before) == is_comparison(after)) {
        let receipted = store.write(local.author(store)?, |tx| {
            let before = tx.waiting()?.changes;
            for effect in together.iter().filter(|effect| is_believed(effect, province)) {
                tx.take_in(effect, wall_ms)?;
            }
            Ok(before.saturating_sub(tx.waiting()?.changes))
        })?;
        contact.sent += receipted.value;
    }
    for effect in effects {
        if let Effect::Pulled { entries, .. } = effect {
            contact.received += entries.len() as u64;
        }
    }
    Ok(())
}

/// A notice counts only with the province's signature; everything else is proven by what it says.
fn is_believed(effect: &Effect, province: &Province) -> bool {
    match effect {
        Effect::Noticed(notice) => notice::read(notice, &province.server_key).is_ok(),
        _ => true,
    }
}

fn is_comparison(effect: &Effect) -> bool {
    matches!(effect, Effect::CaughtUp { .. })
}

/// Makes sure that the store has a number; a restored one gets a new one.
pub(crate) async fn ensure_number(local: &Local, store: &Store, province: &Province) -> Result<bool> {
    let (number, replaces) = store.read(|view| Ok((view.device_number()?, view.number_to_replace()?)))?;
    match (number, replaces) {
        (Some(_), _) => Ok(false),
        (None, Some(old)) => enrol::after_restore(local, store, province, old).await.map(|()| true),
        (None, None) => Err(RoadError::NotEnrolled),
    }
}
