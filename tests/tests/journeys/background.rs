//! The loop in the background: a save goes out and comes in elsewhere without anybody asking.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use transport::Background;

use crate::world::{Office, Province};

/// Longer than any machine needs; only a fault waits for it.
const PATIENCE: Duration = Duration::from_secs(120);

/// Hears whenever the office's store changes.
fn changes_of(office: &Office) -> Receiver<()> {
    let (said, heard) = channel();
    office.store.listen(move |_| {
        let _ = said.send(());
    });
    heard
}

fn start(office: &Office) -> Background {
    let store = office.store.clone();
    Background::start(Arc::clone(&office.road), move || Some(store.clone())).unwrap()
}

#[test]
fn a_save_goes_out_by_itself_and_comes_in_when_the_other_office_listens() {
    let province = Province::plain();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (at_first, at_second) = (changes_of(&first), changes_of(&second));
    let _sending = start(&first);
    let (household, _) = first.register("H0001", "Bùi Thị Mừng");
    while first.waiting() > 0 {
        at_first.recv_timeout(PATIENCE).expect("the save is sent by itself");
    }
    let listening = start(&second);
    listening.try_soon();
    while second.find(household).is_none() {
        at_second.recv_timeout(PATIENCE).expect("the household arrives by itself");
    }
}
