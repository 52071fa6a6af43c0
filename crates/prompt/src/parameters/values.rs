//! Parameters with a fixed set of words as values.

use selfsame_primitives::string_enum;

string_enum! {
    /// Width to height; at one megapixel the sides are multiples of 32 (1:1 is 1024x1024).
    AspectRatio {
        /// 1024x1024.
        Square = "1:1",
        /// 896x1088.
        Portrait4x5 = "4:5",
        /// 896x1152.
        Portrait3x4 = "3:4",
        /// 832x1216.
        Portrait2x3 = "2:3",
        /// 768x1344.
        Portrait9x16 = "9:16",
        /// 640x1536.
        Portrait9x21 = "9:21",
        /// 1088x896.
        Landscape5x4 = "5:4",
        /// 1152x896.
        Landscape4x3 = "4:3",
        /// 1216x832.
        Landscape3x2 = "3:2",
        /// 1344x768.
        Landscape16x9 = "16:9",
        /// 1536x640.
        Landscape21x9 = "21:9",
    }
}

string_enum! {
    /// Approximate size of a picture; a string on the wire, in every schema.
    Megapixels {
        /// About one million pixels.
        One = "1",
        /// Half of each side.
        Quarter = "0.25",
    }
}

string_enum! {
    /// File format of the pictures.
    OutputFormat {
        /// `WebP`.
        Webp = "webp",
        /// JPEG.
        Jpg = "jpg",
        /// PNG: lossless, quality has no meaning.
        Png = "png",
    }
}
