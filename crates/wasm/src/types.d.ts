// Generated from the Rust types by `cargo xtask types`. Change those.

/**
 * What was done to an account.
 */
export type AccessAction =
  | "studio_opened"
  | "signed_in"
  | "signed_out"
  | "session_ended"
  | "session_timed_out"
  | "link_minted"
  | "links_revoked"
  | "suspended"
  | "reinstated"
  | "model_bound"
  | "exported"
  | "picture_shared"
  | "share_link_ended"
  | "moved_to_bin"
  | "deleted_for_good"
  | "allowance_changed"
  | "model_unbound"
  | "model_retired"
  | "model_checked"
  | "email_changed";

/**
 * An entry of a person's access log.
 */
export type AccessEntry = {
  /**
   * Its number. Later entries have higher ones.
   */
  id: number;
  /**
   * When it happened.
   */
  at: Timestamp;
  /**
   * Who did it.
   */
  actor: Actor;
  /**
   * Which operator; absent when it was nobody's.
   */
  operator: UserId | null;
  /**
   * What was done.
   */
  action: AccessAction;
  /**
   * Details, such as the browser and network of a sign-in.
   */
  detail: string | null;
  /**
   * The session it is about.
   */
  session: SessionId | null;
  /**
   * The request that did it, as the operator's log names it.
   */
  request: RequestId | null;
};

/**
 * `GET /api/me/access-log`: newest first, `?cursor=` for more. Entries are kept for a year.
 */
