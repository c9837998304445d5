//! Epoch lines: how a server that was restored from a backup is told from one that was not.
//!
//! A scope's line lists random ids, each with the number where its epoch began; a restore appends one. The numbers after
//! that point have been used again for other ops, so a cursor that was set under another line goes back to where the lines
//! part. Comparing with the server's present number is not enough: by then it may have grown past the cursor again.

use crate::cbor::{Malformed, Reader, Writer};

/// One epoch of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch {
    /// Random, below 2^63.
    pub id: u64,
    /// The last number of the epoch before.
    pub base: u64,
}

/// A scope's epochs, oldest first.
pub type Line = Vec<Epoch>;

/// Where a cursor at `seq` goes when a device that holds `mine` meets a server that holds `theirs`.
pub fn meet(mine: &[Epoch], theirs: &[Epoch], seq: u64) -> u64 {
    let shared = mine.iter().zip(theirs).take_while(|(mine, theirs)| mine == theirs).count();
    [mine.get(shared), theirs.get(shared)].into_iter().flatten().map(|epoch| epoch.base).fold(seq, u64::min)
}

/// A line as bytes for a column.
pub fn encode(line: &[Epoch]) -> Vec<u8> {
    let mut writer = Writer::new();
    write(line, &mut writer);
    writer.into_bytes()
}

/// A line from a column's bytes; nothing is the empty line.
pub fn decode(bytes: &[u8]) -> Result<Line, Malformed> {
    if bytes.is_empty() {
        return Ok(Line::new());
    }
    let mut reader = Reader::new(bytes);
    let line = read(&mut reader)?;
    reader.finish().map(|()| line)
}

pub(crate) fn write(line: &[Epoch], writer: &mut Writer) {
    writer.array(line.len());
    for epoch in line {
        writer.array(2).uint(epoch.id).uint(epoch.base);
    }
}

pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Line, Malformed> {
    let mut line = Line::new();
    for _ in 0..reader.array()? {
        reader.array_len(2)?;
        line.push(Epoch { id: reader.uint()?, base: reader.uint()? });
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Epoch = Epoch { id: 11, base: 0 };
    const SECOND: Epoch = Epoch { id: 22, base: 40 };
    const OTHER: Epoch = Epoch { id: 33, base: 25 };

    #[test]
    fn a_cursor_goes_back_to_where_the_lines_part() {
        assert_eq!(meet(&[FIRST], &[FIRST], 60), 60);
        assert_eq!(meet(&[FIRST], &[FIRST, SECOND], 60), 40);
        assert_eq!(meet(&[FIRST], &[FIRST, SECOND], 30), 30);
        assert_eq!(meet(&[FIRST, SECOND], &[FIRST, OTHER], 60), 25);
        assert_eq!(meet(&[FIRST, SECOND], &[FIRST], 60), 40);
        assert_eq!(meet(&[], &[FIRST, SECOND], 60), 0);
    }
}
