//! The canonical CBOR that records travel in (RFC 8949 §4.2: shortest integers, definite lengths, sorted keys).
//!
//! Digests and signatures cover bytes, so one value must have exactly one encoding: [`Reader`] refuses every other form
//! instead of repairing it. The subset is integers, byte and text strings, arrays, maps with integer keys, null and
//! booleans; there are no floats and no tags. Reading never panics, never allocates more than the input is long and
//! stops at [`MAX_DEPTH`]. Writing cannot fail. See ADR 0010 for why this is not a library.

/// How deep arrays and maps may nest; an op itself is the first level.
pub const MAX_DEPTH: u8 = 6;

const UINT: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
/// The one-byte encoding of null.
pub const NULL: u8 = 0xf6;

/// Why bytes were refused. It never quotes them: they may hold a person's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes end inside an item.
    #[error("the bytes end too early")]
    Truncated,
    /// A longer form was used where a shorter one exists, keys are unsorted, or a length is indefinite.
    #[error("not the canonical form")]
    NotCanonical,
    /// An item of another type stands here, or its number does not fit.
    #[error("an unexpected item")]
    Unexpected,
    /// A declared limit is exceeded.
    #[error("a limit is exceeded")]
    TooLarge,
    /// Bytes are left over after the last item.
    #[error("bytes are left over")]
    Trailing,
}

/// Room for most ops, so that writing one does not move its bytes again and again.
const USUAL: usize = 128;

/// Writes canonical items one after the other.
#[derive(Debug, Clone)]
pub struct Writer {
    out: Vec<u8>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self { out: Vec::with_capacity(USUAL) }
    }

    /// The bytes written so far.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// How many bytes are written.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn head(&mut self, major: u8, number: u64) -> &mut Self {
        let major = major << 5;
        let wide = number.to_be_bytes();
        match number {
            0..=23 => self.out.push(major | wide[7]),
            24..=0xff => self.out.extend_from_slice(&[major | 24, wide[7]]),
            0x100..=0xffff => {
                self.out.push(major | 25);
                self.out.extend_from_slice(&wide[6..]);
            }
            0x1_0000..=0xffff_ffff => {
                self.out.push(major | 26);
                self.out.extend_from_slice(&wide[4..]);
            }
            _ => {
                self.out.push(major | 27);
                self.out.extend_from_slice(&wide);
            }
        }
        self
    }

    /// An unsigned integer.
    pub fn uint(&mut self, number: u64) -> &mut Self {
        self.head(UINT, number)
    }

    /// A signed integer.
    pub fn int(&mut self, number: i64) -> &mut Self {
        if number < 0 { self.head(NEGATIVE, !(number as u64)) } else { self.head(UINT, number as u64) }
    }

    /// A byte string.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.head(BYTES, bytes.len() as u64);
        self.out.extend_from_slice(bytes);
        self
    }

    /// A text string.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.head(TEXT, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
        self
    }

    /// The start of an array of `len` items.
    pub fn array(&mut self, len: usize) -> &mut Self {
        self.head(ARRAY, len as u64)
    }

    /// The start of a map of `len` pairs; the caller writes integer keys in ascending order.
    pub fn map(&mut self, len: usize) -> &mut Self {
        self.head(MAP, len as u64)
    }

    /// Null.
    pub fn null(&mut self) -> &mut Self {
        self.out.push(NULL);
        self
    }

    /// A boolean.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.out.push(if value { TRUE } else { FALSE });
        self
    }

    /// An item that is already canonical.
    pub fn raw(&mut self, item: &[u8]) -> &mut Self {
        self.out.extend_from_slice(item);
        self
    }

    /// An item that is already canonical, or null where there is none.
    pub fn raw_or_null(&mut self, item: Option<&[u8]>) -> &mut Self {
        match item {
            Some(item) => self.raw(item),
            None => self.null(),
        }
    }
}

