//! The network of a mountain commune: connections that die after some bytes, answers that are lost.

use crate::link::Link;
use store::{Road, RoadError};

use crate::world::{Office, Province, assert_whole};

const HOUSEHOLDS: usize = 600;

fn connections_that_die_after(bytes: u64) {
    let province = Province::sealed();
    let link = Link::to(province.port());
    let first = Office::enrolled(&province, &format!("https://localhost:{}", link.port()));
    first.register_many(HOUSEHOLDS);
    let second = Office::enrolled(&province, &format!("https://localhost:{}", link.port()));
    link.cut_after(bytes);
    first.sync_somehow();
    second.sync_somehow();
    first.sync_somehow();
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
    assert!(bytes > 64 * 1024 || link.cuts() > 0, "the link of this test must really die");
}

#[test]
fn everything_arrives_though_connections_die_after_32_kib() {
    connections_that_die_after(32 * 1024);
}

#[test]
fn everything_arrives_though_connections_die_after_128_kib() {
    connections_that_die_after(128 * 1024);
}

#[test]
fn everything_arrives_though_connections_die_after_1_mib() {
    connections_that_die_after(1024 * 1024);
}

#[test]
fn a_lost_acknowledgement_at_every_request_loses_and_doubles_nothing() {
    let province = Province::plain();
    let link = Link::to(province.port());
    let url = format!("http://127.0.0.1:{}", link.port());
    let (first, second) = (Office::enrolled(&province, &url), Office::enrolled(&province, &url));
    link.lose_answers(true);
    for round in 0..5 {
        first.register(&format!("A{round:03}"), "Bùi Thị Mừng");
        second.register(&format!("B{round:03}"), "Hà Văn Tư");
        first.sync_somehow();
        second.sync_somehow();
    }
    first.sync_somehow();
    second.sync_somehow();
    assert!(link.cuts() >= 5);
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn a_silent_province_is_given_up_and_found_again() {
    let province = Province::plain();
    let link = Link::to(province.port());
    let office = Office::enrolled(&province, &format!("http://127.0.0.1:{}", link.port())).patient_for_ms(|_| 300);
    office.register("H0001", "Bùi Thị Mừng");
    link.stall(true);
    let given_up = office.road.sync_now(&office.store);
    assert!(matches!(given_up, Err(RoadError::Offline)), "{given_up:?}");
    assert!(link.stalled() > 0, "the province did answer, and nothing of it came through");
    assert!(office.waiting() > 0, "what has no receipt still waits");
    link.stall(false);
    office.sync_somehow();
    assert_whole(&province, &[&office], office.ops_made());
}
