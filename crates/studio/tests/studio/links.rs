//! Which sign-in links still work.

use selfsame_api::{ErrorCode, Role};
use selfsame_studio::credentials::{LinkClaims, LinkValidity};
use selfsame_studio::{
    GetMe, IssueLink, LinkGrant, ReinstatePerson, RevokeLinks, StudioError, SuspendPerson,
};

use crate::kit::{Kit, link, sign_in};

fn valid(nonce: u128, validity: LinkValidity) -> LinkClaims {
    LinkClaims {
        validity,
        ..link(nonce)
    }
}

fn epoch(kit: &mut Kit) -> i64 {
    kit.handle(IssueLink).unwrap().value.epoch
}

#[test]
fn revoking_ends_every_link_and_no_session() {
    let mut kit = Kit::new();
    let before = epoch(&mut kit);
    kit.handle(RevokeLinks).unwrap();
    let after = epoch(&mut kit);
    assert!(before < after);
    let refused = kit.handle(sign_in(valid(2, LinkValidity::Epoch(before)), 2));
    assert_eq!(refused, Err(StudioError::LinkRevoked));
    assert_eq!(refused.unwrap_err().code(), ErrorCode::LinkExpired);
    kit.ask(GetMe).unwrap();
    kit.handle(sign_in(valid(3, LinkValidity::Epoch(after)), 3))
        .unwrap();
}

#[test]
fn suspending_ends_every_link_for_good() {
    let mut kit = Kit::new();
    let before = epoch(&mut kit);
    kit.handle(RevokeLinks).unwrap();
    let between = epoch(&mut kit);
    kit.handle(SuspendPerson).unwrap();
    assert_eq!(kit.handle(IssueLink), Err(StudioError::Suspended));
    kit.handle(ReinstatePerson).unwrap();
    for (nonce, epoch) in [(2, before), (3, between)] {
        let refused = kit.handle(sign_in(valid(nonce, LinkValidity::Epoch(epoch)), nonce));
        assert_eq!(refused, Err(StudioError::LinkRevoked));
    }
    let grant = kit.handle(IssueLink).unwrap().value;
    assert_eq!(
        grant,
        LinkGrant {
            role: Role::Person,
            epoch: before + 2
        }
    );
    kit.handle(sign_in(valid(4, LinkValidity::Epoch(before + 2)), 4))
        .unwrap();
}

#[test]
fn a_link_minted_with_the_key_alone_ends_with_the_others() {
    let mut kit = Kit::new();
    kit.pass(10);
    let now = kit.now;
    kit.handle(sign_in(valid(2, LinkValidity::Since(now)), 2))
        .unwrap();
    for end in [true, false] {
        kit.pass(10);
        let moment = kit.now;
        if end {
            kit.handle(RevokeLinks).unwrap();
        } else {
            kit.handle(SuspendPerson).unwrap();
            kit.handle(ReinstatePerson).unwrap();
        }
        let refused = kit.handle(sign_in(valid(3, LinkValidity::Since(moment)), 3));
        assert_eq!(refused, Err(StudioError::LinkRevoked));
    }
    kit.pass(1);
    let later = kit.now;
    kit.handle(sign_in(valid(4, LinkValidity::Since(later)), 4))
        .unwrap();
}

#[test]
fn a_revoked_link_is_refused_to_the_browser_that_used_it_too() {
    let mut kit = Kit::new();
    let mut request = sign_in(link(2), 2);
    request.browser.id = Some(selfsame_studio::Nonce::from_random(7));
    kit.handle(request.clone()).unwrap();
    kit.handle(RevokeLinks).unwrap();
    assert_eq!(kit.handle(request), Err(StudioError::LinkRevoked));
}
