//! The provider of pictures: which one it is, and how it is reached.

use selfsame_provider::delivery::DeliveryHosts;
use selfsame_provider::secret::Secret;

use crate::http::origin::Origin;

/// Replicate's API.
const REPLICATE_URL: &str = "https://api.replicate.com/v1";
/// The token that the stand-in accepts. It is not a secret.
const STAND_IN_TOKEN: &str = "r8_stand_in_token";

/// The provider of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProviderKind {
    /// The real service.
    Replicate,
    /// The local program that speaks its API.
    StandIn,
}

impl ProviderKind {
    /// Its name, for the log and for the pacer's object.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Replicate => "replicate",
            Self::StandIn => "stand-in",
        }
    }
}

/// How the provider is reached.
#[derive(Debug, Clone)]
pub(crate) struct ProviderAccess {
    /// Which provider.
    pub(crate) kind: ProviderKind,
    /// Base URL of its API, without a slash at the end.
    pub(crate) base: String,
    /// The token that pays.
    pub(crate) token: Secret,
    /// Where its files may be fetched from.
    pub(crate) delivery: DeliveryHosts,
}

impl ProviderAccess {
    /// The origin for webhooks of a studio at `origin`. The real service refuses a request whose webhook address is not
    /// HTTPS, so without HTTPS there are no webhooks, and polls find the changes.
    pub(crate) fn webhook_origin(&self, origin: &Origin) -> Option<String> {
        let reachable = self.kind == ProviderKind::StandIn || origin.is_secure();
        reachable.then(|| origin.as_str().to_owned())
    }

    /// The real service with this token or, without one, the stand-in at this address. The error is a sentence for the
    /// operator.
    pub(super) fn read(token: Option<String>, stand_in: Option<String>) -> Result<Self, String> {
        const EFFECT: &str = "No picture can be made:";
        let (kind, base, token, hosts) = match (token, stand_in) {
            (Some(token), _) => {
                let hosts = "replicate.delivery *.replicate.delivery".to_owned();
                (
                    ProviderKind::Replicate,
                    REPLICATE_URL.to_owned(),
                    token.trim().to_owned(),
                    hosts,
                )
            }
            (None, Some(url)) => {
                let Some(origin) = Origin::of_url(url.trim()) else {
                    return Err(format!(
                        "{EFFECT} STAND_IN_URL must look like http://127.0.0.1:8788."
                    ));
                };
                let base = format!("{}/v1", origin.as_str());
                (
                    ProviderKind::StandIn,
                    base,
                    STAND_IN_TOKEN.to_owned(),
                    origin.as_str().to_owned(),
                )
            }
            (None, None) => {
                return Err(format!(
                    "{EFFECT} set the secret REPLICATE_API_TOKEN, or STAND_IN_URL in development."
                ));
            }
        };
        let delivery = hosts
            .parse()
            .map_err(|error| format!("{EFFECT} {error}."))?;
        Ok(Self {
            kind,
            base,
            token: Secret::new(token),
            delivery,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_in(url: &str) -> ProviderAccess {
        ProviderAccess::read(None, Some(url.to_owned())).expect("a provider")
    }

    #[test]
    fn the_stand_in_is_a_single_origin() {
        let provider = stand_in("http://127.0.0.1:8788/");
        assert_eq!(
            (provider.kind.name(), provider.base.as_str()),
            ("stand-in", "http://127.0.0.1:8788/v1")
        );
        assert!(provider.delivery.check("http://127.0.0.1:8788/a").is_ok());
        assert!(provider.delivery.check("http://127.0.0.1:8789/a").is_err());
    }

    #[test]
    fn the_real_service_sends_webhooks_over_https_only() {
        let real = ProviderAccess::read(Some("r8_real".to_owned()), None).expect("a provider");
        let local = Origin::of_url("http://127.0.0.1:8787").expect("an origin");
        let public = Origin::of_url("https://studio.example").expect("an origin");
        assert_eq!(real.webhook_origin(&local), None);
        let address = Some("https://studio.example".to_owned());
        assert_eq!(real.webhook_origin(&public), address);
        assert!(
            stand_in("http://127.0.0.1:8788")
                .webhook_origin(&local)
                .is_some()
        );
    }
}
