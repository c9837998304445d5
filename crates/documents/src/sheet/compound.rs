//! The old xls: a file system in a file, holding a stream of records.
//!
//! The reader behind lays out the rectangle between the outermost cells of each sheet; two cells in opposite corners
//! would cost gigabytes. So the stream is walked once, looking only at places.

use super::{MAX_CELLS, ReadError, Workbook, workbook};

const END: u32 = 0xFFFF_FFFA;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let files = Files::open(bytes).ok_or(ReadError::Damaged)?;
    // A password turns an xlsx into such a file, with its content in this entry.
    if files.entry("EncryptedPackage").is_some() {
        return Err(ReadError::Protected);
    }
    let stream = files.stream("Workbook").or_else(|| files.stream("Book")).ok_or(ReadError::UnknownFormat)?;
    weigh(&stream)?;
    workbook::read(bytes, workbook::Format::Xls)
}

fn weigh(stream: &[u8]) -> Result<(), ReadError> {
    let (mut rest, mut area) = (stream, Area::default());
    while let Some((kind, data, after)) = record(rest) {
        match kind {
            0x0809 => area = Area::default(),
            0x0200 => {
                let reserved = match data.len() {
                    0..8 => 0,
                    8..14 => span(word(data, 0), word(data, 2)) * span(word(data, 4), word(data, 6)),
                    _ => span(long(data, 0), long(data, 4)) * span(word(data, 8), word(data, 10)),
                };
                if reserved > 0x1_0000 * 0x100 {
                    return Err(ReadError::TooLarge);
                }
            }
            0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x0006 => area.include(word(data, 0), word(data, 2)),
            0x00BD => {
                area.include(word(data, 0), word(data, 2));
                area.include(word(data, 0), word(data, data.len().saturating_sub(2)));
            }
            _ => {}
        }
        if area.cells() > MAX_CELLS as u64 {
            return Err(ReadError::TooLarge);
        }
        rest = after;
    }
    Ok(())
}

fn span(first: u64, after: u64) -> u64 {
    after.saturating_sub(first).max(1)
}

/// The rectangle of the cells of a sheet.
#[derive(Default)]
struct Area(Option<[u64; 4]>);

impl Area {
    fn include(&mut self, row: u64, column: u64) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, column]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

fn record(stream: &[u8]) -> Option<(u64, &[u8], &[u8])> {
    let length = usize::try_from(word(stream.get(..4)?, 2)).ok()?;
    let data = stream.get(4..4 + length)?;
    Some((word(stream, 0), data, stream.get(4 + length..)?))
}

fn word(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, |two| u64::from(u16::from_le_bytes(two)))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, |four| u64::from(u32::from_le_bytes(four)))
}

/// Just enough of the compound file format to find a stream.
struct Files<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    directory: Vec<u8>,
    small_limit: u64,
}

impl<'a> Files<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = word(bytes, 30);
        if !(7..=16).contains(&shift) {
            return None;
        }
        let mut files = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            small_table: Vec::new(),
            directory: Vec::new(),
            small_limit: long(bytes, 56),
        };
        let mut parts: Vec<u32> = (0..109).map(|index| number(bytes, 76 + 4 * index)).collect();
        let mut next = number(bytes, 68);
        for _ in 0..bytes.len() / files.sector + 1 {
            if next >= END {
                break;
            }
            let sector = files.sector(next)?;
            parts.extend(sector.chunks_exact(4).map(|four| number(four, 0)));
            next = parts.pop()?;
        }
        for part in parts.into_iter().filter(|part| *part < END) {
            let sector = files.sector(part)?;
            files.table.extend(sector.chunks_exact(4).map(|four| number(four, 0)));
        }
        files.directory = files.chain(number(bytes, 48))?;
        files.small_table = files.chain(number(bytes, 60))?.chunks_exact(4).map(|four| number(four, 0)).collect();
        Some(files)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..self.bytes.len().min(start + self.sector))
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let (mut content, mut next) = (Vec::new(), first);
        while next < END {
            content.extend_from_slice(self.sector(next)?);
            if content.len() > self.bytes.len() + self.sector {
                return None;
            }
            next = *self.table.get(next as usize)?;
        }
        Some(content)
    }

    /// First sector and size of an entry.
    fn entry(&self, name: &str) -> Option<(u32, u64)> {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let entry = self.directory.chunks_exact(128).find(|entry| {
            let length = usize::try_from(word(entry, 64)).unwrap_or(0).saturating_sub(2).min(64);
            entry.get(..length) == Some(&wanted)
        })?;
        Some((number(entry, 116), long(entry, 120)))
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (first, size) = self.entry(name)?;
        if size >= self.small_limit {
            return self.chain(first);
        }
        let small = self.chain(number(&self.directory, 116))?;
        let (mut content, mut next) = (Vec::new(), first);
        while next < END && content.len() < small.len() + 64 {
            let start = (next as usize).checked_mul(64)?;
            content.extend_from_slice(small.get(start..small.len().min(start + 64))?);
            next = *self.small_table.get(next as usize)?;
        }
        Some(content)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes)
}