/// Reads canonical items and refuses everything else.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `input`.
    pub fn new(input: &'a [u8]) -> Self {
        Self { input, at: 0 }
    }

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.at == self.input.len()
    }

    /// Refuses left-over bytes.
    pub fn finish(self) -> Result<(), Malformed> {
        if self.is_at_end() { Ok(()) } else { Err(Malformed::Trailing) }
    }

    fn peek(&self) -> Result<u8, Malformed> {
        self.input.get(self.at).copied().ok_or(Malformed::Truncated)
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(len).ok_or(Malformed::Truncated)?;
        let taken = self.input.get(self.at..end).ok_or(Malformed::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    fn head(&mut self) -> Result<(u8, u64), Malformed> {
        let first = self.peek()?;
        let (major, short) = (first >> 5, first & 0x1f);
        self.at += 1;
        let (width, least) = match short {
            0..=23 => return Ok((major, u64::from(short))),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            _ => return Err(Malformed::NotCanonical),
        };
        let number = self.take(width)?.iter().fold(0u64, |number, byte| (number << 8) | u64::from(*byte));
        if number < least { Err(Malformed::NotCanonical) } else { Ok((major, number)) }
    }

    fn expect(&mut self, wanted: u8) -> Result<u64, Malformed> {
        let (major, number) = self.head()?;
        if major == wanted { Ok(number) } else { Err(Malformed::Unexpected) }
    }

    /// An unsigned integer.
    pub fn uint(&mut self) -> Result<u64, Malformed> {
        self.expect(UINT)
    }

    /// An unsigned integer that fits `T`.
    pub fn number<T: TryFrom<u64>>(&mut self) -> Result<T, Malformed> {
        T::try_from(self.uint()?).map_err(|_| Malformed::Unexpected)
    }

    /// A signed integer.
    pub fn int(&mut self) -> Result<i64, Malformed> {
        let (major, number) = self.head()?;
        let magnitude = i64::try_from(number).map_err(|_| Malformed::Unexpected)?;
        match major {
            UINT => Ok(magnitude),
            NEGATIVE => Ok(!magnitude),
            _ => Err(Malformed::Unexpected),
        }
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let len = self.expect(BYTES)?;
        self.take(usize::try_from(len).map_err(|_| Malformed::Truncated)?)
    }

    /// A byte string of exactly `N` bytes.
    pub fn array_of<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.bytes()?.try_into().map_err(|_| Malformed::Unexpected)
    }

    /// A text string.
    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        let len = self.expect(TEXT)?;
        let taken = self.take(usize::try_from(len).map_err(|_| Malformed::Truncated)?)?;
        std::str::from_utf8(taken).map_err(|_| Malformed::NotCanonical)
    }

    /// The start of an array: the number of items that follow. Each takes at least one byte, so it cannot exceed the input.
    pub fn array(&mut self) -> Result<usize, Malformed> {
        let len = self.expect(ARRAY)?;
        self.count(len)
    }

    /// The start of an array of exactly `len` items.
    pub fn array_len(&mut self, len: usize) -> Result<(), Malformed> {
        if self.array()? == len { Ok(()) } else { Err(Malformed::Unexpected) }
    }

    /// The start of a map: the number of pairs that follow. The caller reads each key with [`Reader::key`].
    pub fn map(&mut self) -> Result<usize, Malformed> {
        let len = self.expect(MAP)?;
        self.count(len)
    }

    fn count(&self, len: u64) -> Result<usize, Malformed> {
        let count = usize::try_from(len).map_err(|_| Malformed::Truncated)?;
        if count > self.input.len() - self.at { Err(Malformed::Truncated) } else { Ok(count) }
    }

    /// An integer key of a map, greater than the one before.
    pub fn key(&mut self, before: &mut Option<u64>) -> Result<u64, Malformed> {
        let key = self.uint()?;
        if before.is_some_and(|before| key <= before) {
            return Err(Malformed::NotCanonical);
        }
        *before = Some(key);
        Ok(key)
    }

    /// Reads a null if one stands here.
    pub fn null(&mut self) -> Result<bool, Malformed> {
        let is_null = self.peek()? == NULL;
        if is_null {
            self.at += 1;
        }
        Ok(is_null)
    }

    /// What `read` reads, or nothing where null stands.
    pub fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Malformed>) -> Result<Option<T>, Malformed> {
        if self.null()? { Ok(None) } else { read(self).map(Some) }
    }

    /// A boolean.
    pub fn bool(&mut self) -> Result<bool, Malformed> {
        let value = match self.peek()? {
            TRUE => true,
            FALSE => false,
            _ => return Err(Malformed::Unexpected),
        };
        self.at += 1;
        Ok(value)
    }

    /// Whether the next item is a byte string.
    pub fn is_bytes(&self) -> bool {
        self.peek().is_ok_and(|first| first >> 5 == BYTES)
    }

    /// Whether the next item is an unsigned integer.
    pub fn is_uint(&self) -> bool {
        self.peek().is_ok_and(|first| first >> 5 == UINT)
    }

    /// Any one item, checked to be canonical all through, as the bytes it stands in. Arrays and maps in it may nest
    /// `levels` deep.
    pub fn item(&mut self, levels: u8) -> Result<&'a [u8], Malformed> {
        let start = self.at;
        self.skip(levels)?;
        self.input.get(start..self.at).ok_or(Malformed::Truncated)
    }

    fn skip(&mut self, levels: u8) -> Result<(), Malformed> {
        let first = self.peek()?;
        match first >> 5 {
            UINT => self.uint().map(drop),
            NEGATIVE => self.int().map(drop),
            BYTES => self.bytes().map(drop),
            TEXT => self.text().map(drop),
            ARRAY => {
                let inner = levels.checked_sub(1).ok_or(Malformed::TooLarge)?;
                (0..self.array()?).try_for_each(|_| self.skip(inner))
            }
            MAP => {
                let inner = levels.checked_sub(1).ok_or(Malformed::TooLarge)?;
                let mut before = None;
                (0..self.map()?).try_for_each(|_| {
                    self.key(&mut before)?;
                    self.skip(inner)
                })
            }
            _ if first == NULL => self.null().map(drop),
            _ => self.bool().map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]
    use super::*;

    #[test]
    fn integers_take_their_shortest_form() {
        for number in [0, 1, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32, u64::MAX] {
            let mut writer = Writer::new();
            writer.uint(number);
            let bytes = writer.into_bytes();
            assert_eq!(Reader::new(&bytes).uint(), Ok(number));
        }
        for number in [0, -1, -24, -25, -256, -257, i64::MIN, i64::MAX] {
            let mut writer = Writer::new();
            writer.int(number);
            assert_eq!(Reader::new(&writer.into_bytes()).int(), Ok(number));
        }
    }

    #[test]
    fn longer_forms_are_refused() {
        for bytes in [&[0x18, 0x17][..], &[0x19, 0x00, 0xff], &[0x1a, 0, 0, 0xff, 0xff], &[0x9f, 0xff], &[0x5f, 0xff]] {
            assert_eq!(Reader::new(bytes).item(6), Err(Malformed::NotCanonical), "{bytes:x?}");
        }
    }

    #[test]
    fn floats_tags_and_other_simple_values_are_refused() {
        for bytes in [&[0xf9, 0, 0][..], &[0xc0, 0x60], &[0xf7], &[0xff], &[0xe0]] {
            assert!(Reader::new(bytes).item(6).is_err(), "{bytes:x?}");
        }
    }

    #[test]
    fn unsorted_and_repeated_keys_are_refused() {
        assert_eq!(Reader::new(&[0xa2, 2, 0, 1, 0]).item(6), Err(Malformed::NotCanonical));
        assert_eq!(Reader::new(&[0xa2, 1, 0, 1, 0]).item(6), Err(Malformed::NotCanonical));
        assert!(Reader::new(&[0xa2, 1, 0, 2, 0]).item(6).is_ok());
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(Reader::new(&[0x81, 0x81, 0x01]).item(2).is_ok());
        assert_eq!(Reader::new(&[0x81, 0x81, 0x01]).item(1), Err(Malformed::TooLarge));
        assert!(Reader::new(&[0x81; 1000]).item(6).is_err());
    }

    #[test]
    fn a_declared_length_beyond_the_input_is_refused_without_allocating() {
        assert_eq!(Reader::new(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).array(), Err(Malformed::Truncated));
        assert_eq!(Reader::new(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).bytes(), Err(Malformed::Truncated));
    }
}
