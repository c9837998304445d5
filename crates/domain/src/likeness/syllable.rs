//! Syllables of names without their marks: how they sound here, and whether they exist at all.

/// Folded initials that Vietnamese has, longest first where one begins another.
const INITIALS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r",
    "s", "t", "v", "x", "",
];

/// Folded rimes that Vietnamese has.
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "ech", "em", "en", "eng", "enh",
    "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it",
    "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo",
    "oet", "oi", "om", "on", "ong", "op", "ot", "u", "ua", "uan", "uang", "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um",
    "un", "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen",
    "uyet", "uynh", "uyt", "y", "yem", "yen", "yet", "yeu",
];

/// Whether a folded syllable can be Vietnamese. Names of other peoples mostly can too.
pub(super) fn exists(folded: &str) -> bool {
    INITIALS.iter().any(|initial| folded.strip_prefix(initial).is_some_and(|rest| RIMES.contains(&rest)))
        || matches!(folded, "gi" | "gin" | "giet" | "gieng" | "giem" | "giec")
}

/// How a folded syllable sounds in the north: what people here write for each other becomes equal.
pub(super) fn sound(folded: &str) -> String {
    let (initial, rest) = split(folded);
    // `uy` and `ay` are sounds of their own; alone after a consonant `y` is `i`.
    let rest = match rest.strip_prefix("ye") {
        Some(rest) => format!("ie{rest}"),
        None if rest == "y" => "i".to_owned(),
        None => rest.to_owned(),
    };
    format!("{initial}{rest}")
}

fn split(folded: &str) -> (&'static str, &str) {
    if let Some(rest) = folded.strip_prefix("gi") {
        // In `giềng` the `i` belongs to the rime, in `gia` it does not.
        let keeps_i = rest.is_empty() || rest.starts_with(['n', 'm', 't', 'c', 'p']) || (rest.starts_with('e') && rest.len() > 1);
        return ("d", if keeps_i { folded.get(1..).unwrap_or_default() } else { rest });
    }
    let same = [
        ("ngh", "ng"),
        ("ng", "ng"),
        ("nh", "nh"),
        ("gh", "g"),
        ("kh", "kh"),
        ("tr", "ch"),
        ("th", "th"),
        ("ch", "ch"),
        ("ph", "ph"),
        ("qu", "qu"),
        ("s", "x"),
        ("n", "l"),
        ("k", "c"),
        ("r", "d"),
        ("b", "b"),
        ("c", "c"),
        ("d", "d"),
        ("g", "g"),
        ("h", "h"),
        ("l", "l"),
        ("m", "m"),
        ("p", "p"),
        ("t", "t"),
        ("v", "v"),
        ("x", "x"),
    ];
    for (written, sound) in same {
        if let Some(rest) = folded.strip_prefix(written) {
            return (sound, rest);
        }
    }
    ("", folded)
}

/// One letter more, less, other, or two neighbours swapped.
pub(super) fn is_one_key_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let common = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(common..).unwrap_or_default(), other.get(common..).unwrap_or_default());
    match (one, other) {
        ([], [_]) | ([_], []) => true,
        ([a, b, one @ ..], [c, d, other @ ..]) if a == d && b == c && one == other => true,
        ([_, one @ ..], [_, rest @ ..]) if one == rest => true,
        ([_, one @ ..], other) if one == other => true,
        (one, [_, other @ ..]) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_here_write_for_each_other_sounds_alike() {
        for (one, other) in [
            ("ly", "li"),
            ("y", "i"),
            ("yen", "ien"),
            ("my", "mi"),
            ("quy", "qui"),
            ("dang", "giang"),
            ("dap", "giap"),
            ("ram", "dam"),
            ("sam", "xam"),
            ("tram", "cham"),
            ("lam", "nam"),
            ("nghia", "ngia"),
            ("gieng", "dieng"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        for (one, other) in [("thuy", "thui"), ("bay", "bai"), ("nga", "la"), ("nhan", "lan"), ("khanh", "canh"), ("thin", "tin")]
        {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
    }

    #[test]
    fn syllables_that_cannot_be_are_told() {
        for syllable in ["nguyen", "quach", "hien", "uoc", "thuong", "giang", "gia", "y", "nhoi", "xa", "ut", "hoa", "quyen"] {
            assert!(exists(syllable), "{syllable}");
        }
        for syllable in ["hein", "nguyn", "thij", "vna", "hienn", "bu1"] {
            assert!(!exists(syllable), "{syllable}");
        }
    }

    #[test]
    fn one_key_apart_is_one_key() {
        for (one, other) in [("hien", "hein"), ("hien", "hie"), ("hien", "hienn"), ("hien", "hian"), ("hoa", "oa")] {
            assert!(is_one_key_apart(one, other) && is_one_key_apart(other, one), "{one} {other}");
        }
        for (one, other) in [("hien", "hien"), ("hien", "ihne"), ("hien", "han"), ("a", "bcd")] {
            assert!(!is_one_key_apart(one, other), "{one} {other}");
        }
    }
}
