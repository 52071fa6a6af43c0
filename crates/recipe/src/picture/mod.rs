//! Picture files: embeds, reads and removes recipes, and makes files [`bare`](bare()).
//!
//! * PNG: an `iTXt` chunk with the keyword `selfsame`, behind `IHDR`; its text is the canonical JSON.
//! * JPEG and WebP: a property of the file's XMP packet, which is added if the file has none. A WebP without the
//!   extended header that XMP needs gets one, and loses it again.
//!
//! * The mark of generated pictures is a property of the XMP packet in every format, so removing the recipe leaves it.
//!
//! Every other byte of the file stays the same: [`strip`] undoes [`embed`]. The readers are hand-written because a decoder
//! would change other bytes. The picture's own data is never decoded, so damage in it is not noticed. Time and memory are
//! linear in the file's size, whatever lengths the file declares.

mod bare;
mod bytes;
mod jpeg;
mod png;
mod webp;
mod xmp;

use std::str;

pub use bare::bare;
use selfsame_prompt::parameters::OutputFormat;
use xmp::Packet;

use crate::{Recipe, RecipeError};

/// Why a recipe cannot be embedded, read or removed. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither PNG, JPEG nor WebP.
    #[error("This is not a PNG, JPEG or WebP picture.")]
    NotAPicture,
    /// The file ends too early.
    #[error("This picture file is cut off.")]
    Truncated,
    /// The file's structure is broken.
    #[error("This picture file is damaged.")]
    Damaged,
    /// There are two recipes, or two XMP packets where there can be one.
    #[error(
        "This picture file has two recipes or two sets of notes (XMP), so it is unclear which one counts."
    )]
    Duplicate,
    /// The file has an XMP packet without an end of its RDF, so nothing can be added to it.
    #[error("This picture already carries notes (XMP) that a recipe cannot be added to.")]
    ForeignXmp,
    /// The recipe does not fit: a JPEG has 64 KB for its XMP packet, a WebP file 4 GB for everything.
    #[error("The recipe is too long to go into this picture.")]
    TooLarge,
    /// The embedded data is not a valid recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
}

/// The place in a file of the recipe or the XMP packet, or of a new one.
struct Place<'a> {
    /// The content, without the format's own wrapping.
    content: Option<&'a [u8]>,
    /// The byte range of the wrapping. Empty at the place for a new one if the file has none.
    start: usize,
    end: usize,
}

#[derive(Clone, Copy)]
enum Format {
    Png,
    Jpeg,
    Webp,
}

impl Format {
    fn of(picture: &[u8]) -> Result<Self, PictureError> {
        if picture.starts_with(png::SIGNATURE) {
            Ok(Self::Png)
        } else if picture.starts_with(jpeg::SIGNATURE) {
            Ok(Self::Jpeg)
        } else if webp::is_one(picture) {
            Ok(Self::Webp)
        } else {
            Err(PictureError::NotAPicture)
        }
    }

    fn place(self, picture: &[u8]) -> Result<Place<'_>, PictureError> {
        match self {
            Self::Png => png::place(picture),
            Self::Jpeg => jpeg::place(picture),
            Self::Webp => webp::place(picture),
        }
    }
}

/// The format of the picture, as its first bytes show it.
///
/// # Errors
/// [`PictureError::NotAPicture`].
pub fn format(picture: &[u8]) -> Result<OutputFormat, PictureError> {
    Ok(match Format::of(picture)? {
        Format::Png => OutputFormat::Png,
        Format::Jpeg => OutputFormat::Jpg,
        Format::Webp => OutputFormat::Webp,
    })
}

/// Width and height in pixels, as the file's header gives them. A WebP gives them twice, and both must be equal.
///
/// # Errors
/// The file is no PNG, JPEG or WebP, is cut off, or its structure is broken.
pub fn dimensions(picture: &[u8]) -> Result<(u32, u32), PictureError> {
    match Format::of(picture)? {
        Format::Png => png::dimensions(picture),
        Format::Jpeg => jpeg::dimensions(picture),
        Format::Webp => webp::dimensions(picture),
    }
}

/// Embeds `recipe` in the picture, in place of any other.
pub fn embed(picture: &[u8], recipe: &Recipe) -> Result<Vec<u8>, PictureError> {
    let text = recipe.canonical_json();
    // What is read back must be what was embedded.
    Recipe::parse(&text)?;
    let format = Format::of(picture)?;
    let place = format.place(picture)?;
    match format {
        Format::Png => {
            let chunk = png::chunk(png::RECIPE, &text);
            Ok(bytes::spliced(picture, &place, &chunk))
        }
        Format::Jpeg => {
            let packet = Packet::of(place.content)?.with(&text, false)?;
            Ok(bytes::spliced(picture, &place, &jpeg::segment(&packet)?))
        }
        Format::Webp => {
            let packet = Packet::of(place.content)?;
            // A packet written here records whether the file was a simple one before.
            let simple = packet.was_simple() || webp::is_simple(picture);
            let range = place.start..place.end;
            webp::with(picture.to_vec(), range, &packet.with(&text, simple)?)
        }
    }
}

/// Reads the recipe in the picture; `None` when it has none.
pub fn read(picture: &[u8]) -> Result<Option<Recipe>, PictureError> {
    let format = Format::of(picture)?;
    let Some(content) = format.place(picture)?.content else {
        return Ok(None);
    };
    match format {
        Format::Png => {
            let text = str::from_utf8(content).map_err(|_| RecipeError::NotJson)?;
            Ok(Some(Recipe::parse(text)?))
        }
        Format::Jpeg | Format::Webp => match str::from_utf8(content) {
            Ok(packet) => Packet::read(packet)?.recipe(),
            // The builder writes UTF-8, so a packet in another encoding has no recipe.
            Err(_) => Ok(None),
        },
    }
}

/// Removes the recipe from the picture. A picture without one is returned unchanged.
pub fn strip(picture: &[u8]) -> Result<Vec<u8>, PictureError> {
    let format = Format::of(picture)?;
    let place = format.place(picture)?;
    let Some(content) = place.content else {
        return Ok(picture.to_vec());
    };
    let packet = match (format, str::from_utf8(content)) {
        (Format::Png, _) => return Ok(bytes::spliced(picture, &place, &[])),
        (_, Ok(packet)) => Packet::read(packet)?,
        (_, Err(_)) => return Ok(picture.to_vec()),
    };
    if !packet.has_recipe() {
        return Ok(picture.to_vec());
    }
    let rest = packet.without();
    match (format, rest) {
        (Format::Webp, rest) => {
            webp::without(picture, &place, rest.as_deref(), packet.was_simple())
        }
        (_, Some(rest)) => Ok(bytes::spliced(picture, &place, &jpeg::segment(&rest)?)),
        (_, None) => Ok(bytes::spliced(picture, &place, &[])),
    }
}
