//! Outreach in two offices of one commune: what one found and left with a reason, the other sees.

use domain::records::OutreachMark;
use domain::registry::Record;
use store::{Place, Sight};

use crate::world::{Office, Province};

#[test]
fn a_line_left_in_one_office_is_left_in_the_other() {
    let province = Province::sealed();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (_, head) = first.register("H0001", "Bùi Thị Mừng");
    let mark = OutreachMark {
        line: Some("not_receiving|regular|N176-75".into()),
        handling: Some("dismissed".into()),
        reason: Some("đã có lương hưu ở tỉnh khác".into()),
        ..OutreachMark::default()
    };
    first.store.write(first.author(), |tx| tx.create(&mark.to_row(), Place::Child(head))).unwrap();
    first.sync();
    second.sync();
    // What the second office told of itself.
    first.sync();
    let marks = second.store.read(|view| view.list_children(head, OutreachMark::KIND, Sight::Plain)).unwrap();
    assert_eq!(marks.iter().map(store::Stored::record::<OutreachMark>).collect::<Vec<_>>(), [mark]);
    let digest = |office: &Office| office.store.read(|view| view.register_digest(office.store.identity().unit)).unwrap();
    assert_eq!(digest(&first), digest(&second), "the register is the same, so are the lines computed from it");
}
