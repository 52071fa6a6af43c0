// The endpoints of the API, one function each.
import { type PlainFile, request, requestFile, sendForFile } from "./http";
import type {
  AccessLogPage,
  Album,
  AlbumList,
  AllowanceAccount,
  AllowanceRequest,
  AllowanceState,
  ArchiveRequest,
  AskForLink,
  AskForMore,
  AuditPage,
  BinPage,
  BoundModel,
  CastVote,
  Catalogue,
  CatalogueEntry,
  ChangeConversation,
  ChangePictures,
  ChangePreset,
  ConfirmDeletion,
  Conversation,
  ConversationPage,
  ConversationRecord,
  Deletion,
  EnhancementList,
  Generation,
  GenerationPage,
  Health,
  Inbox,
  Link,
  LinkRequest,
  LinkRequests,
  LoraCheck,
  Me,
  MintLink,
  ModelBindings,
  ModelList,
  NewPreset,
  NewTurn,
  OwnEmail,
  OwnPreset,
  People,
  Person,
  PersonAccount,
  PicturePage,
  PictureQuery,
  PictureRecord,
  PicturesChanged,
  Preferences,
  PresetList,
  PutEnhancement,
  SeriesPage,
  SeriesPlan,
  SeriesRecord,
  SetEmail,
  ShareLink,
  ShareLinkList,
  SignIn,
  SignInList,
  Turn,
  UnbindModel,
} from "./types";

