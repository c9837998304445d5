//! The road to the province as a worker sees it: enrol, send and fetch now, how it stands. Nothing here is waited for by
//! a screen.

use store::{Refusal, Sight};

use crate::commands::types::{Enrol, Nothing, SyncDone, SyncStatus};
use crate::host::{Host, instant};
use crate::problem::{Code, Result};

/// A clock off by more is told.
const CLOCK_OFF_SECONDS: i64 = 24 * 3600;

/// How the road stands.
pub fn sync_status(host: &dyn Host, _: Nothing) -> Result<SyncStatus> {
    let open = host.session().open()?;
    let state = host.road().state();
    Ok(open.store.read(|view| {
        let waiting = view.waiting()?;
        let device = view.device_number()?;
        let scopes = view.list_scopes()?;
        let conflicts = view.list_conflicts(Sight::Plain)?;
        let off = view.clock_offset_ms()? / 1000;
        Ok(SyncStatus {
            enrolled: device.is_some(),
            device,
            server: view.find_road_fact("server")?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            waiting: count(waiting.changes),
            waiting_since: waiting.oldest_at_ms.map(instant),
            last_contact_at: view.last_contact_ms()?.map(instant),
            verified_at: scopes
                .iter()
                .filter(|scope| scope.scope != 0)
                .filter_map(|scope| scope.verified_at_ms)
                .max()
                .map(instant),
            conflicts: u32::try_from(conflicts.conflicts.len()).unwrap_or(u32::MAX).saturating_add(count(conflicts.protected)),
            running: state.running,
            refusal: state.refusal.map(code),
            offline: state.offline,
            next_try_at: state.next_try_at_ms.map(instant),
            clock_off_seconds: (off.abs() > CLOCK_OFF_SECONDS).then_some(off),
        })
    })?)
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn code(refusal: Refusal) -> Code {
    match refusal {
        Refusal::WrongCode => Code::WrongCode,
        Refusal::OtherCommune => Code::OtherCommune,
        Refusal::Revoked => Code::Revoked,
        Refusal::Server => Code::ServerRefused,
    }
}

/// Gets this machine its number. A folder of invented people talks to a server on this machine only.
pub fn enrol(host: &dyn Host, req: Enrol) -> Result<SyncStatus> {
    let open = host.session().open()?;
    if open.store.identity().sample && !is_loopback(&req.server) {
        return Err(Code::SampleStaysHere.into());
    }
    host.road().enrol(&open.store, req.server.trim(), &req.code)?;
    sync_status(host, Nothing {})
}

/// True for an address on this machine.
fn is_loopback(server: &str) -> bool {
    let rest = server.trim().split_once("://").map_or(server, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(ipv6) => ipv6.split(']').next().unwrap_or_default(),
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// One contact now.
pub fn sync_now(host: &dyn Host, _: Nothing) -> Result<SyncDone> {
    let open = host.session().open()?;
    let contact = host.road().sync_now(&open.store)?;
    if let Ok(folder) = host.session().folder() {
        let now = host.now();
        let noted = folder.note_status(|status| {
            status.waiting = contact.waiting;
            status.last_sync_at = Some(now);
        });
        if noted.is_err() {
            tracing::warn!("status was not kept");
        }
    }
    Ok(SyncDone {
        sent: count(contact.sent),
        received: count(contact.received),
        waiting: count(contact.waiting),
        verified_at: contact.verified_at_ms.map(instant),
    })
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn a_sample_only_talks_to_this_machine() {
        for here in ["http://127.0.0.1:4000", "https://localhost:8443/", "http://[::1]:80"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in ["https://tinh.example.vn", "http://127.0.0.1.example.vn", "https://10.0.0.1", "localhost.evil.vn"] {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
