//! Unsigned LEB128 numbers, shortest form only, and zigzag for signed ones.

use crate::cbor::Malformed;

/// Appends a number.
pub fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front.
pub fn take(input: &mut &[u8]) -> Result<u64, Malformed> {
    let mut number = 0u64;
    for place in 0..10 {
        let (byte, rest) = input.split_first().ok_or(Malformed::Truncated)?;
        *input = rest;
        let bits = u64::from(byte & 0x7f);
        if place == 9 && bits > 1 {
            return Err(Malformed::Unexpected);
        }
        number |= bits << (7 * place);
        if byte & 0x80 == 0 {
            return if bits == 0 && place > 0 { Err(Malformed::NotCanonical) } else { Ok(number) };
        }
    }
    Err(Malformed::Unexpected)
}

/// Appends a signed number.
pub fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)) as u64);
}

/// Takes a signed number off the front.
pub fn take_signed(input: &mut &[u8]) -> Result<i64, Malformed> {
    let number = take(input)?;
    Ok(((number >> 1) as i64) ^ -((number & 1) as i64))
}
