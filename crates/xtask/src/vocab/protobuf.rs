//! As much of protocol buffers as a `SentencePiece` model needs.

/// One field of a message.
pub enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Word([u8; 4]),
}

/// The fields of a message with their numbers, in the order in which they stand.
pub fn fields(mut message: &[u8]) -> Result<Vec<(u64, Field<'_>)>, String> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let tag = varint(&mut message)?;
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut message)?),
            2 => {
                let length = usize::try_from(varint(&mut message)?).unwrap_or(usize::MAX);
                Field::Bytes(take(&mut message, length)?)
            }
            5 => Field::Word(
                take(&mut message, 4)?
                    .try_into()
                    .map_err(|_| "four bytes")?,
            ),
            kind => return Err(format!("a field of kind {kind}")),
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
    Err("a number that does not end".to_owned())
}

fn take<'a>(message: &mut &'a [u8], count: usize) -> Result<&'a [u8], String> {
    let (taken, rest) = message
        .split_at_checked(count)
        .ok_or("it ends within a field")?;
    *message = rest;
    Ok(taken)
}
