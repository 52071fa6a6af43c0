// The endpoints of the API, one function each.
import { type PlainFile, request, requestFile } from "./http";
import type {
  AccessLogPage,
  AuditPage,
  BindModel,
  BinPage,
  BoundModel,
  CreatePerson,
  Generation,
  GenerationPage,
  Health,
  Link,
  LinkRequest,
  LinkRequests,
  Me,
  MintLink,
  ModelList,
  People,
  Person,
  SessionList,
  SetEmail,
  SignIn,
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
export const closeSession = () => request<unknown>("DELETE", "/api/session");
export const getMe = () => request<Me>("GET", "/api/me");
/** Marks every notice as seen. */
export const dismissNotices = () => request<unknown>("DELETE", "/api/me/notices");
export const getAccessLog = (cursor: string | null) =>
  request<AccessLogPage>("GET", listOf("/api/me/access-log", { cursor }));
export const getSessions = () => request<SessionList>("GET", "/api/sessions");
export const endSession = (id: string) => request<unknown>("DELETE", `/api/sessions/${enc(id)}`);
/** Ends every session but this browser's. */
export const endOtherSessions = () => request<unknown>("DELETE", "/api/sessions");
export const getModels = () => request<ModelList>("GET", "/api/models");
export const getHealth = () => request<Health>("GET", "/api/health");

export const getGenerations = (cursor: string | null) =>
  request<GenerationPage>("GET", listOf("/api/generations", { cursor }));
export const getGeneration = (id: string) => request<Generation>("GET", `/api/generations/${enc(id)}`);
/** `body` is the request's exact JSON, so that a repeated attempt sends the same bytes. */
export const createGeneration = (body: string, idempotencyKey: string) =>
  request<Generation>("POST", "/api/generations", { body, idempotencyKey });
export const cancelGeneration = (id: string) =>
  request<Generation | null>("POST", `/api/generations/${enc(id)}/cancel`);
/** Moves a generation with its pictures and words to the bin. */
export const deleteGeneration = (id: string) => request<unknown>("DELETE", `/api/generations/${enc(id)}`);
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
/** A picture's stored file with its download name. */
export const getPictureFile = (picture: string): Promise<PlainFile> => requestFile(downloadAddress(picture));
export const downloadAddress = (picture: string) => `/api/images/${enc(picture)}?download`;

const person = (id: string) => `/api/operator/people/${enc(id)}`;
export const getPeople = (cursor: string | null) => request<People>("GET", listOf("/api/operator/people", { cursor }));
export const createPerson = (body: CreatePerson) => request<Person>("POST", "/api/operator/people", { body });
/** A person's link, or for an operator a request that another operator has to approve. */
export const mintLink = (id: string, body: MintLink) =>
  request<Link | LinkRequest>("POST", `${person(id)}/link`, { body });
export const revokeLinks = (id: string) => request<unknown>("POST", `${person(id)}/revoke-links`);
export const setEmail = (id: string, body: SetEmail) => request<SetEmail>("PUT", `${person(id)}/email`, { body });
export const bindModel = (id: string, body: BindModel) => request<BoundModel>("POST", `${person(id)}/models`, { body });
export const suspendPerson = (id: string) => request<Person | null>("POST", `${person(id)}/suspend`);
export const reinstatePerson = (id: string) => request<Person | null>("POST", `${person(id)}/reinstate`);

const linkRequest = (id: string) => `/api/operator/link-requests/${enc(id)}`;
export const getLinkRequests = () => request<LinkRequests>("GET", "/api/operator/link-requests");
export const approveLink = (id: string) => request<Link>("POST", `${linkRequest(id)}/approve`);
export const declineLink = (id: string) => request<unknown>("DELETE", linkRequest(id));
/** `subject`: only what was done to this person. */
export const getAudit = (subject: string | null, cursor: string | null) =>
  request<AuditPage>("GET", listOf("/api/operator/audit", { subject, cursor }));
