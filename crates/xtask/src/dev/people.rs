//! The demo people of local development, created over the operator's HTTP API.

use selfsame_api::{ConsentStatement, People, PersonStatus, Role};
use selfsame_primitives::ids::UserId;
use selfsame_studio::credentials::SigningKeys;
use serde_json::{Value, json};

use crate::error::Error;
use crate::http::Client;
use crate::process::say;
use crate::sign_in;

struct Demo {
    id: &'static str,
    name: &'static str,
    model: &'static str,
    trigger: &'static str,
    class_word: &'static str,
}

const PEOPLE: [Demo; 2] = [
    Demo {
        id: "ada",
        name: "Ada",
        model: "ada-selfie-lora",
        trigger: "user42585527",
        class_word: "woman",
    },
    Demo {
        id: "ben",
        name: "Ben",
        model: "ben-selfie-lora",
        trigger: "user31337000",
        class_word: "man",
    },
];
const OPERATOR: &str = "studio";
/// Minutes until a printed link expires.
const MINUTES: u32 = 60;

/// Creates the people that are missing. Gives the name and a sign-in link of each, and of the operator.
pub(crate) fn create(
    studio: &str,
    keys: &SigningKeys,
    stand_in: Option<&str>,
) -> Result<Vec<(&'static str, String)>, Error> {
    let mint = |id: &str, role| -> Result<String, Error> {
        let user: UserId = id
            .parse()
            .map_err(|cause| Error::say(format!("{id}: {cause}")))?;
        sign_in::mint(keys, &user, role, MINUTES)
    };
    let operator = sign_in_operator(studio, &mint(OPERATOR, Role::Operator)?)?;
    let people: People = operator.get("/api/operator/people?limit=100")?.json()?;
    let mut links = Vec::new();
    for demo in PEOPLE {
        let known = people
            .people
            .iter()
            .find(|person| person.id.as_str() == demo.id)
            .filter(|person| person.status != PersonStatus::Creating);
        if known.is_none() {
            say(&format!("creating {}", demo.name));
            let body = json!({ "id": demo.id, "name": demo.name, "allowance": "unlimited" });
            operator
                .post("/api/operator/people", &body)?
                .json::<Value>()?;
        }
        if let Some(stand_in) = stand_in
            && known.is_none_or(|person| person.models.is_empty())
        {
            bind(&operator, &demo, stand_in)?;
        }
        let token = mint(demo.id, Role::Person)?;
        links.push((demo.name, sign_in::link(studio, &token)));
    }
    let token = mint(OPERATOR, Role::Operator)?;
    links.push(("operator", sign_in::link(studio, &token)));
    Ok(links)
}

fn sign_in_operator(studio: &str, token: &str) -> Result<Client, Error> {
    let answer = Client::new(studio).post("/api/session", &json!({ "token": token }))?;
    let Some(cookie) = answer.cookie.clone() else {
        answer.json::<Value>()?;
        return Err(Error::say(format!(
            "{studio} did not set a session cookie for the operator"
        )));
    };
    Ok(Client::new(studio).with("cookie", cookie))
}

fn bind(operator: &Client, demo: &Demo, stand_in: &str) -> Result<(), Error> {
    say(&format!("binding {} to {}", demo.model, demo.name));
    let model: Value = Client::new(stand_in)
        .with("authorization", "Bearer r8_stand_in_token")
        .get(&format!("/v1/models/studio/{}", demo.model))?
        .json()?;
    let body = json!({
        "provider": "replicate",
        "owner": "studio",
        "name": demo.model,
        "version": model["latest_version"]["id"],
        "trigger": demo.trigger,
        "class_word": demo.class_word,
        "label": demo.name,
        "consent": { "by": demo.name, "statement": ConsentStatement::OwnFace1 },
    });
    operator
        .post(&format!("/api/operator/people/{}/models", demo.id), &body)?
        .json::<Value>()
        .map(drop)
}
