//! Citizen ids: equal, one slip apart, or different.

use super::Evidence;

/// The best that any two of their ids give; nothing where one has none.
pub(super) fn compare_any(one: &[String], other: &[String]) -> Option<(Evidence, i32)> {
    one.iter().flat_map(|one| other.iter().map(move |other| compare(one, other))).max_by_key(|(_, points)| *points)
}

fn compare(one: &str, other: &str) -> (Evidence, i32) {
    if one == other {
        (Evidence::IdSame, 60)
    } else if is_near(one.as_bytes(), other.as_bytes()) {
        (Evidence::IdNear, 18)
    } else {
        (Evidence::IdDiffers, -20)
    }
}

fn is_near(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        // A leading zero that a sheet has lost.
        return one.strip_prefix(b"0") == Some(other) || other.strip_prefix(b"0") == Some(one);
    }
    let apart: Vec<usize> =
        one.iter().zip(other).enumerate().filter(|(_, (one, other))| one != other).map(|(at, _)| at).collect();
    match apart.as_slice() {
        [_] => true,
        [first, second] => first + 1 == *second && one.get(*first) == other.get(*second) && one.get(*second) == other.get(*first),
        _ => false,
    }
}

/// An id and all that are one slip from it: some 120 for twelve digits.
#[must_use]
pub fn variants(id: &str) -> Vec<String> {
    let digits = id.as_bytes();
    let mut all = vec![id.to_owned()];
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return all;
    }
    let mut push = |changed: &[u8]| all.extend(String::from_utf8(changed.to_vec()));
    for (at, digit) in digits.iter().enumerate() {
        let mut changed = digits.to_vec();
        for other in (b'0'..=b'9').filter(|other| other != digit) {
            if let Some(place) = changed.get_mut(at) {
                *place = other;
            }
            push(&changed);
        }
        if digits.get(at + 1).is_some_and(|next| next != digit) {
            let mut changed = digits.to_vec();
            changed.swap(at, at + 1);
            push(&changed);
        }
    }
    push(&[b"0", digits].concat());
    if let Some(short) = digits.strip_prefix(b"0") {
        push(short);
    }
    all
}

/// A stable number of words with a space between them (FNV-1a): small in an index, and what it confuses the comparison tells
/// apart.
pub(super) fn hash<'a>(words: impl IntoIterator<Item = &'a str>) -> i64 {
    let bytes = words.into_iter().enumerate().flat_map(|(at, word)| (at > 0).then_some(b' ').into_iter().chain(word.bytes()));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::from_ne_bytes(hash.to_ne_bytes())
}
