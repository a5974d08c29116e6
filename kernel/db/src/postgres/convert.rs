//! Values to and from PostgreSQL's binary format.

use std::error::Error as Fault;

use bytes::BytesMut;
use postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use crate::Value;

type Result<T> = std::result::Result<T, Box<dyn Fault + Sync + Send>>;

/// Whether the value can be sent for a parameter of this type; looked at before anything is sent.
pub(super) fn fits(value: &Value, wanted: &Type) -> bool {
    match value {
        Value::Null => true,
        Value::Int(value) => match *wanted {
            Type::INT8 | Type::FLOAT8 => true,
            Type::INT4 => i32::try_from(*value).is_ok(),
            Type::INT2 => i16::try_from(*value).is_ok(),
            Type::BOOL => matches!(value, 0 | 1),
            _ => false,
        },
        Value::Real(_) => matches!(*wanted, Type::FLOAT8 | Type::FLOAT4),
        Value::Text(text) => is_text(wanted) && !text.as_bytes().contains(&0),
        Value::Bytes(_) => *wanted == Type::BYTEA,
    }
}

fn is_text(kind: &Type) -> bool {
    matches!(*kind, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::JSONB | Type::UNKNOWN)
}

/// The first byte of jsonb: the version of its format.
const JSONB: u8 = 1;

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull> {
        if !fits(self, wanted) {
            return Err(format!("{} cannot be sent as {wanted}", self.kind()).into());
        }
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Int(value) => match *wanted {
                Type::INT4 => out.extend_from_slice(&(*value as i32).to_be_bytes()),
                Type::INT2 => out.extend_from_slice(&(*value as i16).to_be_bytes()),
                Type::BOOL => out.extend_from_slice(&[*value as u8]),
                Type::FLOAT8 => out.extend_from_slice(&(*value as f64).to_be_bytes()),
                _ => out.extend_from_slice(&value.to_be_bytes()),
            },
            Value::Real(value) if *wanted == Type::FLOAT4 => out.extend_from_slice(&(*value as f32).to_be_bytes()),
            Value::Real(value) => out.extend_from_slice(&value.to_be_bytes()),
            Value::Text(text) => {
                if *wanted == Type::JSONB {
                    out.extend_from_slice(&[JSONB]);
                }
                out.extend_from_slice(text.as_bytes());
            }
            Value::Bytes(bytes) => out.extend_from_slice(bytes),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Value> {
        Ok(match *kind {
            Type::INT8 => Value::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Value::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Value::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Type::OID => Value::Int(u32::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Value::Int((raw == [1]).into()),
            Type::FLOAT8 => Value::Real(f64::from_be_bytes(raw.try_into()?)),
            Type::FLOAT4 => Value::Real(f32::from_be_bytes(raw.try_into()?).into()),
            Type::NUMERIC => numeric(raw)?,
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::VOID => Value::Null,
            Type::JSONB => Value::Text(std::str::from_utf8(raw.strip_prefix(&[JSONB]).unwrap_or(raw))?.into()),
            _ if is_text(kind) || matches!(kind.kind(), Kind::Enum(_)) => Value::Text(std::str::from_utf8(raw)?.into()),
            _ => return Err(format!("a column of type {kind} cannot be read; write CAST(.. AS text)").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Value> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// What `sum` and `avg` of integers answer: digits to the base of 10,000. Without decimals it is an integer, as on SQLite.
fn numeric(raw: &[u8]) -> Result<Value> {
    let word = |at: usize| -> Result<u16> {
        let bytes = raw.get(2 * at..2 * at + 2).ok_or("a number that ends too soon")?;
        Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let (digits, weight, sign, scale) = (word(0)?, word(1)? as i16, word(2)?, word(3)?);
    if sign != 0 && sign != 0x4000 {
        return Ok(Value::Real(if sign == 0xD000 {
            f64::INFINITY
        } else if sign == 0xF000 {
            f64::NEG_INFINITY
        } else {
            f64::NAN
        }));
    }
    let mut whole: i128 = 0;
    let mut real = 0.0;
    for at in 0..digits {
        let digit = word(4 + usize::from(at))?;
        let power = i32::from(weight) - i32::from(at);
        real += f64::from(digit) * 10_000f64.powi(power);
        if (0..=8).contains(&power) {
            whole += i128::from(digit) * 10_000i128.pow(power as u32);
        }
    }
    let negative = sign == 0x4000;
    let whole = if negative { -whole } else { whole };
    match i64::try_from(whole) {
        Ok(whole) if scale == 0 && weight <= 8 => Ok(Value::Int(whole)),
        _ => Ok(Value::Real(if negative { -real } else { real })),
    }
}
