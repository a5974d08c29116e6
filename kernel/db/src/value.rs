//! One value, given to a statement or read from a column.

/// A parameter or a cell. Truth is `Int` 0 or 1, JSON is `Text`, times are `Int`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// SQL NULL.
    #[default]
    Null,
    /// Any integer, and booleans as 0 and 1.
    Int(i64),
    /// Double precision.
    Real(f64),
    /// UTF-8 text without NUL characters, and JSON.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// What kind of value this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Int(_) => "an integer",
            Value::Real(_) => "a real number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
        }
    }

    /// Whether this is NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Value {
                Value::$variant(value.into())
            }
        }
    )*};
}

from!(i64 => Int, i32 => Int, u32 => Int, u16 => Int, u8 => Int, bool => Int, f64 => Real, String => Text, &str => Text, Box<str> => Text,
    std::borrow::Cow<'_, str> => Text, Vec<u8> => Bytes, &[u8] => Bytes);

impl From<&String> for Value {
    fn from(value: &String) -> Value {
        Value::Text(value.clone())
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Value {
        value.clone()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}