export type AccessLogPage = {
  /**
   * At most `limit` (default 50, at most 100).
   */
  entries: Array<AccessEntry>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * Who did something to an account.
 */
export type Actor = "person" | "operator" | "system";

/**
 * A person's album. Its pictures are at `GET /api/pictures?album=`.
 */
export type Album = {
  /**
   * Its id.
   */
  id: AlbumId;
  /**
   * Its name, which no other album of the person's has.
   */
  name: Title;
  /**
   * Pictures in it, those in the bin left out.
   */
  pictures: number;
  /**
   * The picture in it that was stored last.
   */
  cover: PictureId | null;
  /**
   * When it was made.
   */
  created_at: Timestamp;
};

/**
 *A person's album.
 */
export type AlbumId = string;

/**
 * `GET /api/albums`.
 */
export type AlbumList = {
  /**
   * Newest first; a studio holds at most 200.
   */
  albums: Array<Album>;
};

/**
 * Pictures granted, used and held for generations that are queued or under way.
 */
export type Allowance = {
  /**
   * Pictures granted in all; absent: no limit.
   */
  granted: number | null;
  /**
   * Pictures stored, and those of generations that were canceled when the provider had begun.
   */
  used: number;
  /**
   * Pictures held for generations that are queued or under way.
   */
  reserved: number;
};

/**
 * `GET /api/me/allowance`: the allowance and its history, newest first, `?cursor=` for more.
 */
export type AllowanceAccount = {
  /**
   * Granted, used and reserved.
   */
  allowance: Allowance;
  /**
   * The renewal, if there is one.
   */
  monthly: MonthlyAllowance | null;
  /**
   * The request for more that waits for the operator.
   */
  request: AllowanceRequest | null;
  /**
   * At most `limit` (default 50, at most 100).
   */
  entries: Array<LedgerEntry>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * A request for more pictures.
 */
export type AllowanceRequest = {
  /**
   * When the person asked.
   */
  at: Timestamp;
  /**
   * What they added.
   */
  note: string | null;
};

/**
 * The answer to `ChangeAllowance`.
 */
export type AllowanceState = {
  /**
   * Granted, used and reserved.
   */
  allowance: Allowance;
  /**
   * The renewal, if there is one.
   */
  monthly: MonthlyAllowance | null;
};

/**
 * `POST /api/pictures/archive`: pictures as one ZIP archive.
 */
export type ArchiveRequest = {
  /**
   * Which, together at most 4 GB. Those that are named come in that order, those that match a query with the last
   * stored first.
   */
  pictures: Selection;
  /**
   * Whether each picture's recipe lies beside it, as a JSON file.
   */
  recipes?: boolean;
};

/**
 * `POST /api/sign-in-links`: asks for a sign-in link by e-mail, if the studio sends them. The answer is 202 whether or
 * not anybody has this address.
 */
export type AskForLink = {
  /**
   * The address.
   */
  email: string;
};

/**
 * `POST /api/me/allowance/request`: asks the operator for more pictures. One request is open at a time: the answer is the
 * open one.
 */
export type AskForMore = {
  /**
   * What the operator should know, 1-500 characters.
   */
  note?: string;
};

/**
 * Width to height; at one megapixel the sides are multiples of 32 (1:1 is 1024x1024).
 */
export type AspectRatio = "1:1" | "4:5" | "3:4" | "2:3" | "9:16" | "9:21" | "5:4" | "4:3" | "3:2" | "16:9" | "21:9";

/**
 * Who attests what when a model is bound.
 */
export type Attestation = {
  /**
   * The name of the one who attests, 1-80 characters on one line.
   */
  by: string;
  /**
   * The statement.
   */
  statement: ConsentStatement;
};

/**
 * `GET /api/operator/audit`: newest first, `?cursor=` for more, `?subject=` for one person.
 */
export type AuditPage = {
  /**
   * At most `limit` (default 50, at most 100).
   */
  entries: Array<AuditRecord>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * An entry of the audit log.
 */
export type AuditRecord = {
  /**
   * Its number. Later entries have higher ones.
   */
  id: number;
  /**
   * When it was done.
   */
  at: Timestamp;
  /**
   * Who did it: an operator's id, or `(self-service)`.
   */
  operator: string;
  /**
   * What was done, as a stable word: `suspend`.
   */
  action: string;
  /**
   * The person it was done to.
   */
  subject: UserId;
  /**
   * Details; never a secret.
   */
  detail: string;
};

/**
 * A parameter and its values.
 */
export type Axis = {
  /**
   * What varies.
   */
  parameter: AxisParameter;
  /**
   * At least two different values, in the order of the grid.
   */
  values: Array<InputValue>;
};

/**
 * What a comparison can vary.
 */
export type AxisParameter =
  | "preset"
  | "guidance"
  | "steps"
  | "lora_scale"
  | "placement"
  | "quality"
  | "enhancement"
  | "enhancement_scale"
  | "model"
  | "seed";

/**
 * One thing in the bin. Pictures in the bin cannot be seen before they are restored.
 */
export type BinEntry = {
  /**
   * Its id, to restore it or to delete it for good.
   */
  id: BinnedId;
  /**
   * When it was deleted.
   */
  deleted_at: Timestamp;
  /**
   * When it will be gone: 30 days later.
   */
  gone_at: Timestamp;
} & ({ generation: GenerationSummary } | { session: Conversation });

/**
 * `GET /api/bin`: what was deleted last comes first.
 */
export type BinPage = {
  /**
   * At most `limit` (default 20, at most 100).
   */
  entries: Array<BinEntry>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * `POST /api/operator/people/{id}/models`.
 */
export type BindModel = {
  /**
   * Who runs it.
   */
  provider: Provider;
  /**
   * The model's owner at the provider.
   */
  owner: string;
  /**
   * The model's name at the provider.
   */
  name: string;
  /**
   * The exact version (64 hexadecimal digits).
   */
  version: string;
  /**
   * The word the LoRA was trained on.
   */
  trigger: TriggerWord;
  /**
   * What the person is called in prose.
   */
  class_word: ClassWord;
  /**
   * The person's LoRA reference, for a version that carries no weights of its own; refused for any other.
   */
  weights?: string;
  /**
   * What the person's menu shows; absent: the model's name.
   */
  label?: string;
  /**
   * On whose word the face in it is used.
   */
  consent: Attestation;
  /**
   * Whether two pictures are made on the studio's account to see that the LoRA acts. The audit log says if not.
   */
  check_lora?: boolean;
};

/**
 * What can lie in the bin, by its id.
 */
export type BinnedId = GenerationId | PictureId | ConversationId;

/**
 * A model that is bound to a person.
 */
export type BoundModel = {
  /**
   * Its id in the person's studio.
   */
  id: ModelId;
  /**
   * Who runs it.
   */
  provider: Provider;
  /**
   * `owner/name` at the provider.
   */
  provider_model: string;
  /**
   * The exact version.
   */
  version: string;
};

/**
 * A finished prompt.
 */
export type Built = {
  /**
   * The prompt as the provider receives it.
   */
  text: string;
  /**
   * The prompt in pieces by origin; joined, they are `text`.
   */
  spans: Array<Span>;
  /**
   * Counts of the prompt's mentions, words and characters.
   */
  counts: Counts;
  /**
   * What the person should know.
   */
  warnings: Array<Warning>;
};

/**
 * `POST /api/series/{id}/votes`: which of two pictures of a comparison the person prefers. A second vote about the same two
 * replaces the first.
 */
export type CastVote = {
  /**
   * One picture.
   */
  first: PictureId;
  /**
   * Another one, of another cell.
   */
  second: PictureId;
  /**
   * Which of them is preferred.
   */
  preferred: Preferred;
  /**
   * The person did not see which cell is which.
   */
  blind?: boolean;
};

/**
 * `GET /api/operator/enhancements`: the whole catalogue, by title.
 */
export type Catalogue = {
  /**
   * Every entry, retired ones too.
   */
  enhancements: Array<CatalogueEntry>;
};

/**
 * An entry of the catalogue, as the operator sees it.
 */
export type CatalogueEntry = {
  /**
   * When it was retired; absent while it is offered.
   */
  retired_at: Timestamp | null;
  /**
   * When it was added.
   */
  created_at: Timestamp;
  /**
   * Its licence, or `unknown`.
   */
  licence: string;
  /**
   * What the licence means for the studio.
   */
  licence_note: string;
  /**
   * One sentence: what it does to a picture.
   */
  preview: string;
  /**
   * Its id.
   */
  id: EnhancementId;
  /**
   * Raised when its reference or its phrase changes. Recipes name it.
   */
  version: number;
  /**
   * Its name in a menu.
   */
  title: string;
  /**
   * The LoRA reference, as the provider gets it.
   */
  reference: string;
  /**
   * The words that it was trained on; absent if it acts without any.
   */
  phrase: EnhancementPhrase | null;
  /**
   * The scale if a request names none.
   */
  default_scale: number;
  /**
   * The largest scale. The smallest is 0.
   */
  max_scale: number;
};

/**
 * `POST /api/operator/people/{id}/allowance`: one of three changes. It answers a request for more that is open.
 */
export type ChangeAllowance = { grant: number } | { set: number | "unlimited" } | { monthly: number | null };

/**
 * `PATCH /api/sessions/{id}`: what becomes different.
 */
export type ChangeConversation = {
  /**
   * Another title.
   */
  title?: Title;
  /**
   * Whether it is pinned.
   */
  pinned?: boolean;
  /**
   * Another draft.
   */
  draft?: ChangeDraft;
};

/**
 * Another draft.
 */
export type ChangeDraft = {
  /**
   * The version that it was made from. If the draft has another one now, it is not replaced.
   */
  base: number;
  /**
   * The draft, at most 32 KiB of JSON. The studio keeps it as it is.
   */
  content: Record<string, unknown>;
};

/**
 * `POST /api/pictures/changes`: changes many pictures at once, or none.
 */
export type ChangePictures = {
  /**
   * Which.
   */
  pictures: Selection;
  /**
   * What becomes of them.
   */
  change: PictureChange;
};

/**
 * `PATCH /api/presets/{id}`: renames a preset, replaces its settings, or both.
 */
export type ChangePreset = {
  /**
   * The new name.
   */
  name?: Title;
  /**
   * Where the new settings come from.
   */
  from?: PresetSource;
};

/**
 * What the person is called in prose: `woman`, `man`, `person`; 2-32 letters, spaces and hyphens, lower case.
 */
export type ClassWord = string;

/**
 * Where CLIP stops reading. Not an error: CLIP only sets the overall impression, and T5 reads on.
 */
export type ClipCut = {
  /**
   * Offset from which CLIP sees nothing of the prompt, in UTF-16 code units, as JavaScript's `slice` counts.
   */
  at: number;
  /**
   * One sentence for the person that quotes what CLIP does not see.
   */
  message: string;
};

/**
 * What a person asks for, independent of a model.
 */
export type Composition = {
  /**
   * The person's own words. Together with the prose of the slots 1-4,000 characters.
   */
  text: string;
  /**
   * What the picture shows and how it is taken, beside or instead of `text`.
   */
  slots?: Slots;
  /**
   * The starting values.
   */
  preset?: PresetId;
  /**
   * Explicit values that replace the preset's.
   */
  overrides?: Overrides;
  /**
   * Pictures, 1-4.
   */
  pictures?: number;
  /**
   * Where the trigger is placed.
   */
  placement?: Placement;
  /**
   * The text that is appended.
   */
  quality?: QualityId;
  /**
   * Enhancement LoRAs that act beside the person's own: at most
   * `most_enhancements` of the model's version.
   */
  enhancements?: Array<EnhancementChoice>;
};

/**
 * `DELETE /api/me` and `DELETE /api/operator/people/{id}`: the confirmation. Repeating the request goes on with the
 * deletion that it began.
 */
export type ConfirmDeletion = {
  /**
   * The user id of the person who is to be deleted, once more.
   */
  confirm: UserId;
  /**
   * Whether the provider is asked to delete the versions of the person's own models, too, and with them all
   * predictions that they made. Weights that lie elsewhere are not touched.
   */
  provider_versions?: boolean;
};

/**
 * The record of consent of a bound model.
 */
export type Consent = {
  /**
   * Who attested it.
   */
  by: string;
  /**
   * The statement's id, as `ConsentStatement` or an earlier release has it.
   */
  statement: string;
  /**
   * The words that were attested.
   */
  words: string;
  /**
   * When the model was bound with them.
   */
  at: Timestamp;
};

/**
 * What can be attested when a model is bound. The number is the version of the words; changed words get a new one,
 * and the old ones stay.
 */
export type ConsentStatement = "own_face_1" | "owner_agreed_1";

/**
 * What the person can see while they speak.
 */
export type Context = {
  /**
   * The seeds of the last generation's pictures, in order.
   */
  shown: Array<number>;
};

/**
 * A conversation, as a list shows it.
 */
export type Conversation = {
  /**
   * Its id.
   */
  id: ConversationId;
  /**
   * Raised by one at every change.
   */
  revision: number;
  /**
   * Its title.
   */
  title: Title;
  /**
   * Pinned conversations come first.
   */
  pinned: boolean;
  /**
   * The version of its draft, 0 before the first.
   */
  draft_version: number;
  /**
   * When it began.
   */
  created_at: Timestamp;
  /**
   * When something was last said or asked for in it.
   */
  active_at: Timestamp;
  /**
   * When it was deleted, of one that can be restored.
   */
  deleted_at: Timestamp | null;
};

/**
 *A conversation with Maya.
 */
export type ConversationId = string;

/**
 * `GET /api/sessions`: pinned ones first, then those that were last active.
 */
export type ConversationPage = {
  /**
   * At most `limit` (default 20, at most 100).
   */
  sessions: Array<Conversation>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * `GET /api/sessions/{id}`: a conversation with its newest turns.
 */
export type ConversationRecord = {
  /**
   * The conversation.
   */
  session: Conversation;
  /**
   * Its draft; absent before the first.
   */
  draft: Draft | null;
  /**
   * At most `limit` turns (default 50, at most 100), newest first.
   */
  turns: Array<Turn>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * Sizes of a prompt.
 */
export type Counts = {
  /**
   * Whole-word mentions of the trigger, the suffix's own included.
   */
  triggers: number;
  /**
   * Words, separated by white space.
   */
  words: number;
  /**
   * Unicode scalar values.
   */
  characters: number;
};

/**
 * `POST /api/operator/people`.
 */
export type CreatePerson = {
  /**
   * The id in the operator's own product, or absent to have one made.
   */
  id?: UserId;
  /**
   * What to call them, 1-80 characters.
   */
  name: string;
  /**
   * Pictures they may make: a number, or `"unlimited"`.
   */
  allowance: number | "unlimited";
};

/**
 * `POST /api/pictures/{id}/share-links`: makes a link that shows the picture to whoever has it.
 */
export type CreateShareLink = {
  /**
   * After how many days the link ends, 1-90; by default 7.
   */
  days?: number;
};

/**
 * A deletion and, once it has finished, its receipt: the answer (202) to `ConfirmDeletion`, and to
 * `GET /api/deletions/{id}`, which needs no session, because the person has none any more. It names nobody.
 */
export type Deletion = {
  /**
   * Its id, which cannot be guessed.
   */
  id: DeletionId;
  /**
   * When it was asked for. From then on the person is refused.
   */
  requested_at: Timestamp;
  /**
   * When the last of it was gone; absent while the deletion is under way.
   */
  finished_at: Timestamp | null;
  /**
   * What was deleted; absent while the deletion is under way.
   */
  removed: Removed | null;
  /**
   * What remains; absent while the deletion is under way.
   */
  remains: Remains | null;
  /**
   * All of it in words.
   */
  text: string;
};

/**
 *The deletion of a person: it stands in their place wherever a trace of them remains.
 */
export type DeletionId = string;

/**
 * How one model version names its inputs. It stays small however large the provider's document is, because it holds
 * only names and words that the product knows.
 */
export type Dialect = {
  /**
   * In `Parameter`'s order; the seed is always among them.
   */
  inputs: Array<Input>;
  lora: LoraSource;
  /**
   * The version has a choice of base models; `dev` is sent with every request, so that guidance does what it
   * says and a stored request names its base.
   */
  names_base: boolean;
  /**
   * How the version takes an enhancement beside the person's LoRA; absent if it takes none.
   */
  enhancement?: EnhancementInput;
};

/**
 * What became of a `DiffPiece`.
 */
export type DiffKind = "kept" | "removed" | "added";

/**
 * A piece of a diff.
 */
export type DiffPiece = {
  /**
   * What became of the piece.
   */
  kind: DiffKind;
  /**
   * The piece.
   */
  text: string;
};

/**
 * A parameter that sets a cell apart, and its value there.
 */
export type Difference = {
  /**
   * Which parameter.
   */
  parameter: AxisParameter;
  /**
   * Its value, as the axis has it.
   */
  value: InputValue;
};

/**
 * The answer to one message.
 */
export type DirectorTurn = {
  /**
   * The state of the conversation behind it.
   */
  draft: PictureDraft;
  /**
   * A few short sentences about what changed.
   */
  reply: string;
  /**
   * Up to three things that could be said next.
   */
  suggestions: Array<string>;
  /**
   * Asked only when nothing can be made yet.
   */
  question: string | null;
  /**
   * The person asked for pictures now: "again", "two more".
   */
  ready: boolean;
  /**
   * The person's words that became slots, parameters or commands.
   */
  understood: Array<string>;
  /**
   * The person's words that were only kept as they are.
   */
  not_understood: Array<string>;
};

/**
 * The accepted values. Bounds are inclusive.
 */
export type Domain =
  | {
      number: {
        /**
         * Smallest.
         */
        min: number;
        /**
         * Largest.
         */
        max: number;
      };
    }
  | {
      integer: {
        /**
         * Smallest.
         */
        min: number;
        /**
         * Largest.
         */
        max: number;
      };
    }
  | { choice: Array<string> }
  | "boolean";

/**
 * What is written and chosen and not yet sent.
 */
export type Draft = {
  /**
   * Raised by one whenever the draft is replaced.
   */
  version: number;
  /**
   * The draft, as the client wrote it.
   */
  content: Record<string, unknown>;
};

/**
 * The body of a 409 `draft_conflict`.
 */
export type DraftConflict = {
  /**
   * The error.
   */
  error: ErrorDetail;
  /**
   * The draft as it is now; `null` in a conversation without one.
   */
  draft: Draft | null;
};

/**
 * Something that left the text for good.
 */
export type Dropped = {
  /**
   * The stable code of the reason.
   */
  code: DroppedCode;
  /**
   * The text as it was pasted. Brackets and weights include the words in them, although those stayed.
   */
  text: string;
  /**
   * The reason as a sentence.
   */
  reason: string;
};

/**
 * Why something was dropped.
 */
export type DroppedCode =
  | "lora_tag"
  | "extra_args"
  | "tag"
  | "embedding"
  | "emphasis"
  | "prompt_editing"
  | "prompt_weight"
  | "keyword"
  | "image_address"
  | "midjourney_parameter"
  | "cfg_scale"
  | "setting"
  | "model"
  | "out_of_range"
  | "repeated"
  | "negative_prompt"
  | "label"
  | "workflow"
  | "marks";

/**
 * What became of one canonical parameter.
 */
export type Effect = {
  /**
   * Which parameter.
   */
  parameter: Parameter;
  /**
   * What became of it.
   */
  status: EffectStatus;
  /**
   * The input's name as sent; absent when nothing is sent.
   */
  name: string | null;
  /**
   * The value as sent; absent when nothing is sent.
   */
  value: InputValue | null;
  /**
   * One or two sentences for the person: why.
   */
  reason: string;
};

/**
 * What became of a canonical parameter.
 */
export type EffectStatus = "sent" | "renamed" | "clamped" | "omitted" | "no_effect";

/**
 * What composing needs to know about an enhancement.
 */
export type Enhancement = {
  /**
   * Its id.
   */
  id: EnhancementId;
  /**
   * Raised when its reference or its phrase changes. Recipes name it.
   */
  version: number;
  /**
   * Its name in a menu.
   */
  title: string;
  /**
   * The LoRA reference, as the provider gets it.
   */
  reference: string;
  /**
   * The words that it was trained on; absent if it acts without any.
   */
  phrase: EnhancementPhrase | null;
  /**
   * The scale if a request names none.
   */
  default_scale: number;
  /**
   * The largest scale. The smallest is 0.
   */
  max_scale: number;
};

/**
 * An enhancement that a request asks for.
 */
export type EnhancementChoice = {
  /**
   * Which.
   */
  id: EnhancementId;
  /**
   * How strongly it acts, from 0 to the enhancement's `max_scale`. Absent: its default.
   */
  scale?: number;
};

/**
 * What is sent of one enhancement.
 */
export type EnhancementEffect = {
  /**
   * Which.
   */
  id: EnhancementId;
  /**
   * The version of its entry in the catalogue.
   */
  version: number;
  /**
   * Its name in a menu.
   */
  title: string;
  /**
   * The words that it adds to the prompt.
   */
  phrase: EnhancementPhrase | null;
  /**
   * `EffectStatus::Sent`, or `EffectStatus::Clamped` for a default scale beyond the version's range.
   */
  status: EffectStatus;
  /**
   * The input that takes the LoRA.
   */
  name: string;
  /**
   * The LoRA reference as sent.
   */
  value: string;
  /**
   * The input that takes its scale.
   */
  scale_name: string;
  /**
   * The scale as sent.
   */
  scale: number;
  /**
   * One or two sentences for the person: why.
   */
  reason: string;
};

/**
 * An enhancement LoRA in the catalogue. Chosen by the operator.
 */
export type EnhancementId = string;

/**
 * How a version takes one LoRA beside the person's own: its reference and its scale are inputs.
 */
export type EnhancementInput = {
  /**
   * The input that takes the LoRA reference.
   */
  name: string;
  /**
   * The input that takes the scale.
   */
  scale_name: string;
  /**
   * The largest scale that both this version and the product accept. The smallest is 0.
   */
  max_scale: number;
};

/**
 * `GET /api/enhancements?model=`: what a request can name, by title. With a model, only what can be used with it: nothing
 * if its version takes no LoRA beside the person's own.
 */
export type EnhancementList = {
  /**
   * The enhancements.
   */
  enhancements: Array<OfferedEnhancement>;
};

/**
 * The words that an enhancement was trained on, added to the prompt behind the person's trigger word. One clause of
 * 3-60 letters, digits, spaces, hyphens and underscores.
 */
export type EnhancementPhrase = string;

/**
 * The body of every answer that is not a success.
 */
export type ErrorBody = {
  /**
   * The error.
   */
  error: ErrorDetail;
};

/**
 * Stable error codes.
 */
export type ErrorCode =
  | "invalid_json"
  | "idempotency_key_required"
  | "invalid_query"
  | "unauthenticated"
  | "link_invalid"
  | "link_expired"
  | "link_used"
  | "allowance_exhausted"
  | "wrong_origin"
  | "suspended"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "idempotency_conflict"
  | "generation_under_way"
  | "draft_conflict"
  | "name_taken"
  | "limit_reached"
  | "frame_done"
  | "cell_fixed"
  | "not_a_comparison"
  | "person_exists"
  | "model_claimed"
  | "body_too_large"
  | "unsupported_media_type"
  | "unknown_field"
  | "missing_field"
  | "invalid_value"
  | "out_of_range"
  | "empty_prompt"
  | "prompt_too_long"
  | "prompt_too_many_tokens"
  | "foreign_trigger"
  | "unsafe_content"
  | "parameter_unsupported"
  | "model_unusable"
  | "recipe_invalid"
  | "picture_unreadable"
  | "range_not_satisfiable"
  | "upgrade_required"
  | "rate_limited"
  | "internal"
  | "not_configured"
  | "provider_unavailable";

/**
 * One error.
 */
export type ErrorDetail = {
  /**
   * Stable code.
   */
  code: ErrorCode;
  /**
   * What happened, what it means and what can be done, in one or two sentences.
   */
  message: string;
  /**
   * The request's field at fault, dotted: `overrides.steps`.
   */
  field?: string;
  /**
   * Quote it to the operator: it is in the log beside the cause.
   */
  request_id: RequestId;
};

/**
 * A change.
 */
export type Event =
  | {
      type: "generation";
      /**
       * The new state.
       */
      generation: Generation;
    }
  | {
      type: "notice";
      /**
       * What happened.
       */
      entry: AccessEntry;
    }
  | {
      type: "queue";
      /**
       * The queued generations, the next one first.
       */
      generations: Array<GenerationId>;
    }
  | {
      type: "generation_deleted";
      /**
       * This generation.
       */
      generation: GenerationId;
    }
  | {
      type: "series";
      /**
       * The new state.
       */
      series: Series;
    }
  | {
      type: "series_deleted";
      /**
       * This series.
       */
      series: SeriesId;
    }
  | {
      type: "session";
      /**
       * The new state.
       */
      session: Conversation;
    }
  | {
      type: "session_deleted";
      /**
       * This conversation.
       */
      session: ConversationId;
    }
  | { type: "bin_changed" }
  | { type: "gallery_changed" }
  | { type: "presets_changed" }
  | {
      type: "picture_deleted";
      /**
       * Of this generation.
       */
      generation: GenerationId;
      /**
       * This picture.
       */
      picture: PictureId;
    };

/**
 * Why a generation failed, in words for the person.
 */
export type Failure = {
  /**
   * Stable code.
   */
  code: FailureCode;
  /**
   * What happened and what to do.
   */
  message: string;
  /**
   * The request's field at fault, when the provider refused one.
   */
  field?: string;
};

/**
 * Stable codes of failures.
 */
export type FailureCode =
  | "filtered_by_safety"
  | "input_refused"
  | "model_unavailable"
  | "provider_failed"
  | "provider_unavailable"
  | "not_accepted"
  | "not_started"
  | "timed_out"
  | "stopped"
  | "pictures_lost"
  | "request_lost"
  | "provider_unreachable"
  | "outcome_unknown";

/**
 * Something in a request that will not work as the person may expect.
 */
export type Finding = {
  /**
   * The stable code.
   */
  code: LintCode;
  /**
   * How much it matters.
   */
  severity: Severity;
  /**
   * The request's field, as a dotted path: `text`, `slots`, `overrides.output_quality`, `pictures`.
   */
  field: string;
  /**
   * The start in the person's text, in UTF-16 code units: `text.slice(start, end)` in JavaScript. 0 for another
   * field than `text`.
   */
  start: number;
  /**
   * The end in the person's text.
   */
  end: number;
  /**
   * One or two sentences for the person.
   */
  message: string;
  /**
   * One edit that removes the finding, where there is one.
   */
  fix: Fix | null;
};

/**
 * One replacement in the person's text.
 */
export type Fix = {
  /**
   * The start of the replaced words, in UTF-16 code units.
   */
  start: number;
  /**
   * The end of the replaced words.
   */
  end: number;
  /**
   * The replacement. Empty when the words are removed.
   */
  text: string;
};

/**
 * One frame of a series.
 */
export type Frame = {
  /**
   * Its number, from 0.
   */
  number: number;
  /**
   * The shot's title, or the cell's values.
   */
  title: string;
  /**
   * The place in the grid of a comparison.
   */
  place: Place | null;
  /**
   * What sets a comparison's cell apart.
   */
  differs: Array<Difference>;
  /**
   * What became of it; absent when it was deleted.
   */
  generation: FrameGeneration | null;
  /**
   * Earlier attempts, newest first.
   */
  earlier: Array<GenerationSummary>;
};

/**
 * `POST /api/series/{id}/frames/{n}/redo`: what changes in a shoot's frame. What is absent stays as it is. Goes with an
 * `Idempotency-Key` header.
 */
export type FrameChanges = {
  /**
   * The person's own words.
   */
  text?: string;
  /**
   * What the picture shows: all slots together.
   */
  slots?: Slots;
  /**
   * The starting values.
   */
  preset?: PresetId;
  /**
   * Explicit values: those that are named replace the frame's.
   */
  overrides?: Overrides;
  /**
   * Where the trigger is placed.
   */
  placement?: Placement;
  /**
   * The text that is appended.
   */
  quality?: QualityId;
  /**
   * Enhancement LoRAs: all of them together.
   */
  enhancements?: Array<EnhancementChoice>;
};

/**
 * A frame's generation, with what was sent.
 */
export type FrameGeneration = {
  /**
   * The final prompt.
   */
  prompt: string;
  /**
   * What became of each parameter.
   */
  effects: Array<Effect>;
  /**
   * What was sent of each enhancement.
   */
  enhancements: Array<EnhancementEffect>;
  /**
   * Its id.
   */
  id: GenerationId;
  /**
   * Raised by one at every change; an older state never replaces a newer one.
   */
  revision: number;
  /**
   * Where it is.
   */
  status: GenerationStatus;
  /**
   * The person asked to cancel, and the provider has not confirmed it yet.
   */
  cancel_requested: boolean;
  /**
   * Pictures that a cancel would take from the allowance now, as far as the studio knows: 0 until the provider has
   * begun, and once a cancel is too late. The provider's answer to the cancel decides. Of a canceled generation: the
   * pictures that its cancel took.
   */
  cancel_costs: number;
  /**
   * Its place in the person's queue, from 1, while others of theirs have to end first. It changes without a new
   * revision, by `Event::Queue`.
   */
  queue_position: number | null;
  /**
   * The provider's own progress, once it reports any.
   */
  progress: Progress | null;
  /**
   * What was asked for.
   */
  request: RequestSummary;
  /**
   * The aspect ratio that was sent, to hold the pictures' places; absent if the model takes none.
   */
  aspect_ratio: AspectRatio | null;
  /**
   * The seed that was used.
   */
  seed: number | null;
  /**
   * Stored pictures, by index. Fewer than asked when the provider's safety filter kept some back.
   */
  pictures: Array<PictureSummary>;
  /**
   * Why it failed, when it did.
   */
  failure: Failure | null;
  /**
   * The series that it belongs to, if it was asked for as a part of one.
   */
  series: SeriesPlace | null;
  /**
   * The conversation that it belongs to, which may lie deleted for up to 30 days.
   */
  session: ConversationId | null;
  /**
   * When it was asked for.
   */
  created_at: Timestamp;
  /**
   * When it ended.
   */
  finished_at: Timestamp | null;
};

/**
 * One request for pictures, as its owner sees it.
 */
export type Generation = {
  /**
   * Its id.
   */
  id: GenerationId;
  /**
   * Raised by one at every change; an older event never replaces a newer state.
   */
  revision: number;
  /**
   * Where it is.
   */
  status: GenerationStatus;
  /**
   * The person asked to cancel, and the provider has not confirmed it yet.
   */
  cancel_requested: boolean;
  /**
   * Pictures that a cancel would take from the allowance now, as far as the studio knows: 0 until the provider has
   * begun, and once a cancel is too late. The provider's answer to the cancel decides. Of a canceled generation: the
   * pictures that its cancel took.
   */
  cancel_costs: number;
  /**
   * Its place in the person's queue, from 1, while others of theirs have to end first. It changes without a new
   * revision, by `Event::Queue`.
   */
  queue_position: number | null;
  /**
   * The provider's own progress, once it reports any.
   */
  progress: Progress | null;
  /**
   * What was asked, to fill the composer again. The seed is always the one used.
   */
  request: GenerationRequest;
  /**
   * The final prompt.
   */
  prompt: string;
  /**
   * The final prompt in pieces by origin.
   */
  spans: Array<Span>;
  /**
   * What became of each parameter.
   */
  effects: Array<Effect>;
  /**
   * What was sent of each enhancement.
   */
  enhancements: Array<EnhancementEffect>;
  /**
   * Stored pictures, by index. Fewer than asked when the provider's safety filter kept some back.
   */
  pictures: Array<Picture>;
  /**
   * Why it failed, when it did.
   */
  failure: Failure | null;
  /**
   * The series that it belongs to, if it was asked for as a part of one.
   */
  series: SeriesPlace | null;
  /**
   * The conversation that it belongs to, which may lie deleted for up to 30 days.
   */
  session: ConversationId | null;
  /**
   * When it was asked for.
   */
  created_at: Timestamp;
  /**
   * When it ended.
   */
  finished_at: Timestamp | null;
};

/**
 *One request for pictures.
 */
export type GenerationId = string;

/**
 * `GET /api/generations`: newest first.
 */
export type GenerationPage = {
  /**
   * At most `limit` (default 20, at most 100).
   */
  generations: Array<GenerationSummary>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * `POST /api/generations`. Goes with an `Idempotency-Key` header (1-255 visible ASCII characters).
 */
export type GenerationRequest = {
  /**
   * One of the person's own models.
   */
  model: ModelId;
  /**
   * The person's own words. Together with the prose of the slots 1-4,000 characters.
   */
  text: string;
  /**
   * What the picture shows and how it is taken, beside or instead of `text`.
   */
  slots?: Slots;
  /**
   * The starting values.
   */
  preset: PresetId;
  /**
   * Explicit values, instead of the preset's.
   */
  overrides: Overrides;
  /**
   * Pictures, 1-4.
   */
  pictures: number;
  /**
   * Where the trigger is placed.
   */
  placement: Placement;
  /**
   * The text that is appended.
   */
  quality: QualityId;
  /**
   * Enhancement LoRAs that act beside the person's own, from `GET /api/enhancements`.
   */
  enhancements?: Array<EnhancementChoice>;
  /**
   * The conversation that it is asked for in. Never in `request` of a generation, whose `session` it becomes.
   */
  session?: ConversationId;
};

/**
 * Where a generation is. The first four are phases on the way, the last three are ends.
 */
export type GenerationStatus = "waiting" | "booting" | "generating" | "saving" | "succeeded" | "failed" | "canceled";

/**
 * One request for pictures, as a list shows it. `GET /api/generations/{id}` has the rest.
 */
export type GenerationSummary = {
  /**
   * Its id.
   */
  id: GenerationId;
  /**
   * Raised by one at every change; an older state never replaces a newer one.
   */
  revision: number;
  /**
   * Where it is.
   */
  status: GenerationStatus;
  /**
   * The person asked to cancel, and the provider has not confirmed it yet.
   */
  cancel_requested: boolean;
  /**
   * Pictures that a cancel would take from the allowance now, as far as the studio knows: 0 until the provider has
   * begun, and once a cancel is too late. The provider's answer to the cancel decides. Of a canceled generation: the
   * pictures that its cancel took.
   */
  cancel_costs: number;
  /**
   * Its place in the person's queue, from 1, while others of theirs have to end first. It changes without a new
   * revision, by `Event::Queue`.
   */
  queue_position: number | null;
  /**
   * The provider's own progress, once it reports any.
   */
  progress: Progress | null;
  /**
   * What was asked for.
   */
  request: RequestSummary;
  /**
   * The aspect ratio that was sent, to hold the pictures' places; absent if the model takes none.
   */
  aspect_ratio: AspectRatio | null;
  /**
   * The seed that was used.
   */
  seed: number | null;
  /**
   * Stored pictures, by index. Fewer than asked when the provider's safety filter kept some back.
   */
  pictures: Array<PictureSummary>;
  /**
   * Why it failed, when it did.
   */
  failure: Failure | null;
  /**
   * The series that it belongs to, if it was asked for as a part of one.
   */
  series: SeriesPlace | null;
  /**
   * The conversation that it belongs to, which may lie deleted for up to 30 days.
   */
  session: ConversationId | null;
  /**
   * When it was asked for.
   */
  created_at: Timestamp;
  /**
   * When it ended.
   */
  finished_at: Timestamp | null;
};

/**
 * `GET /api/health`.
 */
export type Health = {
  /**
   * Pictures can be made.
   */
  ok: boolean;
  /**
   * The provider in use: `replicate`, `stand-in` or `none`.
   */
  provider: string;
  /**
   * What is missing, in a sentence for the operator; absent when nothing is.
   */
  problem: string | null;
  /**
   * The Worker's version.
   */
  version: string;
  /**
   * People can ask for a sign-in link by e-mail (`POST /api/sign-in-links`).
   */
  links_by_email: boolean;
};

/**
 * What a pasted prompt became.
 */
export type Import = {
  /**
   * The description alone.
   */
  text: string;
  /**
   * The settings that mean the same here and are in range.
   */
  moved: Overrides;
  /**
   * What left the text for good, and why, in the order in which it was found.
   */
  dropped: Array<Dropped>;
  /**
   * What the person should know, moved settings included.
   */
  notices: Array<Notice>;
  /**
   * The kept and removed pieces make up what was pasted; the kept and added ones make up `text`.
   */
  diff: Array<DiffPiece>;
};

/**
 * `GET /api/operator/inbox`: what is open, the oldest first, at most 100.
 */
export type Inbox = {
  /**
   * The requests.
   */
  items: Array<InboxItem>;
};

/**
 * A request for more pictures, as the operator sees it.
 */
export type InboxItem = {
  /**
   * Its number, for `DELETE /api/operator/inbox/{id}`, which declines it.
   */
  id: number;
  /**
   * Who asks.
   */
  person: UserId;
  /**
   * When they asked.
   */
  at: Timestamp;
  /**
   * What they added.
   */
  note: string | null;
};

/**
 * An input that takes a canonical parameter.
 */
export type Input = {
  /**
   * Which parameter.
   */
  parameter: Parameter;
  /**
   * What this version calls it.
   */
  name: string;
  /**
   * The values that both this version and the product accept.
   */
  domain: Domain;
  /**
   * The value that the version uses when nothing is sent, if the domain has it.
   */
  default: InputValue | null;
};

/**
 * A JSON scalar. A number without a fraction whose magnitude is below 2^53 is always `Integer`. So a
 * value that has been through JavaScript, where `3.0` and `3` are the same, is still equal and has the same bytes.
 */
export type InputValue = boolean | number | number | string;

/**
 * An entry of the allowance's history.
 */
export type LedgerEntry = {
  /**
   * Its number. Later entries have higher ones.
   */
  id: number;
  /**
   * When it happened.
   */
  at: Timestamp;
  /**
   * What happened.
   */
  kind: LedgerEntryKind;
  /**
   * How many pictures it is about.
   */
  pictures: number;
  /**
   * The generation it is about.
   */
  generation: GenerationId | null;
  /**
   * Pictures left after it; absent while there was no limit.
   */
  left: number | null;
  /**
   * What happened, in a sentence.
   */
  text: string;
};

/**
 * What happened to the allowance.
 */
export type LedgerEntryKind = "grant" | "withdraw" | "renew" | "reserve" | "settle" | "release" | "charge" | "cover";

/**
 * A one-time sign-in link.
 */
export type Link = {
  /**
   * Give it to the person; it works once.
   */
  url: string;
  /**
   * Until then.
   */
  expires_at: Timestamp;
};

/**
 * A request for an operator's sign-in link, which another operator has to approve with
 * `POST /api/operator/link-requests/{id}/approve`. `POST /api/operator/people/{id}/link` answers 202 with it when the
 * person is an operator.
 */
export type LinkRequest = {
  /**
   * Its id.
   */
  id: LinkRequestId;
  /**
   * The operator whom the link is for.
   */
  subject: UserId;
  /**
   * How long the link will work, in minutes, from its approval.
   */
  minutes: number;
  /**
   * The operator who asks. It is another one who approves.
   */
  requested_by: UserId;
  /**
   * When they asked.
   */
  requested_at: Timestamp;
  /**
   * It can be approved before this moment.
   */
  expires_at: Timestamp;
};

/**
 *An operator's request for another operator's sign-in link.
 */
export type LinkRequestId = string;

/**
 * `GET /api/operator/link-requests`: those that wait, the oldest first. There is at most one for each operator.
 */
export type LinkRequests = {
  /**
   * The requests.
   */
  requests: Array<LinkRequest>;
};

/**
 * The stable codes of `Finding`s.
 */
export type LintCode =
  | "negative"
  | "weight"
  | "lora_tag"
  | "weights_address"
  | "unsafe_content"
  | "face_description"
  | "contradiction"
  | "several_cameras"
  | "several_film_stocks"
  | "too_long"
  | "no_light"
  | "other_people"
  | "class_mismatch"
  | "quality_without_effect"
  | "fast_not_repeatable"
  | "ratio_from_image"
  | "replay_needs_count"
  | "lora_off";

/**
 * A picture, as the gallery lists it. `GET /api/pictures/{id}` has the rest.
 */
export type ListedPicture = {
  /**
   * Its id; the bytes are at `/api/images/{id}`.
   */
  id: PictureId;
  /**
   * The generation that made it.
   */
  generation: GenerationId;
  /**
   * Which of the generation's pictures it is, from 0.
   */
  index: number;
  /**
   * The model that it was made with.
   */
  model: ModelId;
  /**
   * The built-in preset that it was made with.
   */
  preset: PresetId;
  /**
   * File format, by its bytes.
   */
  format: OutputFormat;
  /**
   * Size in bytes.
   */
  bytes: number;
  /**
   * The aspect ratio that was sent, to hold the picture's place; absent if the model takes none.
   */
  aspect_ratio: AspectRatio | null;
  /**
   * The series that it was made for.
   */
  series: SeriesId | null;
  /**
   * Whether it is a favourite.
   */
  favourite: boolean;
  /**
   * The first 280 characters of the person's words; of a request with slots, of the words that they became.
   */
  text: string;
  /**
   * Whether the words go on after `text`.
   */
  text_truncated: boolean;
  /**
   * When it was stored.
   */
  created_at: Timestamp;
};

/**
 * Whether a LoRA acts, and by which pictures that is known: hands on a table, from one prompt and one seed, with the LoRA
 * switched off and on.
 */
export type LoraCheck = {
  /**
   * The pictures of the latest check, by scale; none without a check.
   */
  pictures: Array<LoraCheckPicture>;
  /**
   * How much they differ: the mean difference of brightness on a grid of 32 x 32 cells, in levels of 0-255. Absent until
   * both are stored.
   */
  difference: number | null;
  /**
   * The largest difference at which they count as the same picture.
   */
  same_up_to: number;
  /**
   * When that was found.
   */
  checked_at: Timestamp | null;
};

/**
 * One of the two pictures of a check.
 */
export type LoraCheckPicture = {
  /**
   * The scale of the person's LoRA: 0 or 1.
   */
  scale: number;
  /**
   * Whether it is stored. The bytes are at `…/models/{model}/canary/off` for 0 and `…/canary/on` for 1.
   */
  stored: boolean;
  /**
   * Why it could not be made.
   */
  failure: string | null;
};

/**
 * Whether a model's own LoRA is known to act. A model makes pictures unless it is known not to.
 */
export type LoraProof = "unchecked" | "checking" | "proven" | "not_proven";

/**
 * Where the person's LoRA comes from. A version without any LoRA is refused.
 */
export type LoraSource = "version" | "reference";

/**
 * `GET /api/me`.
 */
export type Me = {
  /**
   * The user id.
   */
  id: UserId;
  /**
   * The name that is shown to them.
   */
  name: string;
  /**
   * What they may do.
   */
  role: Role;
  /**
   * Pictures they may still make.
   */
  allowance: Allowance;
  /**
   * When this session ends, at the latest.
   */
  session_expires_at: Timestamp;
  /**
   * Sign-ins by other browsers that the person has not been told of yet, newest first, at most 20.
   * `DELETE /api/me/notices` marks them as seen.
   */
  notices: Array<AccessEntry>;
};

/**
 * Approximate size of a picture; a string on the wire, in every schema.
 */
export type Megapixels = "1" | "0.25";

/**
 * `POST /api/operator/people/{id}/link`.
 */
export type MintLink = {
  /**
   * How long the link works, in minutes: 1-10080, default 60.
   */
  minutes?: number;
};

/**
 * Which combinations of the choices become variants.
 */
export type Mode = "all" | "random" | "zip";

/**
 * A model, as its owner sees it. `new Composer(model)` takes it as it is.
 */
export type Model = {
  /**
   * Its id, the only way for a client to name it.
   */
  id: ModelId;
  /**
   * What a menu shows.
   */
  label: string;
  /**
   * Who runs it.
   */
  provider: Provider;
  /**
   * `owner/name` at the provider.
   */
  provider_model: string;
  /**
   * The exact version.
   */
  version: string;
  /**
   * The word the LoRA was trained on.
   */
  trigger: TriggerWord;
  /**
   * What the person is called in prose.
   */
  class_word: ClassWord;
  /**
   * How this version names its inputs.
   */
  dialect: Dialect;
  /**
   * The LoRA reference that is sent, for a version that carries no weights of its own.
   */
  weights: string | null;
  /**
   * Whether it makes pictures: a person sees active and retired models.
   */
  state: ModelState;
  /**
   * Whether its LoRA is known to act.
   */
  proof: LoraProof;
  /**
   * On whose word the face in it is used; absent: no record, because an older release bound it.
   */
  consent: Consent | null;
  /**
   * When it was bound.
   */
  created_at: Timestamp;
};

/**
 * A model that is or was bound to a person, as the operator sees it.
 */
export type ModelBinding = {
  /**
   * Its id in the person's studio. It stays the same when the model is bound to them again.
   */
  id: ModelId;
  /**
   * What the person's menu shows.
   */
  label: string;
  /**
   * Who runs it.
   */
  provider: Provider;
  /**
   * `owner/name` at the provider.
   */
  provider_model: string;
  /**
   * The exact version.
   */
  version: string;
  /**
   * The LoRA reference, for a version that carries no weights of its own.
   */
  weights: string | null;
  /**
   * Whether it makes pictures.
   */
  state: ModelState;
  /**
   * Whether its LoRA is known to act.
   */
  proof: LoraProof;
  /**
   * By which pictures that is known.
   */
  check: LoraCheck;
  /**
   * When it was retired or unbound; absent while it is active.
   */
  ended_at: Timestamp | null;
  /**
   * On whose word it is used; absent: no record, because an older release bound it.
   */
  consent: Consent | null;
  /**
   * When it was first bound.
   */
  created_at: Timestamp;
};

/**
 * `GET /api/operator/people/{id}/models`.
 */
export type ModelBindings = {
  /**
   * Every model that is or was bound, newest first.
   */
  models: Array<ModelBinding>;
  /**
   * What can be attested when one is bound.
   */
  statements: Array<StatementWords>;
};

/**
 *A model in its owner's studio: the only way a client can name one.
 */
export type ModelId = string;

/**
 * `GET /api/models`: the person's models and what can be chosen with them.
 */
export type ModelList = {
  /**
   * The person's models, newest first.
   */
  models: Array<Model>;
  /**
   * Every preset, the default first.
   */
  presets: Array<Preset>;
  /**
   * Every quality specification, the default first.
   */
  quality_specs: Array<QualitySpec>;
};

/**
 * Everything that composing needs to know about a model. The API's `Model` has the same fields and more.
 */
export type ModelProfile = {
  /**
   * The word the LoRA was trained on.
   */
  trigger: TriggerWord;
  /**
   * What the person is called in prose.
   */
  class_word: ClassWord;
  /**
   * How the model's version names its inputs.
   */
  dialect: Dialect;
  /**
   * The LoRA reference to send, for a version that carries no weights of its own (`lora_weights`).
   */
  weights?: string | null;
  /**
   * The enhancements that a composition may name. They are the operator's catalogue, not the model's.
   */
  enhancements?: Array<Enhancement>;
};

/**
 * Whether a model makes pictures.
 */
export type ModelState = "active" | "retired" | "unbound";

/**
 * A renewal at the beginning of each month.
 */
export type MonthlyAllowance = {
  /**
   * What is left is topped up to this many pictures.
   */
  pictures: number;
  /**
   * When it is next.
   */
  renews_at: Timestamp;
};

/**
 * `POST /api/albums` and `PATCH /api/albums/{id}`: makes an album, or renames one.
 */
export type NameAlbum = {
  /**
   * Its name.
   */
  name: Title;
};

/**
 * A preset in a `PresetFile`.
 */
export type NamedSettings = {
  /**
   * Its name.
   */
  name: Title;
  /**
   * What it sets.
   */
  settings: PresetSettings;
};

/**
 * `POST /api/comparisons`: one composition, varied along one or two axes. Goes with an `Idempotency-Key` header, unless
 * the address ends in `?dry_run=true`.
 */
export type NewComparison = {
  /**
   * What the comparison is called, 1-120 characters. Absent: its axes name it.
   */
  title?: string;
  /**
   * The model of every cell, unless an axis varies it.
   */
  model: ModelId;
  /**
   * What every cell shows.
   */
  composition: Composition;
  /**
   * One or two axes with at most 64 cells in all. The first gives the columns.
   */
  axes: Array<Axis>;
  /**
   * The seed of every cell, unless an axis varies it. Absent: the composition's, or one that the studio draws.
   */
  seed?: number;
  /**
   * The conversation that it is asked for in.
   */
  session?: ConversationId;
};

/**
 * `POST /api/sessions`: begins a conversation.
 */
export type NewConversation = {
  /**
   * Its title.
   */
  title: Title;
};

/**
 * `POST /api/presets`: makes a preset.
 */
export type NewPreset = {
  /**
   * Its name.
   */
  name: Title;
  /**
   * Where its settings come from.
   */
  from: PresetSource;
};

/**
 * `POST /api/shoots`: a collection (`collection` and what follows it), or a list of compositions (`title` and
 * `compositions`). Goes with an `Idempotency-Key` header, unless the address ends in `?dry_run=true`.
 */
export type NewShoot = {
  /**
   * The model of every frame.
   */
  model: ModelId;
  /**
   * The stable id of a collection.
   */
  collection?: string;
  /**
   * The title of one of its looks. Absent: all looks.
   */
  look?: string;
  /**
   * The indices of the wanted shots in the collection. Absent: all.
   */
  shots?: Array<number>;
  /**
   * Outfits of the person's own, by the title of the look that wears them.
   */
  outfits?: { [key in string]: Array<string> };
  /**
   * The starting values instead of the collection's.
   */
  preset?: PresetId;
  /**
   * Explicit values for every shot. The seed is that of the collection's first shot; the others count up from it.
   */
  overrides?: Overrides;
  /**
   * What the shoot is called, 1-120 characters. Absent: the collection's title.
   */
  title?: string;
  /**
   * 1-64 compositions of the person's own, instead of a collection.
   */
  compositions?: Array<Composition>;
  /**
   * The conversation that it is asked for in.
   */
  session?: ConversationId;
};

/**
 * `POST /api/sessions/{id}/turns`: what was said and answered.
 */
export type NewTurn = {
  /**
   * Who began.
   */
  by: Speaker;
  /**
   * What they said.
   */
  said: Words;
  /**
   * What it changed in the draft, as the director wrote it; at most 32.
   */
  edits: Array<unknown>;
  /**
   * The answer.
   */
  reply: Words;
  /**
   * A question without whose answer nothing can be made.
   */
  question: Words | null;
  /**
   * Suggestions for what to say next; at most 8.
   */
  suggestions: Array<Words>;
  /**
   * The generation that it led to, which belongs to the conversation from then on. One that was asked for with this
   * conversation as its `session` belongs to it already.
   */
  generation: GenerationId | null;
};

/**
 * Something the person should know.
 */
export type Notice = {
  /**
   * Stable code.
   */
  code: NoticeCode;
  /**
   * The text that it is about, as it was pasted. Empty when it is about several.
   */
  text: string;
  /**
   * One sentence.
   */
  message: string;
  /**
   * Words that could be added to the text. Only for `negative_prompt`.
   */
  suggestions: Array<string>;
};

/**
 * The stable codes of `Notice`s.
 */
export type NoticeCode = "moved" | "model_dropped" | "negative_prompt" | "image_dropped" | "workflow_unreadable";

/**
 * A message with its sequence number.
 */
export type Numbered<T> = {
  /**
   * Of an event: one more than that of the event before. Of an opening: that of the last event which it includes.
   */
  seq: number;
} & T;

/**
 * An enhancement that a request can name.
 */
export type OfferedEnhancement = {
  /**
   * Its licence, or `unknown`.
   */
  licence: string;
  /**
   * What the licence means for the studio.
   */
  licence_note: string;
  /**
   * One sentence: what it does to a picture.
   */
  preview: string;
  /**
   * Its id.
   */
  id: EnhancementId;
  /**
   * Raised when its reference or its phrase changes. Recipes name it.
   */
  version: number;
  /**
   * Its name in a menu.
   */
  title: string;
  /**
   * The LoRA reference, as the provider gets it.
   */
  reference: string;
  /**
   * The words that it was trained on; absent if it acts without any.
   */
  phrase: EnhancementPhrase | null;
  /**
   * The scale if a request names none.
   */
  default_scale: number;
  /**
   * The largest scale. The smallest is 0.
   */
  max_scale: number;
};

/**
 * The first message on every connection.
 */
export type Opening =
  | {
      type: "snapshot";
      /**
       * Newest first, at most 100.
       */
      generations: Array<GenerationSummary>;
      /**
       * For `GET /api/generations?cursor=`, which goes on after the newest 20; absent if there are no others.
       */
      next_cursor: string | null;
    }
  | {
      type: "changes";
      /**
       * Generations that changed, as a list shows them.
       */
      generations: Array<GenerationSummary>;
      /**
       * All other changes.
       */
      events: Array<Event>;
    };

/**
 * File format of the pictures.
 */
export type OutputFormat = "webp" | "jpg" | "png";

/**
 * Explicit values of a request; what is absent comes from the preset. Raw numbers:
 * `Parameters::resolve` checks them.
 */
export type Overrides = {
  /**
   * 0-10.
   */
  guidance?: number;
  /**
   * 1-50.
   */
  steps?: number;
  /**
   * -1 to 3; 2024 models stop at 2.
   */
  lora_scale?: number;
  /**
   * One of eleven ratios.
   */
  aspect_ratio?: AspectRatio;
  /**
   * `"1"` or `"0.25"`.
   */
  megapixels?: Megapixels;
  /**
   * 1 to 4294967295; when absent, the Worker draws one. 0 is not a seed: a provider replaces it by a random 16-bit number.
   */
  seed?: number;
  /**
   * `webp`, `jpg` or `png`.
   */
  output_format?: OutputFormat;
  /**
   * 0-100.
   */
  output_quality?: number;
  /**
   * The provider's fp8 fast path: not repeatable even with a seed.
   */
  go_fast?: boolean;
};

/**
 * `GET /api/me/email`: the address under which the person can ask for a sign-in link. The operator sets it, who knows
 * whose it is; `DELETE` removes it.
 */
export type OwnEmail = {
  /**
   * The address; absent: none is set.
   */
  email: string | null;
};

/**
 * A preset that a person made.
 */
export type OwnPreset = {
  /**
   * Its id.
   */
  id: OwnPresetId;
  /**
   * Its name, which no other preset of the person's has.
   */
  name: Title;
  /**
   * What it sets.
   */
  settings: PresetSettings;
  /**
   * When it was made.
   */
  created_at: Timestamp;
  /**
   * When its name or settings last changed.
   */
  changed_at: Timestamp;
};

/**
 *A preset that a person made.
 */
export type OwnPresetId = string;

/**
 * The canonical parameters, in the order of a parameter report.
 */
export type Parameter =
  | "guidance"
  | "steps"
  | "lora_scale"
  | "aspect_ratio"
  | "megapixels"
  | "pictures"
  | "seed"
  | "output_format"
  | "output_quality"
  | "go_fast";

/**
 * What was preferred of one parameter.
 */
export type ParameterPreference = {
  /**
   * The parameter.
   */
  parameter: AxisParameter;
  /**
   * Its values, the one with the most wins first.
   */
  values: Array<ValuePreference>;
};

/**
 * A preset with a person's explicit values. Every value is in its bounds.
 */
export type Parameters = {
  /**
   * 0-10.
   */
  guidance: number;
  /**
   * 1-50.
   */
  steps: number;
  /**
   * -1 to 3.
   */
  lora_scale: number;
  /**
   * Width to height.
   */
  aspect_ratio: AspectRatio;
  /**
   * Size.
   */
  megapixels: Megapixels;
  /**
   * 1-4.
   */
  pictures: number;
  /**
   * 1 to 4294967295; absent until one is drawn.
   */
  seed: number | null;
  /**
   * File format.
   */
  output_format: OutputFormat;
  /**
   * 0-100.
   */
  output_quality: number;
  /**
   * The provider's fp8 fast path.
   */
  go_fast: boolean;
};

/**
 * `GET /api/operator/people`: by id, `?cursor=` for more.
 */
export type People = {
  /**
   * At most `limit` (default 50, at most 100).
   */
  people: Array<Person>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * A user, as the operator sees them.
 */
export type Person = {
  /**
   * The user id.
   */
  id: UserId;
  /**
   * What to call them.
   */
  name: string;
  /**
   * What they may do.
   */
  role: Role;
  /**
   * Their state.
   */
  status: PersonStatus;
  /**
   * Models bound to them.
   */
  models: Array<BoundModel>;
  /**
   * When they were created.
   */
  created_at: Timestamp;
};

/**
 * `GET /api/operator/people/{id}`: a user with what the list leaves out. Somebody who is being created is only in the list.
 */
export type PersonAccount = {
  /**
   * The user.
   */
  person: Person;
  /**
   * The address under which they can ask for a sign-in link; absent: none is set.
   */
  email: string | null;
  /**
   * Their allowance and its renewal.
   */
  allowance: AllowanceState;
};

/**
 * A person's state.
 */
export type PersonStatus = "active" | "creating" | "deleting" | "suspended";

/**
 * One stored picture.
 */
export type Picture = {
  /**
   * Its id; the bytes are at `/api/images/{id}`.
   */
  id: PictureId;
  /**
   * Which of the request's pictures it is, from 0.
   */
  index: number;
  /**
   * File format, by its bytes.
   */
  format: OutputFormat;
  /**
   * Size in bytes.
   */
  bytes: number;
  /**
   * When it was stored.
   */
  created_at: Timestamp;
  /**
   * How it was made: canonical JSON.
   */
  recipe: Recipe;
  /**
   * The SHA-256 of the recipe's canonical JSON.
   */
  recipe_id: RecipeId;
};

/**
 * What becomes of pictures.
 */
export type PictureChange =
  | "favourite"
  | "unfavourite"
  | { add_to_album: AlbumId }
  | { remove_from_album: AlbumId }
  | "bin"
  | "restore"
  | "delete_for_good";

/**
 * The state of a conversation. Plain data that the page keeps and hands in again.
 */
export type PictureDraft = {
  /**
   * The picture as it would be composed now: slots, own words, number of pictures, explicit values.
   */
  composition?: Composition;
  /**
   * The picture, from 1, whose seed is kept.
   */
  like?: number;
  /**
   * Earlier states, the latest last; at most 20.
   */
  past?: Array<Composition>;
};

/**
 *One stored picture.
 */
export type PictureId = string;

/**
 * `GET /api/pictures`: what was stored last comes first.
 */
export type PicturePage = {
  /**
   * At most `limit` (default 80, at most 100).
   */
  pictures: Array<ListedPicture>;
  /**
   * For `?cursor=`; absent on the last page. It stays valid while pictures come and go.
   */
  next_cursor: string | null;
};

/**
 * Which pictures: those for which everything holds that is given. Pictures in the bin are left out.
 */
export type PictureQuery = {
  /**
   * Words of the prompt, or of what the person said, each of them somewhere. The beginning of a word is enough, from
   * three characters on. Accents and case make no difference. At most 200 characters.
   */
  q?: string;
  /**
   * Made with this model.
   */
  model?: ModelId;
  /**
   * Made for this series.
   */
  series?: SeriesId;
  /**
   * Whether it is a favourite.
   */
  favourite?: boolean;
  /**
   * In this album.
   */
  album?: AlbumId;
  /**
   * Made with this built-in preset.
   */
  preset?: PresetId;
  /**
   * Of this file format.
   */
  format?: OutputFormat;
  /**
   * Stored at this moment or later.
   */
  from?: Timestamp;
  /**
   * Stored before this moment.
   */
  to?: Timestamp;
};

/**
 * `GET /api/pictures/{id}`: everything that is stored of a picture, but for its bytes.
 */
export type PictureRecord = {
  /**
   * The generation that made it.
   */
  generation: GenerationId;
  /**
   * Whether it is a favourite.
   */
  favourite: boolean;
  /**
   * The albums that it is in.
   */
  albums: Array<AlbumId>;
  /**
   * Its id; the bytes are at `/api/images/{id}`.
   */
  id: PictureId;
  /**
   * Which of the request's pictures it is, from 0.
   */
  index: number;
  /**
   * File format, by its bytes.
   */
  format: OutputFormat;
  /**
   * Size in bytes.
   */
  bytes: number;
  /**
   * When it was stored.
   */
  created_at: Timestamp;
  /**
   * How it was made: canonical JSON.
   */
  recipe: Recipe;
  /**
   * The SHA-256 of the recipe's canonical JSON.
   */
  recipe_id: RecipeId;
};

/**
 * A stored picture, as a list shows it.
 */
export type PictureSummary = {
  /**
   * Its id; the bytes are at `/api/images/{id}`, and its record is at `/api/pictures/{id}`.
   */
  id: PictureId;
  /**
   * Which of the request's pictures it is, from 0.
   */
  index: number;
  /**
   * File format, by its bytes.
   */
  format: OutputFormat;
  /**
   * Size in bytes.
   */
  bytes: number;
};

/**
 * What a `ChangePictures` did.
 */
export type PicturesChanged = {
  /**
   * Pictures that were selected.
   */
  selected: number;
  /**
   * Pictures that changed. The others were in this state already.
   */
  changed: number;
};

/**
 * A place in a grid, from 0.
 */
export type Place = {
  /**
   * The value of the second axis; 0 without one.
   */
  row: number;
  /**
   * The value of the first axis.
   */
  column: number;
};

/**
 * Where the trigger is placed.
 */
export type Placement = "beginning_and_middle" | "beginning" | "natural";

/**
 * A frame that would be made.
 */
export type PlannedFrame = {
  /**
   * The shot's title, or the cell's values.
   */
  title: string;
  /**
   * The place in the grid of a comparison.
   */
  place: Place | null;
  /**
   * What sets a comparison's cell apart.
   */
  differs: Array<Difference>;
  /**
   * The model.
   */
  model: ModelId;
  /**
   * What would be composed. Its seed is the one that is drawn now, if the request names none; creating the series draws
   * another.
   */
  composition: Composition;
  /**
   * The final prompt.
   */
  prompt: string;
  /**
   * What would become of each parameter.
   */
  effects: Array<Effect>;
  /**
   * What would be sent of each enhancement.
   */
  enhancements: Array<EnhancementEffect>;
};

/**
 * One picture of a plan.
 */
export type PlannedShot = {
  /**
   * The index in the shoot.
   */
  index: number;
  /**
   * The title of the look.
   */
  look: string;
  /**
   * The title of the shot.
   */
  scene: string;
  /**
   * The final prompt.
   */
  prompt: string;
  /**
   * The seed.
   */
  seed: number;
  /**
   * The aspect ratio.
   */
  aspect_ratio: AspectRatio;
  /**
   * The preset that the parameters start from.
   */
  preset: PresetId;
  /**
   * The composition that gives this picture.
   */
  composition: Composition;
};

/**
 * A share between 0 and 1, and the interval that holds it with 95 % confidence.
 */
export type PreferenceShare = {
  /**
   * The lower end.
   */
  low: number;
  /**
   * The share.
   */
  share: number;
  /**
   * The upper end.
   */
  high: number;
};

/**
 * `GET /api/preferences`: what this person's votes say about this person. They say nothing about anybody else.
 */
export type Preferences = {
  /**
   * All votes.
   */
  votes: number;
  /**
   * Votes that were blind.
   */
  blind: number;
  /**
   * Votes about two cells that differ in two parameters: nobody knows which of the two decided, so they count for neither.
   */
  undecided: number;
  /**
   * The parameters that were voted on.
   */
  parameters: Array<ParameterPreference>;
  /**
   * How the intervals are computed, and the source.
   */
  source: string;
};

/**
 * What a vote prefers.
 */
export type Preferred = "first" | "second" | "tie";

/**
 * A complete set of starting values.
 */
export type Preset = {
  /**
   * Stable name.
   */
  id: PresetId;
  /**
   * What a menu shows.
   */
  title: string;
  /**
   * One sentence on when to start from it.
   */
  description: string;
  /**
   * One or two sentences on what is known about it, and who says so.
   */
  evidence: string;
  /**
   * 0-10.
   */
  guidance: number;
  /**
   * 1-50.
   */
  steps: number;
  /**
   * -1 to 3.
   */
  lora_scale: number;
  /**
   * Width to height.
   */
  aspect_ratio: AspectRatio;
  /**
   * Size.
   */
  megapixels: Megapixels;
  /**
   * File format.
   */
  output_format: OutputFormat;
  /**
   * 0-100.
   */
  output_quality: number;
  /**
   * The provider's fp8 fast path.
   */
  go_fast: boolean;
};

/**
 * `GET /api/presets/export` and `POST /api/presets/import`: presets without anything of the studio they come from. A
 * name that is taken gets a number when it is imported.
 */
export type PresetFile = {
  /**
   * In the order in which they are listed.
   */
  presets: Array<NamedSettings>;
};

/**
 * A preset's stable name.
 */
export type PresetId = "likeness" | "classic" | "natural" | "balanced";

/**
 * `GET /api/presets`.
 */
export type PresetList = {
  /**
   * The built-in ones, the default first.
   */
  built_in: Array<Preset>;
  /**
   * The person's own, oldest first.
   */
  own: Array<OwnPreset>;
};

/**
 * What a person's own preset sets, by the names of a request's fields.
 */
export type PresetSettings = {
  /**
   * The built-in preset that the other values come from.
   */
  preset?: PresetId;
  /**
   * Explicit values, without a seed.
   */
  overrides?: Overrides;
  /**
   * Where the trigger is placed.
   */
  placement?: Placement;
  /**
   * The text that is appended.
   */
  quality?: QualityId;
  /**
   * Enhancements. One that the catalogue has no more is refused when a request names it.
   */
  enhancements?: Array<EnhancementChoice>;
};

/**
 * Where a preset's settings come from.
 */
export type PresetSource = { settings: PresetSettings } | { picture: PictureId };

/**
 * Exactly what is sent to the provider, and where each part comes from.
 */
export type Preview = {
  /**
   * The final prompt.
   */
  prompt: string;
  /**
   * The final prompt in pieces by origin.
   */
  spans: Array<Span>;
  /**
   * Sizes of the final prompt.
   */
  counts: Counts;
  /**
   * Tokens of the final prompt.
   */
  tokens: TokenCounts;
  /**
   * What the person should know before paying.
   */
  warnings: Array<Warning>;
  /**
   * The preset with the explicit values.
   */
  parameters: Parameters;
  /**
   * The parameter report: what becomes of each canonical parameter.
   */
  effects: Array<Effect>;
  /**
   * What is sent of each enhancement.
   */
  enhancements: Array<EnhancementEffect>;
  /**
   * The provider's `input` object, prompt included.
   */
  input: Record<string, InputValue>;
};

/**
 * The provider's own progress.
 */
export type Progress = {
  /**
   * 0-100.
   */
  percent: number;
  /**
   * Steps done.
   */
  step: number;
  /**
   * Steps in all.
   */
  steps: number;
};

/**
 * What `build` takes, in one object. The quality specification is its text, not its name.
 */
export type PromptRequest = {
  /**
   * The trigger, byte for byte as it was trained.
   */
  trigger: string;
  /**
   * What the person is called in prose.
   */
  class: string;
  /**
   * The person's own words, at most 4,000 characters.
   */
  input: string;
  /**
   * What is appended; `{trigger}` in it stands for the trigger. Absent or empty: nothing.
   */
  suffix?: string;
  /**
   * Where the trigger is placed.
   */
  placement?: Placement;
};

/**
 * Who runs the models.
 */
export type Provider = "replicate";

/**
 * `PUT /api/operator/enhancements/{id}`: adds an entry or changes it, and offers it again if it was retired.
 */
export type PutEnhancement = {
  /**
   * Its name in a menu.
   */
  title: string;
  /**
   * The LoRA, in its full form: `huggingface.co/owner/repository/file.safetensors`. It is never anybody's own.
   */
  reference: string;
  /**
   * The words that it was trained on; absent if it acts without any.
   */
  phrase?: EnhancementPhrase;
  /**
   * The scale if a request names none: from 0 to `max_scale`.
   */
  default_scale: number;
  /**
   * The largest scale, at most 3.
   */
  max_scale: number;
  /**
   * Its licence, or `unknown`.
   */
  licence: string;
  /**
   * What the licence means for the studio.
   */
  licence_note: string;
  /**
   * One sentence: what it does to a picture.
   */
  preview: string;
};

/**
 * A specification's stable name.
 */
export type QualityId = "reference" | "lean";

/**
 * Text appended to a prompt.
 */
export type QualitySpec = {
  /**
   * Stable name.
   */
  id: QualityId;
  /**
   * Raised whenever the text changes.
   */
  version: number;
  /**
   * What a menu shows.
   */
  title: string;
  /**
   * The text; `{trigger}` stands for the trigger.
   */
  text: string;
};

/**
 * Everything that made one picture. Fields serialise in this (sorted) order. The first releases
 * had no optional fields. These are left out when empty, so early recipes keep their bytes and ids.
 */
export type Recipe = {
  /**
   * `BUILDER_VERSION` of the Worker that sent it.
   */
  builder: number;
  /**
   * The data that the prompt and the parameters came from, each set with its version, in ascending order:
   * `["presets@1","quality/reference@1"]`.
   */
  data?: Array<string>;
  /**
   * The SHA-256 of each enhancement LoRA's file, in the order of `input` and in lower-case hex. This studio knows no
   * digests and leaves it empty: `data` has its enhancements, `enhancement/face-realism@1`.
   */
  enhancements?: Array<string>;
  /**
   * Which of the request's pictures this is, from 0. A picture replays only with the same seed, count and index.
   */
  index: number;
  /**
   * The provider's `input` object as sent, final prompt included.
   */
  input: Record<string, InputValue>;
  /**
   * The final prompt in pieces by origin: which words are the person's, which the trigger, which the quality
   * specification's.
   */
  parts?: Array<Span>;
  /**
   * The provider.
   */
  provider: string;
  /**
   * The seed that the provider reported, else the one that was sent.
   */
  seed: number | null;
  /**
   * The exact model version.
   */
  version: string;
};

/**
 * The SHA-256 of a recipe's canonical JSON; as text 64 lower-case hex digits.
 */
export type RecipeId = string;

/**
 * The API's error detail for a value that is refused before any request is made. The browser module throws an `Error`
 * with these properties.
 */
export type Refusal = {
  /**
   * Stable code.
   */
  code: ErrorCode;
  /**
   * The field at fault, dotted: `overrides.steps`.
   */
  field: string | null;
  /**
   * One or two sentences.
   */
  message: string;
};

/**
 * What remains after a deletion.
 */
export type Remains = {
  /**
   * Entries of the operators' audit log: what was done and when. The deletion's id stands in place of the person's.
   */
  audit_entries: number;
  /**
   * Versions of the person's models at the provider: it was not to delete them, or refused.
   */
  provider_versions: number;
};

/**
 * What a deletion has removed, counted.
 */
export type Removed = {
  /**
   * Generations with their words.
   */
  generations: number;
  /**
   * Pictures with their recipes and files.
   */
  pictures: number;
  /**
   * Bytes of the pictures' files.
   */
  bytes: number;
  /**
   * Models that are or were bound; their claims are free again.
   */
  models: number;
  /**
   * Sessions, ended ones included.
   */
  sessions: number;
  /**
   * Entries of the allowance's history and of the access log.
   */
  entries: number;
  /**
   * Model versions that the provider deletes.
   */
  provider_versions: number;
};

/**
 * `PATCH /api/series/{id}`.
 */
export type RenameSeries = {
  /**
   * 1-120 characters.
   */
  title: string;
};

/**
 *One HTTP request: shown with an error, found again in the log.
 */
export type RequestId = string;

/**
 * What was asked for, as a list shows it.
 */
export type RequestSummary = {
  /**
   * The model.
   */
  model: ModelId;
  /**
   * The first 280 characters of the person's words; of a request with slots, of the words that they became.
   */
  text: string;
  /**
   * Whether the words go on after `text`. `GET /api/generations/{id}` has all of them.
   */
  text_truncated: boolean;
  /**
   * The preset.
   */
  preset: PresetId;
  /**
   * Pictures asked for.
   */
  pictures: number;
};

/**
 * What a signed-in user may do.
 */
export type Role = "person" | "operator";

/**
 * What becomes of generations that are under way with a model when it is unbound.
 */
export type RunningWork = "finish" | "cancel";

/**
 * The pictures that are to be changed.
 */
export type Selection = { ids: Array<PictureId> } | { query: PictureQuery };

/**
 * A series, as a list shows it.
 */
export type Series = {
  /**
   * Its id.
   */
  id: SeriesId;
  /**
   * A shoot or a comparison.
   */
  kind: SeriesKind;
  /**
   * What it is called.
   */
  title: string;
  /**
   * Raised by one at every change; an older state never replaces a newer one.
   */
  revision: number;
  /**
   * Where it is.
   */
  state: SeriesState;
  /**
   * Nothing of it is sent until the person resumes it.
   */
  paused: boolean;
  /**
   * How many frames are where.
   */
  counts: SeriesCounts;
  /**
   * What it takes from the allowance.
   */
  cost: SeriesCost;
  /**
   * Its first pictures, at most four.
   */
  cover: Array<PictureSummary>;
  /**
   * The conversation that its generations belong to, which may lie deleted for up to 30 days.
   */
  session: ConversationId | null;
  /**
   * When it was asked for.
   */
  created_at: Timestamp;
};

/**
 * What a series takes from the allowance, in pictures, with every frame that was made again.
 */
export type SeriesCost = {
  /**
   * Asked for so far.
   */
  pictures: number;
  /**
   * Reserved for what has not ended.
   */
  reserved: number;
  /**
   * Used.
   */
  used: number;
};

/**
 * How many frames of a series are where. A frame is where its newest generation is; one whose generations were all
 * deleted is only among `frames`.
 */
export type SeriesCounts = {
  /**
   * All frames.
   */
  frames: number;
  /**
   * Not yet accepted by the provider.
   */
  waiting: number;
  /**
   * At the provider, or being stored.
   */
  under_way: number;
  /**
   * With pictures.
   */
  succeeded: number;
  /**
   * Failed.
   */
  failed: number;
  /**
   * Canceled.
   */
  canceled: number;
};

/**
 *A shoot or a comparison: generations that were asked for together.
 */
export type SeriesId = string;

/**
 * What a series is.
 */
export type SeriesKind = "shoot" | "comparison";

/**
 * `GET /api/series`: newest first.
 */
export type SeriesPage = {
  /**
   * At most `limit` (default 20, at most 100).
   */
  series: Array<Series>;
  /**
   * For `?cursor=`; absent on the last page.
   */
  next_cursor: string | null;
};

/**
 * The place of a generation in a series.
 */
export type SeriesPlace = {
  /**
   * The series.
   */
  id: SeriesId;
  /**
   * The frame, from 0.
   */
  frame: number;
};

/**
 * The answer to `?dry_run=true`: what a series would make. Nothing is stored, reserved or sent.
 */
export type SeriesPlan = {
  /**
   * What it would be called.
   */
  title: string;
  /**
   * The frames in order.
   */
  frames: Array<PlannedFrame>;
  /**
   * What it takes.
   */
  cost: ShootCost;
  /**
   * Pictures that the allowance still covers; absent without a limit.
   */
  left: number | null;
  /**
   * The place of its first frame in the queue, from 1; absent if it would be sent at once.
   */
  queue_position: number | null;
};

/**
 * `GET /api/series/{id}`: a series with its frames.
 */
export type SeriesRecord = {
  /**
   * What a comparison varies; empty for a shoot.
   */
  axes: Array<Axis>;
  /**
   * The frames in order.
   */
  frames: Array<Frame>;
  /**
   * The person's votes, oldest first.
   */
  votes: Array<Vote>;
  /**
   * Its id.
   */
  id: SeriesId;
  /**
   * A shoot or a comparison.
   */
  kind: SeriesKind;
  /**
   * What it is called.
   */
  title: string;
  /**
   * Raised by one at every change; an older state never replaces a newer one.
   */
  revision: number;
  /**
   * Where it is.
   */
  state: SeriesState;
  /**
   * Nothing of it is sent until the person resumes it.
   */
  paused: boolean;
  /**
   * How many frames are where.
   */
  counts: SeriesCounts;
  /**
   * What it takes from the allowance.
   */
  cost: SeriesCost;
  /**
   * Its first pictures, at most four.
   */
  cover: Array<PictureSummary>;
  /**
   * The conversation that its generations belong to, which may lie deleted for up to 30 days.
   */
  session: ConversationId | null;
  /**
   * When it was asked for.
   */
  created_at: Timestamp;
};

/**
 * Where a series is. It follows from its frames.
 */
export type SeriesState = "running" | "paused" | "succeeded" | "failed" | "canceled";

/**
 *One signed-in browser.
 */
export type SessionId = string;

/**
 * `PUT /api/operator/people/{id}/email`: the address under which the person may ask for a link.
 */
export type SetEmail = {
  /**
   * The address; `null` takes it away.
   */
  email: string | null;
};

/**
 * How much a finding matters.
 */
export type Severity = "error" | "warning" | "notice";

/**
 * A link that shows a picture. The file that it shows has no recipe, and keeps the mark of generated pictures.
 */
export type ShareLink = {
  /**
   * Its id, for `DELETE /api/share-links/{id}`, which ends it.
   */
  id: ShareLinkId;
  /**
   * The picture.
   */
  picture: PictureId;
  /**
   * The address to pass on. It does not tell whose picture it is.
   */
  url: string;
  /**
   * When it was made.
   */
  created_at: Timestamp;
  /**
   * When it ends.
   */
  expires_at: Timestamp;
  /**
   * How often the picture was shown.
   */
  views: number;
};

/**
 *A link that shows one picture.
 */
export type ShareLinkId = string;

/**
 * `GET /api/share-links`: the links that have not ended, newest first. There are at most 100.
 */
export type ShareLinkList = {
  /**
   * The links.
   */
  share_links: Array<ShareLink>;
};

/**
 * What a plan takes, in the units that providers bill by. There is no price, because providers change it.
 */
export type ShootCost = {
  /**
   * The number of pictures.
   */
  pictures: number;
  /**
   * The denoising steps of all pictures together.
   */
  steps: number;
  /**
   * Estimated GPU seconds for those steps, at about seven steps a second, without queueing and start-up. Source: the
   * progress lines in the provider's logs; not measured.
   */
  gpu_seconds: number;
};

/**
 * A shoot as a menu shows it.
 */
export type ShootListing = {
  /**
   * The stable id.
   */
  id: string;
  /**
   * Raised whenever one of its prompts changes.
   */
  version: number;
  /**
   * The title in the menu.
   */
  title: string;
  /**
   * The preset that the parameters start from.
   */
  preset: PresetId;
  /**
   * The titles of the looks.
   */
  looks: Array<string>;
  /**
   * The titles of the 8 to 12 shots. The position is the index.
   */
  scenes: Array<string>;
};

/**
 * The plan of a photoshoot for one model, before anything is sent.
 */
export type ShootPlan = {
  /**
   * The stable id of the shoot.
   */
  shoot: string;
  /**
   * The version of its data.
   */
  version: number;
  /**
   * The pictures in the order of the shoot.
   */
  shots: Array<PlannedShot>;
  /**
   * The number of pictures.
   */
  count: number;
  /**
   * What the pictures take.
   */
  cost: ShootCost;
};

/**
 * Which pictures of a photoshoot are wanted.
 */
export type ShootRequest = {
  /**
   * The stable id of the shoot.
   */
  shoot: string;
  /**
   * The seed of the first shot. The seeds of the others count up from it.
   */
  base_seed: number;
  /**
   * One outfit for every shot. Absent: those of the looks.
   */
  wardrobe?: Array<string>;
  /**
   * Outfits by the title of the look that wears them, instead of `wardrobe` and the look's own.
   */
  outfits?: { [key in string]: Array<string> };
  /**
   * The title of one look. Absent: all looks.
   */
  look?: string;
  /**
   * The indices of the wanted shots. Absent: all.
   */
  shots?: Array<number>;
  /**
   * The preset instead of the shoot's.
   */
  preset?: PresetId;
  /**
   * Explicit values for every shot. Their seed is not used: `base_seed` is.
   */
  overrides?: Overrides;
};

/**
 * `POST /api/session`: the token of a sign-in link.
 */
export type SignIn = {
  /**
   * The part after `#` in the link.
   */
  token: string;
};

/**
 * `GET /api/sign-ins`: every session that is alive, the last seen first. There are at most 32.
 */
export type SignInList = {
  /**
   * The sign-ins.
   */
  sign_ins: Array<SignInSummary>;
};

/**
 * A signed-in browser.
 */
export type SignInSummary = {
  /**
   * Its id, for `DELETE /api/sign-ins/{id}`.
   */
  id: SessionId;
  /**
   * Whether this session makes the request.
   */
  current: boolean;
  /**
   * The browser and its system: `Firefox on Linux`. Taken from what the browser says of itself.
   */
  browser: string;
  /**
   * The network it signed in from: `203.0.113.0/24`, or a /48 of IPv6; absent when it is not known.
   */
  network: string | null;
  /**
   * When it signed in.
   */
  first_seen: Timestamp;
  /**
   * When it last made a request, to five minutes; absent for a session of an older release until it makes one.
   */
  last_seen: Timestamp | null;
  /**
   * When it ends if it is not used any more: 14 days after its last request, and 30 days after it began at the
   * latest.
   */
  expires_at: Timestamp;
};

/**
 * What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
 * "in Lisbon", "85mm lens". The prose adds missing articles and prepositions.
 */
export type Slots = {
  /**
   * Who it is, beyond the trigger: "confident woman".
   */
  subject?: string;
  /**
   * Garments and what is worn with them: "red trench coat", "sunglasses".
   */
  wardrobe?: Array<string>;
  /**
   * Poses and actions: "leaning against a wall".
   */
  pose?: Array<string>;
  /**
   * The look on the face: "a slight smile".
   */
  expression?: string;
  /**
   * Places, from near to far: "in a small café", "in Lisbon".
   */
  setting?: Array<string>;
  /**
   * Time and weather: "at dusk", "in the rain".
   */
  time?: Array<string>;
  /**
   * The light: "soft window light".
   */
  lighting?: string;
  /**
   * Composition and crop: "close-up", "low angle".
   */
  shot?: Array<string>;
  /**
   * The camera and its lens: "Leica, 85mm lens, f/1.4".
   */
  camera?: string;
  /**
   * The film stock or look: "Kodak Portra 400".
   */
  film?: string;
  /**
   * Mood and colour: "moody", "muted colours".
   */
  mood?: Array<string>;
  /**
   * Things in the picture: "umbrella", "holding a coffee".
   */
  props?: Array<string>;
};

/**
 * A piece of the prompt and its origin.
 */
export type Span = {
  /**
   * Whose words these are.
   */
  source: SpanSource;
  /**
   * The words, with the separators that belong to them.
   */
  text: string;
};

/**
 * Whose words a `Span` holds.
 */
export type SpanSource = "trigger" | "you" | "slots" | "quality" | "joint";

/**
 * Who begins a turn.
 */
export type Speaker = "person" | "maya";

/**
 * A statement that can be attested, with its words.
 */
export type StatementWords = {
  /**
   * For `consent.statement`.
   */
  statement: ConsentStatement;
  /**
   * What is attested.
   */
  words: string;
};

/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
export type Timestamp = string;

/**
 * A name that a person gives to something of theirs: 1-80 characters on one line, without spaces at the ends.
 */
export type Title = string;

/**
 * The tokens of a prompt.
 */
export type TokenCounts = {
  /**
   * CLIP's tokens, beginning and end included; it reads 77.
   */
  clip: number;
  /**
   * T5's tokens, the end included; it reads 512.
   */
  t5: number;
  /**
   * Whether both were counted with their vocabularies. The number of a missing vocabulary is an estimate.
   */
  exact: boolean;
  /**
   * Where CLIP stops, when it is known to stop before the end.
   */
  clip_cut: ClipCut | null;
};

/**
 * `POST /api/operator/people/{id}/models/{model}/transfer`: the model is unbound from one person and bound to another. A
 * claim covers all versions of a model, so other versions are unbound, too; the same request for one of them binds it to
 * the other person. A transfer that stopped half-way is finished by the same request.
 */
export type TransferModel = {
  /**
   * The person who is to have it.
   */
  to: UserId;
  /**
   * What becomes of generations that the person who had it has under way.
   */
  running: RunningWork;
  /**
   * On whose word the face in it is used from now on.
   */
  consent: Attestation;
};

/**
 * The word a LoRA was trained on: `^[A-Za-z][A-Za-z0-9_]{2,31}$`, kept byte for byte (T5 is case-sensitive).
 */
export type TriggerWord = string;

/**
 * One turn: what was said, and what came of it.
 */
export type Turn = {
  /**
   * Its number. Later turns have higher ones.
   */
  number: number;
  /**
   * When it was said.
   */
  created_at: Timestamp;
  /**
   * Who began.
   */
  by: Speaker;
  /**
   * What they said.
   */
  said: Words;
  /**
   * What it changed in the draft, as the director wrote it; at most 32.
   */
  edits: Array<unknown>;
  /**
   * The answer.
   */
  reply: Words;
  /**
   * A question without whose answer nothing can be made.
   */
  question: Words | null;
  /**
   * Suggestions for what to say next; at most 8.
   */
  suggestions: Array<Words>;
  /**
   * The generation that it led to, which belongs to the conversation from then on. One that was asked for with this
   * conversation as its `session` belongs to it already.
   */
  generation: GenerationId | null;
};

/**
 * `DELETE /api/operator/people/{id}/models/{model}?running=`.
 */
export type UnbindModel = {
  /**
   * What becomes of generations under way.
   */
  running: RunningWork;
};

/**
 * A person or an operator. Chosen by the operator, so that an existing product keeps its own user ids.
 */
export type UserId = string;

/**
 * How often one value was preferred to another.
 */
export type ValuePreference = {
  /**
   * The value.
   */
  value: InputValue;
  /**
   * Votes for it.
   */
  wins: number;
  /**
   * Votes for the other value.
   */
  losses: number;
  /**
   * Votes for neither.
   */
  ties: number;
  /**
   * The share of wins without the ties; absent before the first decided vote.
   */
  share: PreferenceShare | null;
};

/**
 * One variant.
 */
export type Variant = {
  /**
   * The text for the prompt builder.
   */
  text: string;
  /**
   * The texts chosen in the outermost braces and lists, in order. Enough for a caption.
   */
  choices: Array<string>;
};

/**
 * The number of variants of a template.
 */
export type VariantCount = {
  /**
   * The number. 9007199254740991 stands for itself and every larger one.
   */
  count: number;
  /**
   * False when the number is only an upper bound, because too many options are alike to compare them.
   */
  exact: boolean;
};

/**
 * What is wrong with a template, and where. Displays as one sentence.
 */
export type VariantError = {
  /**
   * The stable code.
   */
  code: VariantErrorCode;
  /**
   * The request's field at fault.
   */
  field: string;
  /**
   * One or two sentences for the person: what is wrong and what can be done.
   */
  message: string;
  /**
   * The start of the fault in the template, in UTF-16 code units.
   */
  start: number;
  /**
   * The end of the fault.
   */
  end: number;
};

/**
 * The stable codes of `VariantError`s.
 */
export type VariantErrorCode =
  | "template_too_long"
  | "unclosed_brace"
  | "nested_too_deep"
  | "too_many_options"
  | "too_many_pictures"
  | "unknown_wildcard"
  | "empty_wildcard"
  | "too_much_alike";

/**
 * A template and which of its variants are wanted.
 */
export type VariantRequest = {
  /**
   * The template, at most 4,000 characters.
   */
  template: string;
  /**
   * Which combinations.
   */
  mode?: Mode;
  /**
   * The most variants, 1-24. Absent: all of them, which is refused above 24; with `random`, one.
   */
  limit?: number;
  /**
   * The seed of `random`. The same seed draws the same variants everywhere.
   */
  seed?: number;
  /**
   * The person's own lists for `__name__`, at most 64 options each. They take precedence over built-in ones.
   */
  lists?: { [key in string]: Array<string> };
};

/**
 * The variants of a template.
 */
export type Variants = {
  /**
   * The number of all variants.
   */
  total: VariantCount;
  /**
   * The variants that were asked for.
   */
  variants: Array<Variant>;
};

/**
 * A vote that is stored.
 */
export type Vote = {
  /**
   * One picture.
   */
  first: PictureId;
  /**
   * The other one.
   */
  second: PictureId;
  /**
   * Which of them was preferred.
   */
  preferred: Preferred;
  /**
   * The person did not see which cell is which.
   */
  blind: boolean;
  /**
   * When.
   */
  at: Timestamp;
};

/**
 * Something the person should know, with a stable code.
 */
export type Warning = {
  /**
   * Stable code.
   */
  code: WarningCode;
  /**
   * One sentence.
   */
  message: string;
};

/**
 * The stable codes of `Warning`s.
 */
export type WarningCode = "foreign_trigger" | "trigger_moved";

/**
 * A built-in list.
 */
export type Wildcard = {
  /**
   * The name between the underscores: `film_stock`.
   */
  name: string;
  /**
   * The title in a menu.
   */
  title: string;
  /**
   * The options, in order.
   */
  options: Array<string>;
};

/**
 * What somebody says in one turn: up to 4,000 characters.
 */
export type Words = string;
