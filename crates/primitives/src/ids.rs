//! Identifiers: short strings that are parsed once, where they enter.
//!
//! A minted id is a prefix and a ULID in lower case (48 bits of milliseconds, 80 random bits), so ids sort by
//! the time they were made. Time and randomness are arguments.

use crate::string_newtype;
use crate::time::Timestamp;

/// Crockford's base-32 alphabet, lower case.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters in a ULID: 130 bits at 5 bits each.
const ULID_LENGTH: usize = 26;

fn push_ulid(out: &mut String, at: Timestamp, random: u128) {
    let milliseconds = u128::from(at.as_millisecond().unsigned_abs() & 0xffff_ffff_ffff);
    let bits = (milliseconds << 80) | (random & ((1 << 80) - 1));
    for place in (0..ULID_LENGTH).rev() {
        let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
        out.push(char::from(ALPHABET[digit]));
    }
}

fn is_ulid(text: &str) -> bool {
    text.len() == ULID_LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

macro_rules! minted_id {
    ($name:ident, $prefix:literal, $expected:literal, $doc:literal) => {
        string_newtype!(
            #[doc = $doc]
            $name,
            $expected,
            |text| text.strip_prefix($prefix).is_some_and(is_ulid)
        );

        impl $name {
            /// Makes an id for the time `at` from the low 80 bits of `random`.
            #[must_use]
            pub fn mint(at: Timestamp, random: u128) -> Self {
                let mut text = String::from($prefix);
                push_ulid(&mut text, at, random);
                Self(text)
            }
        }
    };
}

string_newtype!(
    /// A person or an operator. Chosen by the operator, so that an existing product keeps its own user ids.
    UserId,
    "a user id (3-40 of a-z, 0-9, `_`, `-`, beginning with a letter or digit)",
    |text| {
        (3..=40).contains(&text.len())
            && text
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
            && !text.starts_with(['_', '-'])
    }
);
string_newtype!(
    /// An enhancement LoRA in the catalogue. Chosen by the operator.
    EnhancementId,
    "an enhancement's id (2-40 of a-z, 0-9 and `-`, beginning with a letter and not ending with `-`)",
    |text| {
        (2..=40).contains(&text.len())
            && text
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
    }
);
minted_id!(
    ModelId,
    "mdl_",
    "a model id",
    "A model in its owner's studio: the only way a client can name one."
);
minted_id!(
    GenerationId,
    "gen_",
    "a generation id",
    "One request for pictures."
);
minted_id!(PictureId, "pic_", "a picture id", "One stored picture.");
minted_id!(
    SeriesId,
    "ser_",
    "a series' id",
    "A shoot or a comparison: generations that were asked for together."
);
minted_id!(
    ShareLinkId,
    "shr_",
    "a share link's id",
    "A link that shows one picture."
);
minted_id!(
    ConversationId,
    "cnv_",
    "a conversation's id",
    "A conversation with Maya."
);
minted_id!(SessionId, "ses_", "a session id", "One signed-in browser.");
minted_id!(AlbumId, "alb_", "an album's id", "A person's album.");
minted_id!(
    OwnPresetId,
    "prs_",
    "a preset's id",
    "A preset that a person made."
);
minted_id!(
    LinkRequestId,
    "lnk_",
    "a link request's id",
    "An operator's request for another operator's sign-in link."
);
minted_id!(
    DeletionId,
    "del_",
    "a deletion's id",
    "The deletion of a person: it stands in their place wherever a trace of them remains."
);
minted_id!(
    RequestId,
    "req_",
    "a request id",
    "One HTTP request: shown with an error, found again in the log."
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minted_ids_sort_by_time_and_parse_back() {
        let early = GenerationId::mint(Timestamp::from_millisecond(1_000), u128::MAX);
        let late = GenerationId::mint(Timestamp::from_millisecond(1_001), 0);
        assert!(early < late);
        assert_eq!(early.as_str().parse(), Ok(early.clone()));
    }

    #[test]
    fn ids_of_another_kind_or_shape_are_refused() {
        let picture = PictureId::mint(Timestamp::from_millisecond(1), 1);
        assert!(picture.as_str().parse::<GenerationId>().is_err());
        for text in [
            "",
            "gen_",
            "gen_01",
            "gen_ILOU0000000000000000000000",
            "gen_%2e%2e",
        ] {
            assert!(text.parse::<GenerationId>().is_err(), "{text}");
        }
    }

    #[test]
    fn user_ids_are_safe_as_an_object_prefix() {
        for text in ["ada", "42585527", "a-b_c"] {
            assert!(text.parse::<UserId>().is_ok(), "{text}");
        }
        for text in [
            "",
            "ab",
            "Ada",
            "a/b",
            "../x",
            "-ab",
            "a b",
            "é12",
            &"a".repeat(41),
        ] {
            assert!(text.parse::<UserId>().is_err(), "{text}");
        }
    }
}
