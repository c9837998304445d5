//! A machine is withdrawn.

use ed25519_dalek::SigningKey;
use server::admin::{AdminCommand, DeviceCommand};
use store::{Refusal, Road, RoadError};
use sync::notice;

use crate::link::{Link, Pretender};
use crate::world::{Office, Province};

#[test]
fn a_revoked_machine_is_told_and_keeps_what_it_has() {
    let province = Province::plain();
    let office = Office::enrolled(&province, &province.url());
    let (household, _) = office.register("H0001", "Bùi Thị Mừng");
    office.sync();
    let (_, unsent) = office.register("H0002", "Hà Văn Tư");
    province.admin(AdminCommand::Device(DeviceCommand::Revoke { dno: office.number() }));
    let (told, heard) = std::sync::mpsc::channel();
    office.road.listen(move || {
        let _ = told.send(());
    });
    let refused = office.road.sync_now(&office.store);
    assert!(matches!(refused, Err(RoadError::Refused(Refusal::Revoked))), "{refused:?}");
    assert_eq!(heard.try_iter().count(), 2, "whoever shows the state hears that a contact began and how it ended");
    assert_eq!(office.road.state().refusal, Some(Refusal::Revoked));
    assert!(office.find(household).is_some() && office.find(unsent).is_some() && office.waiting() > 0);
}

#[test]
fn a_revocation_that_the_province_has_not_signed_is_not_believed() {
    let province = Province::plain();
    let link = Link::to(province.port());
    let office = Office::enrolled(&province, &format!("http://127.0.0.1:{}", link.port()));
    let (household, _) = office.register("H0001", "Bùi Thị Mừng");
    let forger = SigningKey::from_bytes(&[7; 32]);
    for notice in [Vec::new(), notice::revoked(&forger, office.number(), 1_000)] {
        let pretender = Pretender::answering(403, sync::wire::Refusal::Revoked(notice).encode());
        link.lead_to(pretender.port());
        // The connection that was open dies at its next use; those after it reach the pretender.
        let cut = office.road.sync_now(&office.store);
        assert!(cut.is_err());
        link.cut_after(0);
        let refused = office.road.sync_now(&office.store);
        assert!(pretender.requests() > 0, "the pretender was asked");
        assert!(matches!(refused, Err(RoadError::Offline)), "{refused:?}");
        assert_eq!(office.road.state().refusal, None);
        link.lead_to(province.port());
        let _ = office.road.sync_now(&office.store);
        link.cut_after(0);
    }
    office.sync_somehow();
    assert!(office.find(household).is_some());
    assert_eq!(office.waiting(), 0, "the machine goes on as if nothing had been said");
}
