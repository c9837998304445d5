//! Secrets that people read from paper and type: Crockford base-32 with a check symbol.
//!
//! Twenty-four symbols in six groups of four; the last checks the rest. The tag keeps kinds apart: an enrolment code typed
//! where the recovery key belongs fails its check instead of being tried.

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols of a whole code, check included.
pub const LEN: usize = 24;
/// Symbols that carry something.
pub const PAYLOAD: usize = LEN - 1;

/// The tag of enrolment codes.
pub const ENROLMENT: &str = "ansinh/enrolment/1";
/// The tag of recovery keys.
pub const RECOVERY: &str = "ansinh/recovery/1";

/// Why what was typed is no code. It never quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// A character that is in no code.
    #[error("a character that is in no code")]
    Symbol,
    /// Too few or too many symbols.
    #[error("not twenty-four symbols")]
    Length,
    /// The check symbol does not fit, or it is a code of another kind.
    #[error("the check symbol does not fit")]
    Check,
}

/// Puts the check symbol behind `symbols` (each 0–31) and writes them in groups of four.
pub fn encode(tag: &str, symbols: &[u8; PAYLOAD]) -> String {
    let check = check_symbol(tag, symbols);
    let mut text = String::with_capacity(LEN + LEN / 4);
    for (place, symbol) in symbols.iter().chain([&check]).enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(SYMBOLS[usize::from(symbol & 31)]));
    }
    text
}

/// Reads what a person typed: any case, O for 0, I and L for 1, spaces and dashes anywhere.
pub fn decode(tag: &str, typed: &str) -> Result<[u8; PAYLOAD], Mistyped> {
    let mut symbols = Vec::with_capacity(LEN);
    for character in typed.chars() {
        if character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}') {
            continue;
        }
        symbols.push(symbol_of(character).ok_or(Mistyped::Symbol)?);
    }
    let symbols: [u8; LEN] = symbols.try_into().map_err(|_| Mistyped::Length)?;
    let (payload, check) = symbols.split_first_chunk::<PAYLOAD>().ok_or(Mistyped::Length)?;
    if check == [check_symbol(tag, payload)] { Ok(*payload) } else { Err(Mistyped::Check) }
}

/// The first `N` symbols of bytes read as one bit string; missing bits are 0.
pub fn symbols_of<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|place| {
        (0..5).fold(0, |symbol, bit| {
            let at = place * 5 + bit;
            let byte = bytes.get(at / 8).copied().unwrap_or(0);
            (symbol << 1) | ((byte >> (7 - at % 8)) & 1)
        })
    })
}

/// The bytes whose bits the symbols are; bits beyond the last whole byte are dropped.
pub fn bytes_of<const N: usize>(symbols: &[u8]) -> [u8; N] {
    std::array::from_fn(|place| {
        (0..8).fold(0, |byte, bit| {
            let at = place * 8 + bit;
            let symbol = symbols.get(at / 5).copied().unwrap_or(0);
            (byte << 1) | ((symbol >> (4 - at % 5)) & 1)
        })
    })
}

fn symbol_of(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|symbol| char::from(*symbol) == upper).and_then(|place| u8::try_from(place).ok())
}

fn check_symbol(tag: &str, symbols: &[u8; PAYLOAD]) -> u8 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(tag.as_bytes()).update(&[0]).update(symbols);
    hasher.finalize().as_bytes()[0] & 31
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]
    use super::*;

    #[test]
    fn what_people_confuse_is_understood() {
        let symbols = symbols_of(&[0b0000_0000, 0b0100_0001, 0x55, 0xaa, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        let code = encode(RECOVERY, &symbols);
        assert_eq!(code.len(), 29);
        let typed = code.to_lowercase().replace('0', "o").replace('1', "L").replace('-', "  ");
        assert_eq!(decode(RECOVERY, &typed), Ok(symbols));
    }

    #[test]
    fn a_code_of_another_kind_or_with_a_wrong_symbol_fails_its_check() {
        let symbols = symbols_of(&[9; 15]);
        let code = encode(RECOVERY, &symbols);
        assert_eq!(code, encode(RECOVERY, &symbols));
        let other = encode(ENROLMENT, &symbols);
        assert_ne!(code, other, "this test needs symbols whose two checks differ");
        assert_eq!(decode(RECOVERY, &other), Err(Mistyped::Check));
        assert_eq!(decode(RECOVERY, &code[1..]), Err(Mistyped::Length));
        assert_eq!(decode(RECOVERY, &code.replace('-', "?")), Err(Mistyped::Symbol));
    }

    #[test]
    fn bits_go_through_symbols_and_back() {
        let bytes = [0xde, 0xad, 0xbe, 0xef, 0x01];
        assert_eq!(bytes_of::<5>(&symbols_of::<8>(&bytes)), bytes);
    }
}
