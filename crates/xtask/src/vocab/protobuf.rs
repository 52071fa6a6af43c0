//! A reader for the part of Protocol Buffers that a `SentencePiece` model uses.

/// One field of a message.
pub(crate) enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

/// Parses a message into its fields, each with its number, in order.
pub(crate) fn fields(mut message: &[u8]) -> Result<Vec<(u64, Field<'_>)>, String> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let tag = varint(&mut message)?;
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut message)?),
            2 => {
                let length = usize::try_from(varint(&mut message)?).unwrap_or(usize::MAX);
                Field::Bytes(take(&mut message, length)?)
            }
            5 => Field::Fixed32(
                take(&mut message, 4)?
                    .try_into()
                    .map_err(|_| "a fixed-width field is truncated")?,
            ),
            kind => return Err(format!("unsupported wire type {kind}")),
        };
        found.push((tag >> 3, field));
    }
    Ok(found)
}

fn varint(message: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(message, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a varint is longer than 64 bits".to_owned())
}

fn take<'a>(message: &mut &'a [u8], count: usize) -> Result<&'a [u8], String> {
    let (taken, rest) = message
        .split_at_checked(count)
        .ok_or("the message ends inside a field")?;
    *message = rest;
    Ok(taken)
}
