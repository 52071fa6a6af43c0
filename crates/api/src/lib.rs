//! The API's JSON, one type a shape. Dates are RFC 3339 UTC; ids are sortable strings; errors are [`ErrorBody`].

mod access;
mod account;
mod allowance;
mod archive;
mod bin;
mod binding;
mod consent;
mod conversation;
mod deletion;
mod enhancement;
mod error;
mod event;
mod gallery;
mod generation;
mod operator;
mod preset;
mod raw;
mod series;
mod share;
mod title;

pub use access::{AccessAction, AccessEntry, AccessLogPage, Actor, SignInList, SignInSummary};
pub use account::{
    Allowance, AskForLink, Health, LoraProof, Me, Model, ModelList, ModelState, OwnEmail, Provider,
    Role, SignIn,
};
pub use allowance::{
    AllowanceAccount, AllowanceRequest, AllowanceState, AskForMore, ChangeAllowance, Inbox,
    InboxItem, LedgerEntry, LedgerEntryKind, MOST_PICTURES, MonthlyAllowance,
};
pub use archive::ArchiveRequest;
pub use bin::{BinEntry, BinPage, Binned, BinnedId};
pub use binding::{
    BindModel, BoundModel, LoraCheck, LoraCheckPicture, ModelBinding, ModelBindings, RunningWork,
    TransferModel, UnbindModel,
};
pub use consent::{Attestation, Consent, ConsentStatement, StatementWords};
pub use conversation::{
    ChangeConversation, ChangeDraft, Conversation, ConversationPage, ConversationRecord, Draft,
    DraftConflict, NewConversation, NewTurn, Speaker, Turn, Words,
};
pub use deletion::{ConfirmDeletion, Deletion, Remains, Removed};
pub use enhancement::{
    Catalogue, CatalogueEntry, EnhancementList, OfferedEnhancement, PutEnhancement,
};
pub use error::{ErrorBody, ErrorDetail};
pub use event::{Event, Numbered, Opening};
pub use gallery::{
    Album, AlbumList, ChangePictures, LONGEST_SEARCH, ListedPicture, MOST_CHANGED, NameAlbum,
    PictureChange, PicturePage, PictureQuery, PicturesChanged, Selection,
};
pub use generation::{
    Failure, FailureCode, Generation, GenerationPage, GenerationRequest, GenerationStatus,
    GenerationSummary, Picture, PictureRecord, PictureSummary, Progress, RequestSummary,
};
pub use operator::{
    AllowanceLimit, AuditPage, AuditRecord, CreatePerson, Link, LinkRequest, LinkRequests,
    MintLink, People, Person, PersonAccount, PersonStatus, SetEmail,
};
pub use preset::{
    ChangePreset, NamedSettings, NewPreset, OwnPreset, PresetFile, PresetList, PresetSettings,
    PresetSource,
};
pub use raw::RawJson;
pub use selfsame_primitives::error::{ErrorCode, Refusal};
pub use series::{
    CastVote, Frame, FrameChanges, FrameGeneration, ParameterPreference, PlannedFrame,
    PreferenceShare, Preferences, Preferred, RenameSeries, Series, SeriesCost, SeriesCounts,
    SeriesKind, SeriesPage, SeriesPlace, SeriesPlan, SeriesRecord, SeriesState, ValuePreference,
    Vote,
};
pub use share::{CreateShareLink, ShareLink, ShareLinkList};
pub use title::Title;
