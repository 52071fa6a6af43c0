//! The requests that cross from the front Worker to a person's object as JSON, each at an address of its own.
//!
//! `POST` to [`Call::PATH`] takes the request and answers its reply with 200, or a `Refusal` with its error's status.
//! The addresses are reached over the platform's internal fetch only: the front Worker hands a client's request over
//! under its own address, and none of those begins like these.

use selfsame_studio::{
    AddModel, Authenticated, BeginSession, CheckOperator, Hint, LocatePicture, OpenStudio,
    ReinstatePerson, Request, SuspendPerson,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A request that crosses to a person's object.
pub trait Call:
    Request<Reply: Serialize + DeserializeOwned> + Serialize + DeserializeOwned
{
    /// Where the object takes it.
    const PATH: &'static str;
}

impl Call for OpenStudio {
    const PATH: &'static str = "/calls/open-studio";
}

impl Call for SuspendPerson {
    const PATH: &'static str = "/calls/suspend-person";
}

impl Call for ReinstatePerson {
    const PATH: &'static str = "/calls/reinstate-person";
}

impl Call for AddModel {
    const PATH: &'static str = "/calls/add-model";
}

impl Call for BeginSession {
    const PATH: &'static str = "/calls/begin-session";
}

impl Call for Hint {
    const PATH: &'static str = "/calls/hint";
}

impl Call for Authenticated<CheckOperator> {
    const PATH: &'static str = "/calls/check-operator";
}

impl Call for Authenticated<LocatePicture> {
    const PATH: &'static str = "/calls/locate-picture";
}

macro_rules! person_calls {
    ($($request:ident $path:literal)*) => {
        $(impl Call for Authenticated<selfsame_studio::$request> {
            const PATH: &'static str = $path;
        })*
    };
}

person_calls! {
    CancelGeneration "/calls/cancel"
    DeletePicture "/calls/delete-picture"
    EndSession "/calls/end-session"
    Generate "/calls/generate"
    GetGeneration "/calls/generation"
    GetMe "/calls/me"
    ListGenerations "/calls/generations"
    ListModels "/calls/models"
}
