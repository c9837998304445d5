//! A machine is withdrawn.

use server::admin::{AdminCommand, DeviceCommand};
use store::{Refusal, Road, RoadError};

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
