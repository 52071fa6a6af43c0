//! What left a pasted text, and why.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rewrites;
use crate::params::Overrides;

/// Something that left the text for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dropped {
    /// Why, for programs.
    pub code: DroppedCode,
    /// As it was pasted. Of brackets and weights it is the whole, though the words in it stayed.
    pub text: String,
    /// Why, in a sentence.
    pub reason: &'static str,
}

macro_rules! dropped {
    ($($(#[$meta:meta])* $variant:ident = $reason:literal),+ $(,)?) => {
        /// Why something was dropped.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum DroppedCode { $($(#[$meta])* $variant,)+ }

        impl DroppedCode {
            /// The sentence.
            #[must_use]
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$variant => $reason,)+ }
            }
        }
    };
}

dropped! {
    /// `<lora:…>`, `<lyco:…>`, `<hypernet:…>`, and LoRAs of a workflow.
    LoraTag = "Your pictures are made with your own LoRA alone; no other can be loaded.",
    /// `<sd_cpp_extra_args>…` and its like.
    ExtraArgs = "A prompt cannot carry arguments for the program that makes the picture.",
    /// Another tag in `<` and `>`.
    Tag = "Tags like this one mean nothing to FLUX.",
    /// `embedding:name`.
    Embedding = "Embeddings belong to other models; FLUX would read the name as words.",
    /// `(x:1.3)`, `((x))`, `[x]`: the words stayed.
    Emphasis = "FLUX knows no weights or emphasis: the words stay, the marks go. What matters most goes first.",
    /// `[a:b:0.5]`, `[a|b]`: one of them stayed.
    PromptEditing = "FLUX reads one prompt from the first step to the last, so one of these was kept.",
    /// `x::2`: the words stayed.
    PromptWeight = "FLUX knows no weights: the words stay. What matters most goes first.",
    /// `BREAK` and its like.
    Keyword = "This is a command to another tool and would be read as a word.",
    /// The address of an image.
    ImageAddress = "A prompt is words alone; an image cannot be fetched from an address.",
    /// A parameter of Midjourney that has no counterpart.
    MidjourneyParameter = "This is a setting of Midjourney that has no counterpart here.",
    /// `CFG scale: 7`.
    CfgScale = "CFG is another scale than FLUX's guidance: 7 there is not 7 here. Your preset's guidance stays.",
    /// A setting of another tool.
    Setting = "This setting of another tool has no counterpart here.",
    /// The checkpoint.
    Model = "Your pictures are made with your own model.",
    /// Outside what the product takes.
    OutOfRange = "This value is outside what can be set here, and a nearby one would not be yours.",
    /// Given before with another value.
    Repeated = "This was given more than once; the first one counts.",
    /// Words for what is not wanted.
    NegativePrompt = "FLUX has no negative prompt: naming a thing brings it into the picture.",
    /// `Prompt:`, `/imagine`.
    Label = "This is a label, not part of the description.",
    /// The rest of a workflow, or of another tool's JSON.
    Workflow = "The rest of this is about how the other tool works.",
    /// Marks that were nested to hide one another.
    Marks = "So many marks inside one another could not be told apart, so all of them went.",
}

/// Something the person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Notice {
    /// Stable code.
    pub code: NoticeCode,
    /// What it is about, as it was pasted; empty when it is about several things.
    pub text: String,
    /// One sentence.
    pub message: &'static str,
    /// What could be added to the text; only with `negative_prompt`.
    pub suggestions: Vec<String>,
}

/// The stable codes of [`Notice`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// A setting left the text and is in `moved`.
    Moved,
    /// LoRAs or arguments were dropped.
    ModelDropped,
    /// A negative prompt was dropped.
    NegativePrompt,
    /// Image addresses were dropped.
    ImageDropped,
    /// A workflow in which no prompt was found; the text stays as it was pasted.
    WorkflowUnreadable,
}

impl NoticeCode {
    const fn message(self) -> &'static str {
        match self {
            Self::Moved => "This became a setting.",
            Self::ModelDropped => {
                "The prompt asked for other LoRAs or program arguments. They were dropped: only your own model makes your pictures."
            }
            Self::NegativePrompt => {
                "There is no negative prompt here. Say what you want to see instead, for example with these words."
            }
            Self::ImageDropped => {
                "Image addresses were dropped: describe in words what you liked about the image."
            }
            Self::WorkflowUnreadable => {
                "This looks like a ComfyUI workflow, but no prompt could be found in it. Paste the text of its positive prompt."
            }
        }
    }
}

/// What is gathered while a text is gone through.
#[derive(Default)]
pub(super) struct Report {
    pub(super) moved: Overrides,
    pub(super) dropped: Vec<Dropped>,
    told: Vec<(NoticeCode, String)>,
}

impl Report {
    pub(super) fn drop(&mut self, code: DroppedCode, text: &str) {
        self.dropped.push(Dropped {
            code,
            text: text.trim().to_owned(),
            reason: code.reason(),
        });
    }

    pub(super) fn tell(&mut self, code: NoticeCode, text: &str) {
        let one = (code, text.trim().to_owned());
        if !self.told.contains(&one) {
            self.told.push(one);
        }
    }

    /// Each moved setting, and one notice for each kind of thing that was dropped and needs words.
    pub(super) fn notices(&mut self) -> Vec<Notice> {
        let mut told = core::mem::take(&mut self.told);
        let kinds = [
            (
                NoticeCode::ModelDropped,
                [DroppedCode::LoraTag, DroppedCode::ExtraArgs],
            ),
            (NoticeCode::NegativePrompt, [DroppedCode::NegativePrompt; 2]),
            (NoticeCode::ImageDropped, [DroppedCode::ImageAddress; 2]),
        ];
        for (code, causes) in kinds {
            if self.dropped.iter().any(|one| causes.contains(&one.code)) {
                told.push((code, String::new()));
            }
        }
        let notice = |(code, text): (NoticeCode, String)| Notice {
            code,
            text,
            message: code.message(),
            suggestions: if code == NoticeCode::NegativePrompt {
                rewrites::of(&self.dropped)
            } else {
                Vec::new()
            },
        };
        told.into_iter().map(notice).collect()
    }
}
