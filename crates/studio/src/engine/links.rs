//! Sign-in links: what a new one needs, whether one still works, and ending them all.

use selfsame_api::{AccessAction, Person, PersonStatus, Role};
use serde::{Deserialize, Serialize};

use super::deletion;
use super::operator::{NewLinks, create_profile, opened, person};
use super::transaction::Transaction;
use crate::credentials::{LinkClaims, LinkValidity};
use crate::error::StudioError;
use crate::request::{AccountRequest, Request};
use crate::store::profile::{self, Profile};

/// Asks for what the claims of a new sign-in link need. Fails with [`StudioError::Suspended`] for a person whom a link
/// would not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueLink;

/// What the claims of a new link need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkGrant {
    /// The person's role.
    pub role: Role,
    /// The epoch of the links that are valid now.
    pub epoch: i64,
}

impl Request for IssueLink {
    type Reply = LinkGrant;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<LinkGrant, StudioError> {
        let profile = opened(tx)?;
        if profile.status == PersonStatus::Suspended {
            return Err(StudioError::Suspended);
        }
        Ok(LinkGrant {
            role: profile.role,
            epoch: profile.link_epoch(),
        })
    }
}

impl AccountRequest for IssueLink {
    const ACTION: AccessAction = AccessAction::LinkMinted;
}

/// Ends every sign-in link that was made before. Sessions go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeLinks;

impl Request for RevokeLinks {
    type Reply = Person;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Person, StudioError> {
        let profile = opened(tx)?;
        profile::end_links(tx.db, profile.revocations + 1, tx.now)?;
        person(tx, profile)
    }
}

impl AccountRequest for RevokeLinks {
    const ACTION: AccessAction = AccessAction::LinksRevoked;
}

/// The person that a link signs in, whether or not the link was used before.
pub(super) fn person_of(
    tx: &mut Transaction<'_>,
    link: &LinkClaims,
) -> Result<Profile, StudioError> {
    // Used nonces are forgotten once the link has expired, so its age is checked here again.
    if link.expires <= tx.now {
        return Err(StudioError::LinkExpired);
    }
    let profile = match profile::load(tx.db)? {
        Some(profile) => profile,
        // There is no operator yet who could open a studio for the first one; the signing key authenticates the link.
        None if link.role == Role::Operator && deletion::under_way(tx)?.is_none() => {
            let epoch = match link.validity {
                LinkValidity::Epoch(epoch) => epoch,
                LinkValidity::Since(_) => tx.now.as_millisecond(),
            };
            let links = NewLinks { epoch, since: None };
            let (user, name) = (link.user.clone(), link.user.to_string());
            create_profile(tx, user, name, link.role, None, links)?
        }
        None => {
            return Err(StudioError::LinkInvalid {
                reason: "nobody by this id",
            });
        }
    };
    if profile.user != link.user {
        return Err(StudioError::LinkInvalid {
            reason: "another person's studio",
        });
    }
    if profile.role != link.role {
        return Err(StudioError::LinkInvalid {
            reason: "another role",
        });
    }
    if profile.status == PersonStatus::Suspended {
        return Err(StudioError::Suspended);
    }
    if !is_valid(link.validity, &profile) {
        return Err(StudioError::LinkRevoked);
    }
    Ok(profile)
}

fn is_valid(validity: LinkValidity, profile: &Profile) -> bool {
    match validity {
        LinkValidity::Epoch(epoch) => epoch == profile.link_epoch(),
        LinkValidity::Since(minted) => profile.links_since.is_none_or(|since| since < minted),
    }
}
