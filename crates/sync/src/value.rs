//! Values as canonical CBOR, by the type of their field.
//!
//! The typed columns of a store are one form of these bytes and digests are over the bytes, so [`encode_field`] and
//! [`decode_field`] must round-trip exactly. Bytes that do not (a newer peer's, or a careless one's) stay bytes: the
//! store keeps them in `ext`.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::{Decimal, Field, RecordId, Value, ValueType};

use crate::cbor::{Malformed, Reader, Writer};

/// The code of a deleted record in its life.
pub const DELETED: &str = "deleted";
/// The code of a record that was restored.
pub const LIVE: &str = "live";

const UNIX_EPOCH_FROM_CE: i32 = 719_163;

/// One value.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut writer = Writer::new();
    write(value, &mut writer);
    writer.into_bytes()
}

/// One value of a type. Refuses what another encoding of the same value would be.
pub fn decode(ty: ValueType, bytes: &[u8]) -> Result<Value, Malformed> {
    let mut reader = Reader::new(bytes);
    let value = read(ty, &mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// The value of a field from the values of its columns: `None` when all are absent, else the value, or for a group the
/// array of its members with null where one is absent.
pub fn encode_field(values: &[Option<Value>]) -> Option<Vec<u8>> {
    if values.iter().all(Option::is_none) {
        return None;
    }
    if let [Some(value)] = values {
        return Some(encode(value));
    }
    let mut writer = Writer::new();
    writer.array(values.len());
    for value in values {
        match value {
            Some(value) => write(value, &mut writer),
            None => {
                writer.null();
            }
        }
    }
    Some(writer.into_bytes())
}

/// The values of a field's columns. Fails unless [`encode_field`] gives exactly these bytes back.
pub fn decode_field(field: &Field, bytes: Option<&[u8]>) -> Result<Vec<Option<Value>>, Malformed> {
    let Some(bytes) = bytes else { return Ok(vec![None; field.columns.len()]) };
    let values = match field.columns {
        [column] => vec![Some(decode(column.ty, bytes)?)],
        columns => {
            let mut reader = Reader::new(bytes);
            reader.array_len(columns.len())?;
            let values =
                columns.iter().map(|column| reader.optional(|reader| read(column.ty, reader))).collect::<Result<_, _>>()?;
            reader.finish()?;
            values
        }
    };
    if encode_field(&values).as_deref() == Some(bytes) { Ok(values) } else { Err(Malformed::NotCanonical) }
}

/// The scope of a root record (`fid 2`).
pub fn encode_scope(scope: u32) -> Vec<u8> {
    encode(&Value::Int(i64::from(scope)))
}

/// A life (`fid 1`): `deleted` or `live` with the code of the reason.
pub fn encode_life(code: &str, reason: Option<&str>) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(2).text(code);
    match reason {
        Some(reason) => writer.text(reason),
        None => writer.null(),
    };
    writer.into_bytes()
}

/// The code and the reason of a life.
pub fn decode_life(bytes: &[u8]) -> Result<(String, Option<String>), Malformed> {
    let mut reader = Reader::new(bytes);
    reader.array_len(2)?;
    let code = reader.text()?.to_owned();
    let reason = reader.optional(|reader| reader.text().map(str::to_owned))?;
    reader.finish()?;
    Ok((code, reason))
}

/// Whether a life says that the record is deleted.
pub fn is_deletion(bytes: &[u8]) -> bool {
    decode_life(bytes).is_ok_and(|(code, _)| code == DELETED)
}

fn write(value: &Value, writer: &mut Writer) {
    match value {
        Value::Int(number) => writer.int(*number),
        Value::Bool(yes) => writer.bool(*yes),
        Value::Text(text) | Value::Code(text) => writer.text(text),
        Value::Date(date) => writer.int(i64::from(date.num_days_from_ce() - UNIX_EPOCH_FROM_CE)),
        Value::PartialDate(date) => writer.text(&date.to_string()),
        Value::Month(month) => writer.text(&month.to_string()),
        Value::Decimal(number) => writer.array(2).int(i64::from(number.exponent)).int(number.mantissa),
        Value::Ref(id) => writer.bytes(&id.0),
        Value::Set(codes) => {
            writer.array(codes.len());
            for code in codes {
                writer.text(code);
            }
            writer
        }
    };
}

fn read(ty: ValueType, reader: &mut Reader<'_>) -> Result<Value, Malformed> {
    Ok(match ty {
        ValueType::Int => Value::Int(reader.int()?),
        ValueType::Bool => Value::Bool(reader.bool()?),
        ValueType::Text { .. } => Value::Text(reader.text()?.to_owned()),
        ValueType::Code(_) => Value::Code(reader.text()?.to_owned()),
        ValueType::Date => Value::Date(date(reader.int()?).ok_or(Malformed::Unexpected)?),
        ValueType::PartialDate => Value::PartialDate(exact(reader.text()?)?),
        ValueType::Month => Value::Month(exact(reader.text()?)?),
        ValueType::Decimal => {
            reader.array_len(2)?;
            let exponent = i8::try_from(reader.int()?).map_err(|_| Malformed::Unexpected)?;
            if exponent.unsigned_abs() > 18 {
                return Err(Malformed::Unexpected);
            }
            Value::Decimal(Decimal { exponent, mantissa: reader.int()? })
        }
        ValueType::Ref => Value::Ref(RecordId(reader.array_of()?)),
        ValueType::Set(_) => {
            let mut codes = BTreeSet::new();
            for _ in 0..reader.array()? {
                let code = reader.text()?;
                if codes.last().is_some_and(|last: &String| last.as_str() >= code) {
                    return Err(Malformed::NotCanonical);
                }
                codes.insert(code.to_owned());
            }
            Value::Set(codes)
        }
    })
}

fn date(days: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?.checked_add(UNIX_EPOCH_FROM_CE)?)
}

/// A text form that prints as it was read.
fn exact<T: std::str::FromStr + ToString>(text: &str) -> Result<T, Malformed> {
    let value: T = text.parse().map_err(|_| Malformed::Unexpected)?;
    if value.to_string() == text { Ok(value) } else { Err(Malformed::NotCanonical) }
}
