//! The gallery: pictures by what they are, albums, and changes of many pictures at once.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{AlbumId, GenerationId, ModelId, PictureId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::{AspectRatio, OutputFormat, PresetId};

use super::Title;

/// The most pictures that one [`ChangePictures`] changes.
pub const MOST_CHANGED: u32 = 500;
/// The most characters of [`PictureQuery::q`].
pub const LONGEST_SEARCH: usize = 200;

/// Which pictures: those for which everything holds that is given. Pictures in the bin are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct PictureQuery {
    /// Words of the prompt, or of what the person said, each of them somewhere. The beginning of a word is enough, from
    /// three characters on. Accents and case make no difference. At most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Made with this model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelId>,
    /// Made for this series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesId>,
    /// Whether it is a favourite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favourite: Option<bool>,
    /// In this album.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub album: Option<AlbumId>,
    /// Made with this built-in preset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<PresetId>,
    /// Of this file format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<OutputFormat>,
    /// Stored at this moment or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Stored before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
}

/// A picture, as the gallery lists it. `GET /api/pictures/{id}` has the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListedPicture {
    /// Its id; the bytes are at `/api/images/{id}`.
    pub id: PictureId,
    /// The generation that made it.
    pub generation: GenerationId,
    /// Which of the generation's pictures it is, from 0.
    pub index: u32,
    /// The model that it was made with.
    pub model: ModelId,
    /// The built-in preset that it was made with.
    pub preset: PresetId,
    /// File format, by its bytes.
    pub format: OutputFormat,
    /// Size in bytes.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
    /// The aspect ratio that was sent, to hold the picture's place; absent if the model takes none.
    pub aspect_ratio: Option<AspectRatio>,
    /// The series that it was made for.
    pub series: Option<SeriesId>,
    /// Whether it is a favourite.
    pub favourite: bool,
    /// The first 280 characters of the person's words; of a request with slots, of the words that they became.
    pub text: String,
    /// Whether the words go on after `text`.
    pub text_truncated: bool,
    /// When it was stored.
    pub created_at: Timestamp,
}

/// `GET /api/pictures`: what was stored last comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PicturePage {
    /// At most `limit` (default 80, at most 100).
    pub pictures: Vec<ListedPicture>,
    /// For `?cursor=`; absent on the last page. It stays valid while pictures come and go.
    pub next_cursor: Option<String>,
}

/// The pictures that are to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These, at most 500. Those that do not exist are left out.
    Ids(Vec<PictureId>),
    /// All that match, at most 500. More are refused.
    Query(Box<PictureQuery>),
}

/// What becomes of pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PictureChange {
    /// They become favourites.
    Favourite,
    /// They are no longer favourites.
    Unfavourite,
    /// They are put into this album.
    AddToAlbum(AlbumId),
    /// They are taken out of this album.
    RemoveFromAlbum(AlbumId),
    /// They are moved to the bin.
    Bin,
    /// They come back from the bin. The selection is among what lies there by itself, without its generation.
    Restore,
    /// They are deleted for good. The selection is among what lies in the bin by itself, without its generation.
    DeleteForGood,
}

/// `POST /api/pictures/changes`: changes many pictures at once, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ChangePictures {
    /// Which.
    pub pictures: Selection,
    /// What becomes of them.
    pub change: PictureChange,
}

/// What a [`ChangePictures`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PicturesChanged {
    /// Pictures that were selected.
    pub selected: u32,
    /// Pictures that changed. The others were in this state already.
    pub changed: u32,
}

/// A person's album. Its pictures are at `GET /api/pictures?album=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Album {
    /// Its id.
    pub id: AlbumId,
    /// Its name, which no other album of the person's has.
    pub name: Title,
    /// Pictures in it, those in the bin left out.
    pub pictures: u32,
    /// The picture in it that was stored last.
    pub cover: Option<PictureId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// `GET /api/albums`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AlbumList {
    /// Newest first; a studio holds at most 200.
    pub albums: Vec<Album>,
}

/// `POST /api/albums` and `PATCH /api/albums/{id}`: makes an album, or renames one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NameAlbum {
    /// Its name.
    pub name: Title,
}
