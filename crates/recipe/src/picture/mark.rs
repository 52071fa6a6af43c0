//! Marks a picture as generated, for programs that read files: the IPTC's `DigitalSourceType` in the XMP packet.

use super::{Format, PictureError, jpeg, png, webp, xmp};

/// Marks the picture as made by a trained model, and cuts what follows its own data. Every other byte stays the same;
/// a picture that has the mark is only cut.
///
/// Notes of another program (XMP) stay unless they name another source, cannot be added to, or leave no room. Takes the
/// file by value, because a Worker has no memory for many copies of it.
///
/// # Errors
/// The file is no PNG, JPEG or WebP, is cut off, or its structure is broken.
pub fn mark(mut picture: Vec<u8>) -> Result<Vec<u8>, PictureError> {
    let format = Format::of(&picture)?;
    picture.truncate(format.end(&picture)?);
    let place = match format {
        Format::Png => png::place(&picture, png::XMP),
        Format::Jpeg | Format::Webp => format.place(&picture),
    }?;
    let Some(packet) = xmp::marked(place.content) else {
        return Ok(picture);
    };
    let range = place.start..place.end;
    let piece = match format {
        Format::Webp => return webp::with(picture, range, &packet),
        Format::Png => png::chunk(png::XMP, &packet),
        // A segment has 64 KB.
        Format::Jpeg => jpeg::segment(&packet).or_else(|_| jpeg::segment(&xmp::mark_alone()))?,
    };
    picture.splice(range, piece);
    Ok(picture)
}

impl Format {
    /// Where the picture's own data ends.
    fn end(self, picture: &[u8]) -> Result<usize, PictureError> {
        match self {
            Self::Png => png::end(picture),
            Self::Jpeg => jpeg::end(picture),
            Self::Webp => webp::end(picture),
        }
    }
}
