//! `cargo xtask sign-in`: prints a one-time sign-in link, signed with the Worker's own code.

use selfsame_api::Role;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::Nonce;
use selfsame_studio::credentials::{LinkClaims, LinkValidity, SigningKeys};

use crate::clock;
use crate::error::Error;
use crate::vars;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The id of the person or operator.
    #[arg(long)]
    user: UserId,
    /// Sign in as an operator, who administers accounts and sees no pictures.
    #[arg(long)]
    operator: bool,
    /// The studio's address.
    #[arg(long, default_value = "http://127.0.0.1:8787")]
    url: String,
    /// Minutes until the link expires, at most a week.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    minutes: u32,
}

/// Prints the link.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let role = if args.operator {
        Role::Operator
    } else {
        Role::Person
    };
    let keys = vars::signing_keys(workspace)?;
    let token = mint(&keys, &args.user, role, args.minutes)?;
    println!("{}", link(&args.url, &token));
    Ok(())
}

/// The link's address.
pub(crate) fn link(origin: &str, token: &str) -> String {
    format!("{}/sign-in#{token}", origin.trim_end_matches('/'))
}

/// Signs the token of a link for `user`.
pub(crate) fn mint(
    keys: &SigningKeys,
    user: &UserId,
    role: Role,
    minutes: u32,
) -> Result<String, Error> {
    let now = Timestamp::from_millisecond(clock::unix_millis());
    let claims = LinkClaims {
        user: user.clone(),
        role,
        nonce: Nonce::from_random(u128::from_le_bytes(vars::random()?)),
        expires: now.plus_milliseconds(i64::from(minutes) * 60_000),
        validity: LinkValidity::Since(now),
    };
    keys.mint_link(&claims).map_err(|source| Error::Json {
        origin: "the link".to_owned(),
        source,
    })
}
