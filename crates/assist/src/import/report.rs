//! What left a pasted text, and why: collected while the passes run, and shown to the person.

use selfsame_primitives::string_enum;
use selfsame_prompt::parameters::Overrides;
use serde::Serialize;

use super::rewrites;
use super::traced::{Cut, Join};

/// Something that left the text for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dropped {
    /// The stable code of the reason.
    pub code: DroppedCode,
    /// The text as it was pasted. Brackets and weights include the words in them, although those stayed.
    pub text: String,
    /// The reason as a sentence.
    pub reason: &'static str,
}

macro_rules! dropped {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $reason:literal;)+) => {
        string_enum! {
            /// Why something was dropped.
            DroppedCode { $($(#[$meta])* $variant = $code,)+ }
        }

        impl DroppedCode {
            /// The reason as a sentence.
            #[must_use]
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$variant => $reason,)+ }
            }
        }
    };
}

dropped! {
    /// `<lora:…>`, `<lyco:…>`, `<hypernet:…>`, and LoRAs of a workflow.
    LoraTag = "lora_tag", "Your pictures are made with your own LoRA alone; no other can be loaded.";
    /// `<sd_cpp_extra_args>…` and similar tags.
    ExtraArgs = "extra_args", "A prompt cannot carry arguments for the program that makes the picture.";
    /// Another tag in `<` and `>`.
    Tag = "tag", "Tags like this one mean nothing to FLUX.";
    /// `embedding:name`.
    Embedding = "embedding", "Embeddings belong to other models; FLUX would read the name as words.";
    /// `(x:1.3)`, `((x))`, `[x]`. The words stayed.
    Emphasis = "emphasis", "FLUX knows no weights or emphasis: the words stay, the marks go. What matters most goes first.";
    /// `[a:b:0.5]`, `[a|b]`. One of the two stayed.
    PromptEditing = "prompt_editing", "FLUX reads one prompt from the first step to the last, so one of these was kept.";
    /// `x::2`. The words stayed.
    PromptWeight = "prompt_weight", "FLUX knows no weights: the words stay. What matters most goes first.";
    /// `BREAK` and similar commands.
    Keyword = "keyword", "This is a command to another tool and would be read as a word.";
    /// The address of an image.
    ImageAddress = "image_address", "A prompt is words alone; an image cannot be fetched from an address.";
    /// A Midjourney parameter without a counterpart.
    MidjourneyParameter = "midjourney_parameter", "This is a setting of Midjourney that has no counterpart here.";
    /// `CFG scale: 7`.
    CfgScale = "cfg_scale", "CFG is another scale than FLUX's guidance: 7 there is not 7 here. Your preset's guidance stays.";
    /// A setting of another tool without a counterpart.
    Setting = "setting", "This setting of another tool has no counterpart here.";
    /// The checkpoint.
    Model = "model", "Your pictures are made with your own model.";
    /// A value outside the range of the setting here.
    OutOfRange = "out_of_range", "This value is outside what can be set here, and a nearby one would not be yours.";
    /// A setting that an earlier one has set already.
    Repeated = "repeated", "This was given more than once; the first one counts.";
    /// A negative prompt.
    NegativePrompt = "negative_prompt", "FLUX has no negative prompt: naming a thing brings it into the picture.";
    /// `Prompt:`, `/imagine`.
    Label = "label", "This is a label, not part of the description.";
    /// The rest of a workflow or of another tool's JSON.
    Workflow = "workflow", "The rest of this is about how the other tool works.";
    /// Marks that were nested to hide one another.
    Marks = "marks", "These marks were nested too deeply to read, so they were all removed.";
}

/// Something the person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Notice {
    /// Stable code.
    pub code: NoticeCode,
    /// The text that it is about, as it was pasted. Empty when it is about several.
    pub text: String,
    /// One sentence.
    pub message: &'static str,
    /// Words that could be added to the text. Only for `negative_prompt`.
    pub suggestions: Vec<String>,
}

string_enum! {
    /// The stable codes of [`Notice`]s.
    NoticeCode {
        /// A setting moved from the text to `moved`.
        Moved = "moved",
        /// LoRAs or arguments were dropped.
        ModelDropped = "model_dropped",
        /// A negative prompt was dropped.
        NegativePrompt = "negative_prompt",
        /// Image addresses were dropped.
        ImageDropped = "image_dropped",
        /// A workflow in which no prompt was found. The text stays as it was pasted.
        WorkflowUnreadable = "workflow_unreadable",
    }
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

/// What the passes found.
#[derive(Default)]
pub(super) struct Cleanup {
    pub(super) moved: Overrides,
    pub(super) dropped: Vec<Dropped>,
    pub(super) notices: Vec<Notice>,
    /// What the last pass found in the text as it is now.
    pub(super) cuts: Vec<Cut>,
}

impl Cleanup {
    /// Marks the bytes `start..end` to be taken out.
    pub(super) fn cut(&mut self, start: usize, end: usize, join: Join) {
        self.cuts.push(Cut { start, end, join });
    }

    /// Lists `text` as dropped.
    pub(super) fn drop(&mut self, code: DroppedCode, text: &str) {
        self.dropped.push(Dropped {
            code,
            text: text.trim().to_owned(),
            reason: code.reason(),
        });
    }

    /// Drops `thing`, which begins at `start`, and returns its end.
    pub(super) fn take(
        &mut self,
        code: DroppedCode,
        start: usize,
        thing: &str,
        join: Join,
    ) -> usize {
        let end = start + thing.len();
        self.drop(code, thing);
        self.cut(start, end, join);
        end
    }

    /// Adds a notice, unless there is one with the same code and text.
    pub(super) fn notice(&mut self, code: NoticeCode, text: &str) {
        let text = text.trim();
        let mut known = self.notices.iter();
        if !known.any(|one| one.code == code && one.text == text) {
            self.notices.push(Notice {
                code,
                text: text.to_owned(),
                message: code.message(),
                suggestions: Vec::new(),
            });
        }
    }

    /// Adds a notice for each kind of dropped thing that needs an explanation.
    pub(super) fn notice_dropped(&mut self) {
        for (cause, code) in [
            (DroppedCode::LoraTag, NoticeCode::ModelDropped),
            (DroppedCode::ExtraArgs, NoticeCode::ModelDropped),
            (DroppedCode::NegativePrompt, NoticeCode::NegativePrompt),
            (DroppedCode::ImageAddress, NoticeCode::ImageDropped),
        ] {
            if self.dropped.iter().any(|one| one.code == cause) {
                self.notice(code, "");
            }
        }
        for notice in &mut self.notices {
            if notice.code == NoticeCode::NegativePrompt {
                notice.suggestions = rewrites::suggestions(&self.dropped);
            }
        }
    }
}
