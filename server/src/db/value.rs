//! Values as both databases know them: integers, bytes, texts, null.

use crate::error::{Error, Result};

/// One argument or one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Absent.
    Null,
    /// Any whole number; unsigned ones of ours stay below 2^63.
    Int(i64),
    /// Bytes.
    Blob(Vec<u8>),
    /// Text without U+0000, which PostgreSQL does not take; what devices send lies in bytes and keeps it.
    Text(String),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $to:expr),+ $(,)?) => { $(
        impl From<$from> for Value {
            fn from($v: $from) -> Value { $to }
        }
    )+ };
}

value_from! {
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    u16 => |v| Value::Int(v.into()),
    u8 => |v| Value::Int(v.into()),
    bool => |v| Value::Int(v.into()),
    u64 => |v| Value::Int(i64::try_from(v).unwrap_or(i64::MAX)),
    &[u8] => |v| Value::Blob(v.to_vec()),
    Vec<u8> => |v| Value::Blob(v),
    [u8; 16] => |v| Value::Blob(v.to_vec()),
    [u8; 32] => |v| Value::Blob(v.to_vec()),
    &str => |v| Value::Text(v.replace('\0', "")),
    String => |v| Value::from(v.as_str()),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// One row; columns are taken in the order of the statement's list.
#[derive(Debug, Clone)]
pub struct Row(pub(super) Vec<Value>);

impl Row {
    fn column(&self, i: usize) -> Result<&Value> {
        self.0.get(i).ok_or(Error::Stored("a column is missing"))
    }

    /// A number.
    pub fn int(&self, i: usize) -> Result<i64> {
        match self.column(i)? {
            Value::Int(v) => Ok(*v),
            _ => Err(Error::Stored("a number was expected")),
        }
    }

    /// A number of any unsigned width.
    pub fn number<T: TryFrom<i64>>(&self, i: usize) -> Result<T> {
        T::try_from(self.int(i)?).map_err(|_| Error::Stored("a number is out of its range"))
    }

    /// A number, or none.
    pub fn opt_number<T: TryFrom<i64>>(&self, i: usize) -> Result<Option<T>> {
        if *self.column(i)? == Value::Null { Ok(None) } else { self.number(i).map(Some) }
    }

    /// Bytes.
    pub fn blob(&self, i: usize) -> Result<Vec<u8>> {
        match self.column(i)? {
            Value::Blob(v) => Ok(v.clone()),
            _ => Err(Error::Stored("bytes were expected")),
        }
    }

    /// Bytes, or none.
    pub fn opt_blob(&self, i: usize) -> Result<Option<Vec<u8>>> {
        if *self.column(i)? == Value::Null { Ok(None) } else { self.blob(i).map(Some) }
    }

    /// Bytes of a fixed length.
    pub fn array<const N: usize>(&self, i: usize) -> Result<[u8; N]> {
        self.blob(i)?.try_into().map_err(|_| Error::Stored("bytes have the wrong length"))
    }

    /// Text.
    pub fn text(&self, i: usize) -> Result<String> {
        match self.column(i)? {
            Value::Text(v) => Ok(v.clone()),
            _ => Err(Error::Stored("text was expected")),
        }
    }

    /// Text, or none.
    pub fn opt_text(&self, i: usize) -> Result<Option<String>> {
        if *self.column(i)? == Value::Null { Ok(None) } else { self.text(i).map(Some) }
    }
}
