//! Random names and numbers. Nothing here has to be secret; it has to be different every time.

/// Letters of an id: 32 of them, so that five random bits pick one without bias.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A prediction id as Replicate writes it: 26 characters of `[a-z0-9]`.
pub(crate) fn prediction_id() -> String {
    letters(26)
}

/// The unguessable part of an output's address.
pub(crate) fn delivery_token() -> String {
    letters(44)
}

/// `msg_` and random letters: the `webhook-id` of one event, the same on every retry.
pub(crate) fn message_id() -> String {
    format!("msg_{}", letters(24))
}

/// The seed the model draws for itself: 16 bits, never 0.
pub(crate) fn seed() -> u16 {
    let [high, low] = bytes::<2>();
    u16::from_be_bytes([high, low]).max(1)
}

fn letters(count: usize) -> String {
    let mut text = String::with_capacity(count);
    while text.len() < count {
        for byte in bytes::<16>() {
            if text.len() < count {
                text.push(char::from(LETTERS[usize::from(byte & 31)]));
            }
        }
    }
    text
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // A machine without randomness still gets distinct names: the clock moves on.
        let nanoseconds = jiff::Timestamp::now().as_nanosecond().to_be_bytes();
        for (byte, filler) in bytes.iter_mut().zip(nanoseconds.iter().rev().cycle()) {
            *byte = *filler;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_length_and_letters_of_the_real_ones() {
        let id = prediction_id();
        assert_eq!(id.len(), 26);
        assert!(
            id.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        );
        assert_ne!(id, prediction_id());
        assert!(message_id().starts_with("msg_"));
    }
}
