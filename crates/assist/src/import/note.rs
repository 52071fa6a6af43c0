//! What left a pasted text, and why.

use serde::Serialize;

use super::draft::Mend;
use super::rewrites;
use selfsame_primitives::string_enum;
use selfsame_prompt::parameters::Overrides;

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
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $reason:literal;)+) => {
        string_enum! {
            /// Why something was dropped.
            DroppedCode { $($(#[$meta])* $variant = $code,)+ }
        }

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
    LoraTag = "lora_tag", "Your pictures are made with your own LoRA alone; no other can be loaded.";
    /// `<sd_cpp_extra_args>…` and its like.
    ExtraArgs = "extra_args", "A prompt cannot carry arguments for the program that makes the picture.";
    /// Another tag in `<` and `>`.
    Tag = "tag", "Tags like this one mean nothing to FLUX.";
    /// `embedding:name`.
    Embedding = "embedding", "Embeddings belong to other models; FLUX would read the name as words.";
    /// `(x:1.3)`, `((x))`, `[x]`: the words stayed.
    Emphasis = "emphasis", "FLUX knows no weights or emphasis: the words stay, the marks go. What matters most goes first.";
    /// `[a:b:0.5]`, `[a|b]`: one of them stayed.
    PromptEditing = "prompt_editing", "FLUX reads one prompt from the first step to the last, so one of these was kept.";
    /// `x::2`: the words stayed.
    PromptWeight = "prompt_weight", "FLUX knows no weights: the words stay. What matters most goes first.";
    /// `BREAK` and its like.
    Keyword = "keyword", "This is a command to another tool and would be read as a word.";
    /// The address of an image.
    ImageAddress = "image_address", "A prompt is words alone; an image cannot be fetched from an address.";
    /// A parameter of Midjourney that has no counterpart.
    MidjourneyParameter = "midjourney_parameter", "This is a setting of Midjourney that has no counterpart here.";
    /// `CFG scale: 7`.
    CfgScale = "cfg_scale", "CFG is another scale than FLUX's guidance: 7 there is not 7 here. Your preset's guidance stays.";
    /// A setting of another tool.
    Setting = "setting", "This setting of another tool has no counterpart here.";
    /// The checkpoint.
    Model = "model", "Your pictures are made with your own model.";
    /// Outside what the product takes.
    OutOfRange = "out_of_range", "This value is outside what can be set here, and a nearby one would not be yours.";
    /// Given before with another value.
    Repeated = "repeated", "This was given more than once; the first one counts.";
    /// Words for what is not wanted.
    NegativePrompt = "negative_prompt", "FLUX has no negative prompt: naming a thing brings it into the picture.";
    /// `Prompt:`, `/imagine`.
    Label = "label", "This is a label, not part of the description.";
    /// The rest of a workflow, or of another tool's JSON.
    Workflow = "workflow", "The rest of this is about how the other tool works.";
    /// Marks that were nested to hide one another.
    Marks = "marks", "So many marks inside one another could not be told apart, so all of them went.";
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

string_enum! {
    /// The stable codes of [`Notice`]s.
    NoticeCode {
        /// A setting left the text and is in `moved`.
        Moved = "moved",
        /// LoRAs or arguments were dropped.
        ModelDropped = "model_dropped",
        /// A negative prompt was dropped.
        NegativePrompt = "negative_prompt",
        /// Image addresses were dropped.
        ImageDropped = "image_dropped",
        /// A workflow in which no prompt was found; the text stays as it was pasted.
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

/// Bytes to take out.
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mend: Mend,
}

/// What is gathered while a text is gone through.
#[derive(Default)]
pub(super) struct Report {
    pub(super) moved: Overrides,
    pub(super) dropped: Vec<Dropped>,
    pub(super) notices: Vec<Notice>,
    /// What has been found in the text as it is now, and is to be taken out of it.
    pub(super) edits: Vec<Edit>,
}

impl Report {
    pub(super) fn cut(&mut self, start: usize, end: usize, mend: Mend) {
        self.edits.push(Edit { start, end, mend });
    }

    pub(super) fn drop(&mut self, code: DroppedCode, text: &str) {
        self.dropped.push(Dropped {
            code,
            text: text.trim().to_owned(),
            reason: code.reason(),
        });
    }

    /// Takes out `thing`, which begins at `start`, and says why; where it ends.
    pub(super) fn take(
        &mut self,
        code: DroppedCode,
        start: usize,
        thing: &str,
        mend: Mend,
    ) -> usize {
        let end = start + thing.len();
        self.drop(code, thing);
        self.cut(start, end, mend);
        end
    }

    /// Once for the same text.
    pub(super) fn tell(&mut self, code: NoticeCode, text: &str) {
        let text = text.trim();
        let mut told = self.notices.iter();
        if !told.any(|one| one.code == code && one.text == text) {
            self.notices.push(Notice {
                code,
                text: text.to_owned(),
                message: code.message(),
                suggestions: Vec::new(),
            });
        }
    }

    /// One notice for each kind of thing that was dropped and needs words.
    pub(super) fn tell_of_dropped(&mut self) {
        for (cause, code) in [
            (DroppedCode::LoraTag, NoticeCode::ModelDropped),
            (DroppedCode::ExtraArgs, NoticeCode::ModelDropped),
            (DroppedCode::NegativePrompt, NoticeCode::NegativePrompt),
            (DroppedCode::ImageAddress, NoticeCode::ImageDropped),
        ] {
            if self.dropped.iter().any(|one| one.code == cause) {
                self.tell(code, "");
            }
        }
        for notice in &mut self.notices {
            if notice.code == NoticeCode::NegativePrompt {
                notice.suggestions = rewrites::of(&self.dropped);
            }
        }
    }
}
