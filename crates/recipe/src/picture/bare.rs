//! Reduces a picture file to what draws the picture, and marks it as generated: the IPTC's `DigitalSourceType` in the XMP
//! packet, for programs that read files.

use super::{Format, PictureError, jpeg, png, webp, xmp};

/// The file with nothing in it but what draws the picture, and the mark of pictures that a trained model made.
///
/// Pixels, colours, transparency and an animation's frames stay as they are. Notes go, whoever wrote them: EXIF with its
/// orientation, XMP with a recipe, comments, text, embedded previews, a signed manifest (which the mark would invalidate),
/// and what follows the picture's own data. A file that is bare already stays the same.
///
/// # Errors
/// The file is no PNG, JPEG or WebP, is cut off, or its structure is broken.
pub fn bare(picture: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mark = xmp::mark_alone();
    match Format::of(picture)? {
        Format::Png => png::bare(picture, &mark),
        Format::Jpeg => jpeg::bare(picture, &mark),
        Format::Webp => webp::bare(picture, &mark),
    }
}
