//! What serde writes into. Each method is a few bytes at each of its uses, because every type that is written uses
//! several.
use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::number::write as finite;

/// Writes at the end of a text.
pub(super) struct Writer<'a>(&'a mut String);

/// A list or an object that is not closed yet.
pub(super) struct Open<'a> {
    out: &'a mut String,
    close: &'static str,
}

/// The value has no JSON.
#[derive(Debug)]
pub(super) struct NoJson;

impl Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that has no JSON")
    }
}

impl std::error::Error for NoJson {}

impl Error for NoJson {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl<'a> Writer<'a> {
    pub(super) const fn of(out: &'a mut String) -> Self {
        Self(out)
    }

    #[inline(never)]
    fn open(self, open: &str, close: &'static str) -> Open<'a> {
        self.0.push_str(open);
        Open { out: self.0, close }
    }

    /// The content of a variant: `{"variant":…}`.
    #[inline(never)]
    fn variant(self, variant: &str, open: &str, close: &'static str) -> Open<'a> {
        self.0.push('{');
        key(self.0, variant);
        self.open(open, close)
    }

    #[inline(never)]
    fn integer(self, negative: bool, mut number: u64) {
        let mut digits = [0; 20];
        let mut places = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789"[(number % 10) as usize];
            number /= 10;
            places += 1;
            if number == 0 {
                break;
            }
        }
        if negative {
            self.0.push('-');
        }
        let digits = digits.iter().skip(digits.len() - places);
        self.0.extend(digits.map(|digit| char::from(*digit)));
    }
}

/// A comma, unless this is the first item of its list or object.
fn separate(out: &mut String) {
    if !matches!(out.as_bytes().last(), Some(b'[' | b'{')) {
        out.push(',');
    }
}

#[inline(never)]
fn key(out: &mut String, key: &str) {
    separate(out);
    string(out, key);
    out.push(':');
}

#[inline(never)]
fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // Mostly there is nothing to escape.
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        let (plain, special) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(plain);
        escape(out, special.as_bytes().first().copied().unwrap_or_default());
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

fn escape(out: &mut String, byte: u8) {
    let short = match byte {
        8 => 'b',
        b'\t' => 't',
        b'\n' => 'n',
        12 => 'f',
        b'\r' => 'r',
        ..b' ' => {
            out.push_str("\\u00");
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
            return;
        }
        _ => char::from(byte),
    };
    out.push('\\');
    out.push(short);
}

fn number(out: &mut String, number: f64) {
    if number.is_finite() {
        finite(out, number);
    } else {
        out.push_str("null");
    }
}

type Written = Result<(), NoJson>;

/// Kinds of value that are written in one way each.
macro_rules! write {
    ($($method:ident: $kind:ty),+ => $self:ident, $value:ident, $body:expr) => {
        $(fn $method($self, $value: $kind) -> Written { $body; Ok(()) })+
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = NoJson;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    write!(serialize_bool: bool => self, value, self.0.push_str(if value { "true" } else { "false" }));
    write!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32
        => self, value, self.integer(value < 0, value.unsigned_abs().into()));
    write!(serialize_i64: i64 => self, value, self.integer(value < 0, value.unsigned_abs()));
    write!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32
        => self, value, self.integer(false, value.into()));
    write!(serialize_u64: u64 => self, value, self.integer(false, value));
    write!(serialize_f32: f32 => self, value, number(self.0, value.into()));
    write!(serialize_f64: f64 => self, value, number(self.0, value));
    write!(serialize_str: &str => self, value, string(self.0, value));

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let open = self.variant(variant, "", "}");
        value.serialize(Writer(&mut *open.out))?;
        SerializeSeq::end(open)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, NoJson> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, NoJson> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, NoJson> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, NoJson> {
        Ok(self.variant(variant, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, NoJson> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, NoJson> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, NoJson> {
        Ok(self.variant(variant, "{", "}}"))
    }
}

/// What has items.
macro_rules! items {
    ($($kind:ident $method:ident),+) => {
        $(impl $kind for Open<'_> {
            type Ok = ();
            type Error = NoJson;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
                separate(self.out);
                item.serialize(Writer(self.out))
            }

            fn end(self) -> Written {
                self.out.push_str(self.close);
                Ok(())
            }
        })+
    };
}

items!(SerializeSeq serialize_element, SerializeTuple serialize_element);
items!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

/// What has fields.
macro_rules! fields {
    ($($kind:ident),+) => {
        $(impl $kind for Open<'_> {
            type Ok = ();
            type Error = NoJson;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                key(self.out, name);
                value.serialize(Writer(self.out))
            }

            fn end(self) -> Written {
                SerializeSeq::end(self)
            }
        })+
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = NoJson;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        SerializeSeq::serialize_element(self, key)?;
        if self.out.ends_with('"') {
            Ok(())
        } else {
            Err(NoJson)
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.out.push(':');
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Written {
        SerializeSeq::end(self)
    }
}
