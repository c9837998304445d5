//! The one macro that declares a record: struct, registry entry, and the way to and from a [`Row`](crate::Row).
//!
//! A macro, because four hand-kept copies of a field list would drift apart, and the wire depends on them agreeing.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{Decimal, Month, PartialDate, RecordId, Value};

/// A Rust type that is stored as a [`Value`].
pub trait Stored: Sized {
    /// To a value.
    fn to_value(&self) -> Value;
    /// From a value of the right type.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! stored {
    ($type:ty, $($variant:ident)|+, $make:expr) => {
        impl Stored for $type {
            fn to_value(&self) -> Value {
                $make(self.clone())
            }
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $(Value::$variant(inner) => Some(inner.clone()),)+
                    _ => None,
                }
            }
        }
    };
}
stored!(i64, Int, Value::Int);
stored!(bool, Bool, Value::Bool);
stored!(NaiveDate, Date, Value::Date);
stored!(PartialDate, PartialDate, Value::PartialDate);
stored!(Month, Month, Value::Month);
stored!(Decimal, Decimal, Value::Decimal);
stored!(RecordId, Ref, Value::Ref);
stored!(String, Text | Code, Value::Text);
stored!(BTreeSet<String>, Set, Value::Set);

/// Declares records. `number name (parent) [restricted] { fid field { column: RustType = ValueType, … } … }`.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident = $number:literal $table:literal, parent $parent:expr, restricted $restricted:literal;
        $( $fid:literal $field:ident { $( $(#[$cdoc:meta])* $column:ident : $rust:ty = $ty:expr ),+ $(,)? } )+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($( $(#[$cdoc])* pub $column: Option<$rust>, )+)+
        }

        impl $crate::registry::Record for $name {
            const KIND: &'static $crate::registry::Kind = &$crate::registry::Kind {
                number: $number,
                name: $table,
                parent: $parent,
                restricted: $restricted,
                fields: &[$( $crate::registry::Field {
                    fid: $fid,
                    name: stringify!($field),
                    columns: &[$( $crate::registry::Column { name: stringify!($column), ty: $ty } ),+],
                } ),+],
            };

            fn to_row(&self) -> $crate::registry::Row {
                use $crate::records::define::typed;
                let values = vec![$($( self.$column.as_ref().map(|value| typed($ty, value)), )+)+];
                $crate::registry::Row { kind: Self::KIND, values }
            }

            fn from_row(row: &$crate::registry::Row) -> Self {
                use $crate::records::define::Stored;
                let mut values = row.values.iter();
                Self { $($( $column: values.next().and_then(|value| value.as_ref()).and_then(Stored::from_value), )+)+ }
            }
        }
    };
}
pub(crate) use record;

/// A value in the variant its column's type asks for: a `String` is a code where the column holds codes.
pub fn typed<T: Stored>(ty: crate::ValueType, value: &T) -> Value {
    match (ty, value.to_value()) {
        (crate::ValueType::Code(_), Value::Text(code)) => Value::Code(code),
        (_, value) => value,
    }
}
