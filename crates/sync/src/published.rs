//! When a published policy set has arrived whole: its rows are counted and hashed by the same rule on both sides.

/// Hash of the rows of a set, hexadecimal; their order does not matter.
#[must_use]
pub fn hash(rows: &[String]) -> String {
    let mut sorted: Vec<&str> = rows.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"ansinh/policies/1");
    for row in sorted {
        hasher.update(&u64::try_from(row.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(row.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn order_does_not_matter_and_every_byte_does() {
        let rows = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(hash(&rows(&["a", "bc"])), hash(&rows(&["bc", "a"])));
        assert_ne!(hash(&rows(&["a", "bc"])), hash(&rows(&["ab", "c"])));
        assert_eq!(hash(&[]).len(), 64);
    }
}
