//! A machine breaks and its store comes back from a backup.

use crate::world::{Office, Province, assert_whole, text};

#[test]
fn a_store_restored_from_a_backup_and_used_on_loses_nothing() {
    let province = Province::sealed();
    let mut first = Office::enrolled(&province, &province.url());
    let second = Office::enrolled(&province, &province.url());
    let (_, head) = first.register("H0001", "Bùi Thị Mừng");
    first.sync();
    // In the backup and not sent: it goes out under the new number, or is found at the province already.
    let (_, unsent) = first.register("H0002", "Hà Văn Tư");
    let backup = first.back_up();
    // After the backup and sent: only the province has it.
    let (_, later) = first.register("H0003", "Đinh Thị Nhung");
    first.set(head, "note", text("sau sao lưu"));
    first.sync();
    let (under_old_number, _) = province.scope();

    first.restore(&backup);
    assert!(first.find(later).is_none(), "the backup is older");
    let (_, after) = first.register("H0004", "Bùi Văn Nam");
    first.set(head, "full_name", text("Bùi Thị Mường"));
    first.sync();
    second.sync();
    first.sync();

    for office in [&first, &second] {
        for id in [head, unsent, later, after] {
            assert!(office.find(id).is_some(), "every household is there");
        }
        assert_eq!(office.text(head, "note").as_deref(), Some("sau sao lưu"));
        assert_eq!(office.text(head, "full_name").as_deref(), Some("Bùi Thị Mường"));
        assert!(office.get(head).conflicts.is_empty());
    }
    assert_whole(&province, &[&first, &second], under_old_number + first.ops_made() + second.ops_made());
}

#[test]
fn ops_that_only_the_backup_holds_get_the_new_number() {
    let province = Province::plain();
    let mut office = Office::enrolled(&province, &province.url());
    office.register("H0001", "Bùi Thị Mừng");
    office.sync();
    let (sent, _) = province.scope();
    let (_, unsent) = office.register("H0002", "Hà Văn Tư");
    let backup = office.back_up();
    office.restore(&backup);
    office.set(unsent, "full_name", text("Hà Văn Tứ"));
    office.sync();
    assert_eq!(office.text(unsent, "full_name").as_deref(), Some("Hà Văn Tứ"));
    assert_whole(&province, &[&office], sent + office.ops_made());
}

#[test]
fn a_store_restored_twice_goes_on() {
    let province = Province::plain();
    let mut office = Office::enrolled(&province, &province.url());
    let (_, head) = office.register("H0001", "Bùi Thị Mừng");
    office.sync();
    let backup = office.back_up();
    for round in 0..3 {
        office.restore(&backup);
        office.set(head, "note", text(&format!("lần {round}")));
        office.register(&format!("H1{round:03}"), "Hà Văn Tư");
        office.sync();
    }
    let (_, digest) = province.scope();
    assert_eq!(office.digest(), digest);
    assert!(office.is_verified());
    assert_eq!(office.waiting(), 0);
}

#[test]
fn a_cloned_disk_gets_a_number_of_its_own_and_nothing_of_either_is_lost() {
    let province = Province::plain();
    let original = Office::enrolled(&province, &province.url());
    let (_, before) = original.register("H0001", "Bùi Thị Mừng");
    original.sync();
    let (_, unsent) = original.register("H0002", "Hà Văn Tư");
    let (original, clone) = original.cloned();
    assert_eq!(original.number(), clone.number());

    let (_, mine) = original.register("H0003", "Đinh Thị Nhung");
    original.sync();
    let (_, theirs) = clone.register("H0004", "Bùi Văn Nam");
    clone.set(before, "note", text("ghi ở máy sao"));
    clone.sync();
    assert_ne!(original.number(), clone.number(), "two machines are two numbers");

    // The shared number is closed now: the original goes the same way.
    original.set(before, "full_name", text("Bùi Thị Mường"));
    for office in [&original, &clone, &original] {
        office.sync();
    }
    let (_, digest) = province.scope();
    for office in [&original, &clone] {
        assert_eq!(office.waiting(), 0);
        assert_eq!(office.digest(), digest);
        assert!(office.is_verified());
        for id in [before, unsent, mine, theirs] {
            assert!(office.find(id).is_some(), "every household is there");
            assert!(office.get(id).conflicts.is_empty());
        }
        assert_eq!(office.text(before, "note").as_deref(), Some("ghi ở máy sao"));
        assert_eq!(office.text(before, "full_name").as_deref(), Some("Bùi Thị Mường"));
    }
}

#[test]
fn a_file_put_back_by_hand_is_found_out_before_anything_is_taken_in() {
    let province = Province::plain();
    let original = Office::enrolled(&province, &province.url());
    let (_, head) = original.register("H0001", "Bùi Thị Mừng");
    original.sync();
    let (original, older) = original.cloned();
    let (_, later) = original.register("H0002", "Hà Văn Tư");
    original.set(head, "note", text("ghi sau"));
    original.sync();
    drop(original);

    // Nothing waits in the older copy, so only the receipts that it knows nothing of give it away.
    older.sync();
    assert!(older.find(later).is_some());
    assert_eq!(older.text(head, "note").as_deref(), Some("ghi sau"));
    older.sync();
    assert!(older.is_verified());
    assert_eq!(older.digest(), province.scope().1);
}
