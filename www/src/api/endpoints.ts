// The endpoints of the API, one function each.
import { type PlainFile, request, requestFile } from "./http";
import type {
  BindModel,
  BoundModel,
  CreatePerson,
  Generation,
  GenerationPage,
  Health,
  Link,
  Me,
  MintLink,
  ModelList,
  People,
  Person,
  SignIn,
} from "./types";

const enc = encodeURIComponent;

export const openSession = (signIn: SignIn) => request<unknown>("POST", "/api/session", { body: signIn });
export const closeSession = () => request<unknown>("DELETE", "/api/session");
export const getMe = () => request<Me>("GET", "/api/me");
export const getModels = () => request<ModelList>("GET", "/api/models");
export const getHealth = () => request<Health>("GET", "/api/health");

export const getGenerations = (cursor: string | null) =>
  request<GenerationPage>("GET", cursor === null ? "/api/generations" : `/api/generations?cursor=${enc(cursor)}`);
export const getGeneration = (id: string) => request<Generation>("GET", `/api/generations/${enc(id)}`);
/** `body` is the request's exact JSON, so that a repeated attempt sends the same bytes. */
export const createGeneration = (body: string, idempotencyKey: string) =>
  request<Generation>("POST", "/api/generations", { body, idempotencyKey });
export const cancelGeneration = (id: string) =>
  request<Generation | null>("POST", `/api/generations/${enc(id)}/cancel`);
export const deletePicture = (id: string) => request<unknown>("DELETE", `/api/pictures/${enc(id)}`);

export const imageAddress = (picture: string) => `/api/images/${enc(picture)}`;
/** A picture's stored file with its download name. */
export const getPictureFile = (picture: string): Promise<PlainFile> => requestFile(downloadAddress(picture));
export const downloadAddress = (picture: string) => `/api/images/${enc(picture)}?download`;

const person = (id: string) => `/api/operator/people/${enc(id)}`;
export const getPeople = (cursor: string | null) =>
  request<People>("GET", cursor === null ? "/api/operator/people" : `/api/operator/people?cursor=${enc(cursor)}`);
export const createPerson = (body: CreatePerson) => request<Person>("POST", "/api/operator/people", { body });
export const mintLink = (id: string, body: MintLink) => request<Link>("POST", `${person(id)}/link`, { body });
export const bindModel = (id: string, body: BindModel) => request<BoundModel>("POST", `${person(id)}/models`, { body });
export const suspendPerson = (id: string) => request<Person | null>("POST", `${person(id)}/suspend`);
export const reinstatePerson = (id: string) => request<Person | null>("POST", `${person(id)}/reinstate`);
