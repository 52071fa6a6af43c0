//! The recipe and the mark as properties of an XMP packet (ISO 16684-1).
//!
//! Each has its own description, so the rest of the packet stays unchanged and only the end of the RDF has to be found.
//! Characters of a recipe that XML reserves or does not allow are written with JSON's escapes.

use std::str;

use super::PictureError;
use crate::{Recipe, RecipeError};

const OPEN: &str =
    "<rdf:Description rdf:about=\"\" xmlns:selfsame=\"urn:selfsame:1\"><selfsame:recipe>";
const CLOSE: &str = "</selfsame:recipe></rdf:Description>";
const END: &str = "</rdf:RDF>";

/// The mark: the picture was made by a trained model (IPTC Photo Metadata, Digital Source Type).
const MARK: &str = "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"><Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType></rdf:Description>";

/// The beginning of a packet that this crate makes.
const HEAD: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"selfsame\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";
/// The same in a WebP that had no extended header before.
const SIMPLE_HEAD: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"selfsame simple\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";
const TAIL: &str = "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

/// A packet, split around the recipe. Without a recipe, all of it is in `before`.
pub(super) struct Packet<'a> {
    exists: bool,
    before: &'a str,
    recipe: Option<&'a str>,
    after: &'a str,
}

impl<'a> Packet<'a> {
    /// Reads a file's packet, if it has one.
    pub(super) fn of(content: Option<&'a [u8]>) -> Result<Self, PictureError> {
        let text = str::from_utf8(content.unwrap_or_default());
        let packet = Self::read(text.map_err(|_| PictureError::ForeignXmp)?)?;
        Ok(Self {
            exists: content.is_some(),
            ..packet
        })
    }

    pub(super) fn read(text: &'a str) -> Result<Self, PictureError> {
        let Some((before, rest)) = text.split_once(OPEN) else {
            return Ok(Self {
                exists: true,
                before: text,
                recipe: None,
                after: "",
            });
        };
        let (recipe, after) = rest.split_once(CLOSE).ok_or(PictureError::Damaged)?;
        if after.contains(OPEN) {
            return Err(PictureError::Duplicate);
        }
        Ok(Self {
            exists: true,
            before,
            recipe: Some(recipe),
            after,
        })
    }

    pub(super) const fn has_recipe(&self) -> bool {
        self.recipe.is_some()
    }

    /// The recipe in it, which must have the form that [`with`](Self::with) writes.
    pub(super) fn recipe(&self) -> Result<Option<Recipe>, PictureError> {
        let Some(text) = self.recipe else {
            return Ok(None);
        };
        let recipe = Recipe::read(text)?;
        if escaped(&recipe.canonical_json()) == text {
            Ok(Some(recipe))
        } else {
            Err(RecipeError::NotCanonical.into())
        }
    }

    /// Whether this crate made the packet for a WebP file without an extended header.
    pub(super) fn was_simple(&self) -> bool {
        self.before == SIMPLE_HEAD && self.after == TAIL
    }

    /// The packet with the canonical JSON `recipe`, in place of any other.
    pub(super) fn with(&self, recipe: &str, simple: bool) -> Result<String, PictureError> {
        let recipe = escaped(recipe);
        let (before, after) = if self.has_recipe() {
            (self.before, self.after)
        } else if self.exists {
            split_at_end(self.before).ok_or(PictureError::ForeignXmp)?
        } else {
            (if simple { SIMPLE_HEAD } else { HEAD }, TAIL)
        };
        Ok([before, OPEN, &recipe, CLOSE, after].concat())
    }

    /// The packet without a recipe; `None` when this crate made it and nothing else is in it.
    pub(super) fn without(&self) -> Option<String> {
        let ours = (self.before == HEAD || self.before == SIMPLE_HEAD) && self.after == TAIL;
        (!ours).then(|| self.before.to_owned() + self.after)
    }
}

/// Splits a packet where a description can be added.
fn split_at_end(packet: &str) -> Option<(&str, &str)> {
    packet.split_at_checked(packet.rfind(END)?)
}

/// A packet with the mark and nothing else.
pub(super) fn mark_alone() -> String {
    [HEAD, MARK, TAIL].concat()
}

/// Escapes the characters that XML reserves or does not allow. In JSON they occur in strings only.
fn escaped(json: &str) -> String {
    let mut out = String::new();
    for character in json.chars() {
        out.push_str(match character {
            '&' => "\\u0026",
            '<' => "\\u003c",
            '>' => "\\u003e",
            '\u{fffe}' => "\\ufffe",
            '\u{ffff}' => "\\uffff",
            _ => {
                out.push(character);
                continue;
            }
        });
    }
    out
}
