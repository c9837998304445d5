//! Getting a number: what is refused changes nothing.

use store::{Refusal, Road, RoadError};
use sync::enrolment::EnrolmentCode;

use crate::link::Link;
use crate::world::{CODE, OTHER_CODE, Office, Province};

#[test]
fn a_code_of_another_commune_is_refused_and_stays_good() {
    let province = Province::plain();
    let office = Office::new();
    let code = province.new_code(OTHER_CODE);
    let refused = office.road.enrol(&office.store, &province.url(), &code);
    assert!(matches!(refused, Err(RoadError::Refused(Refusal::OtherCommune))), "{refused:?}");
    assert!(matches!(office.road.sync_now(&office.store), Err(RoadError::NotEnrolled)));
    office.road.enrol(&office.store, &province.url(), &province.new_code(CODE)).unwrap();
    office.sync();
}

#[test]
fn a_mistyped_code_is_refused_without_asking_anybody() {
    let office = Office::new();
    let refused = office.road.enrol(&office.store, "http://127.0.0.1:9", "0000-0000-0000-0000-0000-000");
    assert!(matches!(refused, Err(RoadError::Refused(Refusal::WrongCode))), "{refused:?}");
}

#[test]
fn a_server_that_the_code_does_not_name_is_sent_nothing() {
    let province = Province::sealed();
    let office = Office::new();
    let foreign = EnrolmentCode::new(b"the public key of another province", [1; 5]).text();
    let refused = office.road.enrol(&office.store, &province.url(), &foreign);
    assert!(matches!(refused, Err(RoadError::Offline | RoadError::Refused(Refusal::WrongCode))), "{refused:?}");
    // The code would be counted as wrong if it had been sent; the right one still works, and over TLS.
    office.road.enrol(&office.store, &province.url(), &province.new_code(CODE)).unwrap();
    office.sync();
}

#[test]
fn a_lost_answer_to_enrolment_burns_no_code() {
    let province = Province::plain();
    let link = Link::to(province.port());
    let office = Office::new();
    let (url, code) = (format!("http://127.0.0.1:{}", link.port()), province.new_code(CODE));
    link.lose_answers(true);
    assert!(matches!(office.road.enrol(&office.store, &url, &code), Err(RoadError::Offline)));
    link.lose_answers(false);
    office.road.enrol(&office.store, &url, &code).unwrap();
    office.sync();
}

#[test]
fn another_server_under_the_same_name_is_no_way_to_the_province() {
    let (province, impostor) = (Province::sealed(), Province::sealed());
    let link = Link::to(province.port());
    let office = Office::enrolled(&province, &format!("https://localhost:{}", link.port()));
    office.sync();
    link.lead_to(impostor.port());
    office.register("H0001", "Bùi Thị Mừng");
    // The connection that is still open ends first.
    let _ = office.road.sync_now(&office.store);
    link.cut_after(0);
    assert!(matches!(office.road.sync_now(&office.store), Err(RoadError::Offline)));
    assert!(office.road.state().offline && office.waiting() > 0);
    link.lead_to(province.port());
    link.cut_after(0);
    office.sync_somehow();
    assert_eq!(office.waiting(), 0);
}