const enc = encodeURIComponent;
/** The address of a list with those parameters that are not null. */
const listOf = (list: string, parameters: Record<string, string | null>) => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${enc(value)}`],
  );
  return given.length === 0 ? list : `${list}?${given.join("&")}`;
};

export const openSession = (signIn: SignIn) => request<unknown>("POST", "/api/session", { body: signIn });
/** Sends a sign-in link to the address, if a person has it; the answer says nothing about that. */
export const sendLink = (body: AskForLink) => request<unknown>("POST", "/api/sign-in-links", { body });
export const closeSession = () => request<unknown>("DELETE", "/api/session");
export const getMe = () => request<Me>("GET", "/api/me");
/** Deletes the person who asks, for good. */
export const deleteMe = (body: ConfirmDeletion) => request<Deletion>("DELETE", "/api/me", { body });
/** A deletion and, in the end, its receipt. It needs no session. */
export const getDeletion = (id: string) => request<Deletion>("GET", `/api/deletions/${enc(id)}`);
/** Marks every notice as seen. */
export const dismissNotices = () => request<unknown>("DELETE", "/api/me/notices");
export const getAccessLog = (cursor: string | null) =>
  request<AccessLogPage>("GET", listOf("/api/me/access-log", { cursor }));
export const getAllowance = (cursor: string | null) =>
  request<AllowanceAccount>("GET", listOf("/api/me/allowance", { cursor }));
/** Asks the operator for more pictures. */
export const askForMore = (body: AskForMore) =>
  request<AllowanceRequest>("POST", "/api/me/allowance/request", { body });
/** The address under which the person can ask for a sign-in link. */
export const getEmail = () => request<OwnEmail>("GET", "/api/me/email");
export const removeEmail = () => request<unknown>("DELETE", "/api/me/email");
export const getSignIns = () => request<SignInList>("GET", "/api/sign-ins");
export const endSignIn = (id: string) => request<unknown>("DELETE", `/api/sign-ins/${enc(id)}`);
/** Signs out every browser but this one. */
export const endOtherSignIns = () => request<unknown>("DELETE", "/api/sign-ins");
export const getModels = () => request<ModelList>("GET", "/api/models");
/** What a request can add to the person's own LoRA. */
export const getEnhancements = () => request<EnhancementList>("GET", "/api/enhancements");
export const getPresets = () => request<PresetList>("GET", "/api/presets");
/** What this person's votes say. */
export const getPreferences = () => request<Preferences>("GET", "/api/preferences");

/** Keeps settings, or those of a picture, as a preset of the person's own. */
export const createPreset = (body: NewPreset) => request<OwnPreset>("POST", "/api/presets", { body });
export const changePreset = (id: string, body: ChangePreset) =>
  request<OwnPreset>("PATCH", `/api/presets/${enc(id)}`, { body });
export const deletePreset = (id: string) => request<unknown>("DELETE", `/api/presets/${enc(id)}`);
/** `body` is the text of an exported file. */
export const importPresets = (body: string) => request<OwnPreset[]>("POST", "/api/presets/import", { body });
/** The person's presets as a file to download. */
export const PRESETS_EXPORT_ADDRESS = "/api/presets/export";
export const getHealth = () => request<Health>("GET", "/api/health");

/** `session`: only those of this conversation. */
export const getGenerations = (cursor: string | null, session: string | null) =>
  request<GenerationPage>("GET", listOf("/api/generations", { cursor, session }));
export const getGeneration = (id: string) => request<Generation>("GET", `/api/generations/${enc(id)}`);
/** `body` is the request's exact JSON, so that a repeated attempt sends the same bytes. */
export const createGeneration = (body: string, idempotencyKey: string) =>
  request<Generation>("POST", "/api/generations", { body, idempotencyKey });
export const cancelGeneration = (id: string) =>
  request<Generation | null>("POST", `/api/generations/${enc(id)}/cancel`);
/** Moves a generation with its pictures and words to the bin. */
export const deleteGeneration = (id: string) => request<unknown>("DELETE", `/api/generations/${enc(id)}`);
/** `body` is a [`NewShoot`] as JSON. */
export const createShoot = (body: string, idempotencyKey: string) =>
  request<SeriesRecord>("POST", "/api/shoots", { body, idempotencyKey });
/** `body` is a [`NewComparison`] as JSON. */
export const createComparison = (body: string, idempotencyKey: string) =>
  request<SeriesRecord>("POST", "/api/comparisons", { body, idempotencyKey });
/** What a [`NewComparison`], as JSON, would make. Nothing is stored, reserved or sent. */
export const planComparison = (body: string) => request<SeriesPlan>("POST", "/api/comparisons?dry_run=true", { body });
const oneSeries = (id: string) => `/api/series/${enc(id)}`;
export const getSeries = (cursor: string | null) => request<SeriesPage>("GET", listOf("/api/series", { cursor }));
export const getSeriesRecord = (id: string) => request<SeriesRecord>("GET", oneSeries(id));
export const pauseSeries = (id: string) => request<SeriesRecord>("POST", `${oneSeries(id)}/pause`);
export const resumeSeries = (id: string) => request<SeriesRecord>("POST", `${oneSeries(id)}/resume`);
/** Cancels the frames that have not begun. */
export const cancelRest = (id: string) => request<SeriesRecord>("POST", `${oneSeries(id)}/cancel`);
/** Moves a series with its generations to the bin. */
export const deleteSeries = (id: string) => request<unknown>("DELETE", oneSeries(id));
export const restoreSeries = (id: string) => request<SeriesRecord>("POST", `${oneSeries(id)}/restore`);
export const retryFrame = (id: string, frame: number, idempotencyKey: string) =>
  request<SeriesRecord>("POST", `${oneSeries(id)}/frames/${frame}/retry`, { idempotencyKey });
export const castVote = (id: string, body: CastVote) =>
  request<SeriesRecord>("POST", `${oneSeries(id)}/votes`, { body });
/** A page of the pictures that match. */
export const getPictures = ({ q, album, favourite }: PictureQuery, cursor: string | null) =>
  request<PicturePage>(
    "GET",
    listOf("/api/pictures", {
      q: q ?? null,
      album: album ?? null,
      favourite: favourite === undefined ? null : String(favourite),
      cursor,
    }),
  );
/** Everything that is stored of a picture. */
export const getPicture = (id: string) => request<PictureRecord>("GET", `/api/pictures/${enc(id)}`);
/** Changes many pictures at once. */
export const changePictures = (body: ChangePictures) =>
  request<PicturesChanged>("POST", "/api/pictures/changes", { body });
export const getAlbums = () => request<AlbumList>("GET", "/api/albums");
export const addAlbum = (name: string) => request<Album>("POST", "/api/albums", { body: { name } });
export const renameAlbum = (id: string, name: string) =>
  request<Album>("PATCH", `/api/albums/${enc(id)}`, { body: { name } });
/** Deletes an album and leaves its pictures. */
export const deleteAlbum = (id: string) => request<unknown>("DELETE", `/api/albums/${enc(id)}`);
/** Moves a picture to the bin. */
export const deletePicture = (id: string) => request<unknown>("DELETE", `/api/pictures/${enc(id)}`);

export const getBin = (cursor: string | null) => request<BinPage>("GET", listOf("/api/bin", { cursor }));
export const restoreFromBin = (id: string) => request<unknown>("POST", `/api/bin/${enc(id)}/restore`);
/** Deletes one thing in the bin for good. */
export const deleteFromBin = (id: string) => request<unknown>("DELETE", `/api/bin/${enc(id)}`);
/** Deletes everything in the bin for good. */
export const emptyBin = () => request<unknown>("DELETE", "/api/bin");

/** Everything that the person has, as one archive to download. */
export const EXPORT_ADDRESS = "/api/me/export";
export const imageAddress = (picture: string) => `/api/images/${enc(picture)}`;
/** A smaller version, with at most so many pixels on its long side. */
export const thumbnailAddress = (picture: string, side: 256 | 512 | 1024) => `${imageAddress(picture)}?size=${side}`;
/** Several pictures as one ZIP archive. */
export const getArchive = (body: ArchiveRequest) => sendForFile("/api/pictures/archive", body);
/** Makes a link that shows the picture to whoever has it, for a week. */
export const sharePicture = (picture: string) =>
  request<ShareLink>("POST", `/api/pictures/${enc(picture)}/share-links`, { body: {} });
export const getShareLinks = () => request<ShareLinkList>("GET", "/api/share-links");
export const endShareLink = (id: string) => request<unknown>("DELETE", `/api/share-links/${enc(id)}`);
/** A picture's stored file with its download name. */
export const getPictureFile = (picture: string): Promise<PlainFile> => requestFile(downloadAddress(picture));
export const downloadAddress = (picture: string) => `/api/images/${enc(picture)}?download`;

/** `q`: only those that have these words. */
export const getConversations = (q: string | null, cursor: string | null) =>
  request<ConversationPage>("GET", listOf("/api/sessions", { q, cursor }));
const conversation = (id: string) => `/api/sessions/${enc(id)}`;
/** `body` is a [`NewConversation`] as JSON. */
export const beginConversation = (body: string, idempotencyKey: string) =>
  request<Conversation>("POST", "/api/sessions", { body, idempotencyKey });
/** A conversation with its draft and a page of its turns, newest first. */
export const getConversation = (id: string, cursor: string | null) =>
  request<ConversationRecord>("GET", listOf(conversation(id), { cursor }));
export const changeConversation = (id: string, body: ChangeConversation) =>
  request<Conversation>("PATCH", conversation(id), { body });
export const addTurn = (id: string, body: NewTurn, idempotencyKey: string) =>
  request<Turn>("POST", `${conversation(id)}/turns`, { body, idempotencyKey });
export const deleteConversation = (id: string) => request<unknown>("DELETE", conversation(id));
export const restoreConversation = (id: string) => request<Conversation>("POST", `${conversation(id)}/restore`);

const person = (id: string) => `/api/operator/people/${enc(id)}`;
export const getPeople = (cursor: string | null) => request<People>("GET", listOf("/api/operator/people", { cursor }));
export const getPerson = (id: string) => request<PersonAccount>("GET", person(id));
/** `body` is a [`CreatePerson`] as JSON. */
export const createPerson = (body: string, idempotencyKey: string) =>
  request<Person>("POST", "/api/operator/people", { body, idempotencyKey });
/** Deletes a person for good, or somebody who was created half-way. */
export const deletePerson = (id: string, body: ConfirmDeletion) => request<Deletion>("DELETE", person(id), { body });
/** `body` is a [`ChangeAllowance`] as JSON. */
export const changeAllowance = (id: string, body: string, idempotencyKey: string) =>
  request<AllowanceState>("POST", `${person(id)}/allowance`, { body, idempotencyKey });
/** A person's link, or for an operator a request that another operator has to approve. */
export const mintLink = (id: string, body: MintLink) =>
  request<Link | LinkRequest>("POST", `${person(id)}/link`, { body });
export const revokeLinks = (id: string) => request<unknown>("POST", `${person(id)}/revoke-links`);
export const setEmail = (id: string, body: SetEmail) => request<SetEmail>("PUT", `${person(id)}/email`, { body });
const model = (id: string, modelId: string) => `${person(id)}/models/${enc(modelId)}`;
/** Every model that is or was bound to a person, and what can be attested when one is bound. */
export const getBindings = (id: string) => request<ModelBindings>("GET", `${person(id)}/models`);
/** `body` is a [`BindModel`] as JSON. */
export const bindModel = (id: string, body: string, idempotencyKey: string) =>
  request<BoundModel>("POST", `${person(id)}/models`, { body, idempotencyKey });
export const unbindModel = (id: string, modelId: string, { running }: UnbindModel) =>
  request<unknown>("DELETE", listOf(model(id, modelId), { running }));
export const retireModel = (id: string, modelId: string) => request<unknown>("POST", `${model(id, modelId)}/retire`);
/** Makes two pictures that show whether the model's LoRA acts. */
export const checkLora = (id: string, modelId: string) => request<LoraCheck>("POST", `${model(id, modelId)}/canary`);
/** A picture of that check, with the LoRA off or on. */
export const canaryAddress = (id: string, modelId: string, lora: "off" | "on") =>
  `${model(id, modelId)}/canary/${lora}`;
/** `body` is a [`TransferModel`] as JSON. */
export const transferModel = (id: string, modelId: string, body: string, idempotencyKey: string) =>
  request<BoundModel>("POST", `${model(id, modelId)}/transfer`, { body, idempotencyKey });
export const suspendPerson = (id: string) => request<Person | null>("POST", `${person(id)}/suspend`);
export const reinstatePerson = (id: string) => request<Person | null>("POST", `${person(id)}/reinstate`);

const linkRequest = (id: string) => `/api/operator/link-requests/${enc(id)}`;
export const getLinkRequests = () => request<LinkRequests>("GET", "/api/operator/link-requests");
export const approveLink = (id: string) => request<Link>("POST", `${linkRequest(id)}/approve`);
export const getInbox = () => request<Inbox>("GET", "/api/operator/inbox");
/** Declines what a person asks for. */
export const declineMore = (item: number) => request<unknown>("DELETE", `/api/operator/inbox/${item}`);
export const declineLink = (id: string) => request<unknown>("DELETE", linkRequest(id));
/** The catalogue of enhancements, retired ones too. */
export const getCatalogue = () => request<Catalogue>("GET", "/api/operator/enhancements");
const enhancement = (id: string) => `/api/operator/enhancements/${enc(id)}`;
/** Adds an entry or changes it, and offers it again if it was retired. */
export const putEnhancement = (id: string, body: PutEnhancement) =>
  request<CatalogueEntry>("PUT", enhancement(id), { body });
export const retireEnhancement = (id: string) => request<CatalogueEntry>("POST", `${enhancement(id)}/retire`);
/** `subject`: only what was done to this person. */
export const getAudit = (subject: string | null, cursor: string | null) =>
  request<AuditPage>("GET", listOf("/api/operator/audit", { subject, cursor }));
