//! The settings, read from the environment into one type. The names are those of wrangler.toml and of the secrets.
//!
//! | name | kind | |
//! |---|---|---|
//! | `SIGNING_KEYS` | secret | `id:key` pairs with white space between them, newest first; the first signs sign-in links and sessions, and all verify them. A key has at least 32 bytes, an id 1-16 of `a-z`, `0-9`, `-`, `_` |
//! | `SIGNING_KEY` | secret | one key without an id, the oldest; instead of `SIGNING_KEYS` or beside it |
//! | `REPLICATE_API_TOKEN` | secret | the real service |
//! | `STAND_IN_URL` | variable | origin of the local stand-in, in development, when there is no token |
//! | `PUBLIC_URL` | variable | the studio's own origin, for links, webhooks and cookies; only its pages change anything |
//! | `GENERATIONS_UNDER_WAY` | variable | generations that one person may have at the provider at a time, 1-100; by default 4 |
//! | `SERIES_FRAMES_WAITING` | variable | frames of series that one person may have waiting, 64-1,000; by default 128 |
//! | `PROVIDER_CREATES_PER_MINUTE` | variable | creates that the provider allows the token in a minute, 1-60,000; by default 600, as Replicate publishes |
//! | `PROVIDER_READS_PER_MINUTE` | variable | all other calls that it allows in a minute, 1-60,000; by default 3,000 |
//! | `EMAIL_FROM` | variable | sender of sign-in links that people ask for themselves; needs the binding `EMAIL` |
//!
//! **Development** is a Worker that uses the stand-in. There, and only there, a loopback request's own origin stands in for
//! a `PUBLIC_URL` that is not set. Anywhere else `Host` decides nothing: without `PUBLIC_URL` no link is made and no
//! webhook is asked for.

mod limits;
mod provider;

use std::cell::OnceCell;
use std::rc::Rc;

use selfsame_api::ErrorCode;
use selfsame_provider::pacer::PaceLimits;
use selfsame_studio::Limits;
use selfsame_studio::credentials::{KeysError, MIN_KEY_BYTES, SigningKeys};

use worker::Env;

pub(crate) use self::provider::{ProviderAccess, ProviderKind};
use crate::http::ApiError;
use crate::http::origin::Origin;
use crate::platform::{Level, Line};

/// The D1 database ([`crate::directory`]).
pub(crate) const DIRECTORY: &str = "DIRECTORY";
/// The R2 bucket of pictures.
pub(crate) const PICTURES: &str = "PICTURES";
/// The page's files.
pub(crate) const PAGE: &str = "ASSETS";
/// The Durable Objects, class `StudioObject`.
pub(crate) const STUDIO: &str = "STUDIO";
/// The pacer of calls to the provider, class `PacerObject`.
pub(crate) const PACER: &str = "PACER";
/// Sends e-mail; optional.
pub(crate) const EMAIL: &str = "EMAIL";
/// Limits sign-in attempts for each address.
pub(crate) const SIGN_INS: &str = "SIGN_INS";
/// Limits requests for links by e-mail for each address.
pub(crate) const LINKS_BY_EMAIL: &str = "LINKS_BY_EMAIL";

/// Limits openings of shared pictures for each address.
pub(crate) const SHARED_PICTURES: &str = "SHARED_PICTURES";

/// The settings of this deployment.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Sign and verify links and sessions; absent when none is set or one is not usable, and then nobody can sign in.
    pub(crate) signing_keys: Option<SigningKeys>,
    /// Absent when neither the token nor the stand-in is set, and then nothing is generated.
    pub(crate) provider: Option<ProviderAccess>,
    /// The studio's own origin, when it is set.
    public_url: Option<Origin>,
    /// The sender of links that people ask for themselves; without one nobody can ask for a link.
    pub(crate) email_from: Option<String>,
    /// What one person may have at a time.
    pub(crate) limits: Limits,
    /// What the provider allows the token.
    pub(crate) pace: PaceLimits,
    problems: Vec<String>,
}

impl Config {
    /// Reads the settings that `setting` finds by name. An empty one counts as missing.
    pub(crate) fn read(setting: impl Fn(&str) -> Option<String>) -> Self {
        let setting = |name: &str| setting(name).filter(|value| !value.trim().is_empty());
        let mut problems = Vec::new();
        let signing_keys = read_signing_keys(
            setting("SIGNING_KEYS").as_deref(),
            setting("SIGNING_KEY").as_deref(),
        );
        let provider =
            ProviderAccess::read(setting("REPLICATE_API_TOKEN"), setting("STAND_IN_URL"));
        let signing_keys = noted(signing_keys, &mut problems);
        let provider = noted(provider, &mut problems);
        let development = is_development(provider.as_ref());
        let public_url = read_public_url(setting("PUBLIC_URL"), development);
        let limits = limits::read_limits(setting, &mut problems);
        let pace = limits::read_pace(setting, &mut problems);
        Self {
            signing_keys,
            provider,
            public_url: noted(public_url, &mut problems).flatten(),
            limits,
            pace,
            email_from: setting("EMAIL_FROM").map(|address| address.trim().to_owned()),
            problems,
        }
    }

    /// What is missing, in sentences for the operator; `None` when nothing is.
    pub(crate) fn problem(&self) -> Option<String> {
        (!self.problems.is_empty()).then(|| self.problems.join(" "))
    }

    /// The provider of pictures.
    pub(crate) fn provider(&self) -> Result<&ProviderAccess, ApiError> {
        self.provider.as_ref().ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotConfigured,
                "No picture can be made yet: the studio's operator has to connect an image provider.",
            )
            .because("neither REPLICATE_API_TOKEN nor STAND_IN_URL is set")
        })
    }

    /// The provider's name in `/api/health` and in the log.
    pub(crate) fn provider_name(&self) -> &'static str {
        let provider = self.provider.as_ref();
        provider.map_or("none", |provider| provider.kind.name())
    }

    fn announce(&self) {
        let problem = self.problem();
        Line {
            level: if problem.is_some() {
                Level::Error
            } else {
                Level::Info
            },
            event: "started",
            subject: Some(self.provider_name()),
            detail: problem.as_deref(),
        }
        .write();
    }

    /// The studio's own origin, by which cookies are named and to which a page's requests must belong, in a request that
    /// came to `called`. On a development machine every loopback name of the studio is its own.
    pub(crate) fn own_origin(&self, called: Origin) -> Origin {
        match &self.public_url {
            Some(public) if !(called.is_plain_loopback() && self.is_local(public)) => {
                public.clone()
            }
            _ => called,
        }
    }

    fn is_local(&self, public: &Origin) -> bool {
        public.is_plain_loopback() || is_development(self.provider.as_ref())
    }

    /// The origin for links and webhooks, in a request that came to `own`; `None` when `PUBLIC_URL` is missing.
    pub(crate) fn public_origin<'a>(&'a self, own: &'a Origin) -> Option<&'a Origin> {
        let development = is_development(self.provider.as_ref());
        let fallback = Some(own).filter(|own| development && own.is_plain_loopback());
        self.public_url.as_ref().or(fallback)
    }

    /// The origin that links name, in a request that came to `own`.
    pub(crate) fn link_origin<'a>(&'a self, own: &'a Origin) -> Result<&'a Origin, ApiError> {
        self.public_origin(own).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotConfigured,
                "Links cannot be made yet: the studio's operator has to finish setting it up.",
            )
            .because("PUBLIC_URL is missing or not usable")
        })
    }

    /// The keys that sign and verify links and sessions.
    pub(crate) fn signing_keys(&self) -> Result<&SigningKeys, ApiError> {
        self.signing_keys.as_ref().ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotConfigured,
                "Nobody can sign in yet: the studio's operator has to finish setting it up.",
            )
            .because("SIGNING_KEYS and SIGNING_KEY are missing or not usable")
        })
    }
}

fn is_development(provider: Option<&ProviderAccess>) -> bool {
    provider.is_some_and(|provider| provider.kind == ProviderKind::StandIn)
}

thread_local! {
    static CONFIG: OnceCell<Rc<Config>> = const { OnceCell::new() };
}

/// The settings in `env`, read when the Worker starts; what is missing goes to the log then.
pub(crate) fn of(env: &Env) -> Rc<Config> {
    let read = || {
        // `var` reads secrets, too: both are plain strings in the environment.
        let config = Config::read(|name| env.var(name).ok().map(|value| value.to_string()));
        config.announce();
        Rc::new(config)
    };
    CONFIG.with(|cell| Rc::clone(cell.get_or_init(read)))
}

fn noted<T>(result: Result<T, String>, problems: &mut Vec<String>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

fn read_signing_keys(keys: Option<&str>, key: Option<&str>) -> Result<SigningKeys, String> {
    SigningKeys::read(keys, key).map_err(|error| match error {
        KeysError::Missing => format!(
            "Nobody can sign in: set the secret SIGNING_KEYS to `id:key`, with a key of at least {MIN_KEY_BYTES} random characters."
        ),
        error => format!("Nobody can sign in: {error}."),
    })
}

fn read_public_url(text: Option<String>, development: bool) -> Result<Option<Origin>, String> {
    const EFFECT: &str = "No sign-in link can be made and no webhook arrives:";
    match text {
        None if development => Ok(None),
        None => Err(format!(
            "{EFFECT} set PUBLIC_URL to the studio's own address."
        )),
        Some(text) => Origin::of_url(text.trim())
            .map(Some)
            .ok_or_else(|| format!("{EFFECT} PUBLIC_URL must look like https://studio.example.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const PUBLIC: (&str, &str) = ("PUBLIC_URL", "https://studio.example");

    fn read(settings: &[(&str, &str)]) -> Config {
        Config::read(|name| {
            let found = settings.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_token_selects_the_real_service() {
        let config = read(&[
            ("SIGNING_KEY", KEY),
            ("STAND_IN_URL", "http://127.0.0.1:8788"),
            ("REPLICATE_API_TOKEN", "r8_real"),
            PUBLIC,
        ]);
        let provider = config.provider.as_ref().expect("a provider");
        assert_eq!(
            (config.provider_name(), provider.base.as_str()),
            ("replicate", "https://api.replicate.com/v1")
        );
        assert!(
            provider
                .delivery
                .check("https://x.replicate.delivery/a")
                .is_ok()
        );
        assert!(provider.delivery.check("http://127.0.0.1:8788/a").is_err());
        assert_eq!(config.problem(), None);
        assert!(!format!("{config:?}").contains("r8_real"));
        assert!(!format!("{config:?}").contains(KEY));
    }

    #[test]
    fn missing_settings_are_named() {
        let config = read(&[("REPLICATE_API_TOKEN", " "), ("SIGNING_KEY", "short")]);
        assert!(config.provider.is_none() && config.signing_keys.is_none());
        let problem = config.problem().expect("a problem");
        assert!(
            problem.contains("REPLICATE_API_TOKEN") && problem.contains("SIGNING_KEY"),
            "{problem}"
        );
        assert!(problem.contains("PUBLIC_URL"), "{problem}");
        assert!(!problem.contains("short\""));
    }

    #[test]
    fn either_setting_of_the_keys_is_enough() {
        let keys = format!("new:{KEY}");
        for setting in [("SIGNING_KEY", KEY), ("SIGNING_KEYS", keys.as_str())] {
            assert!(read(&[setting]).signing_keys.is_some(), "{setting:?}");
        }
        let config = read(&[("SIGNING_KEYS", KEY)]);
        assert!(config.signing_keys.is_none());
        let problem = config.problem().expect("a problem");
        assert!(problem.contains("SIGNING_KEYS") && !problem.contains(KEY));
    }

    #[test]
    fn only_in_development_a_loopback_request_names_its_own_origin() {
        let origin = |url| Origin::of_url(url).expect("an origin");
        let (local, foreign) = (
            origin("http://127.0.0.1:8787"),
            origin("https://evil.example"),
        );
        let stand_in = ("STAND_IN_URL", "http://127.0.0.1:8788");
        let real = ("REPLICATE_API_TOKEN", "r8_real");

        let development = read(&[stand_in]);
        assert_eq!(development.public_origin(&local), Some(&local));
        assert_eq!(development.public_origin(&foreign), None);
        assert!(
            !development
                .problem()
                .expect("no key")
                .contains("PUBLIC_URL")
        );

        for settings in [&[real][..], &[real, stand_in], &[]] {
            let config = read(settings);
            assert_eq!(config.public_origin(&local), None);
            assert_eq!(config.public_origin(&foreign), None);
            assert!(config.problem().expect("a problem").contains("PUBLIC_URL"));
        }
        for settings in [[real, PUBLIC], [stand_in, PUBLIC]] {
            let config = read(&settings);
            for own in [&local, &foreign] {
                assert_eq!(config.public_origin(own), Some(&origin(PUBLIC.1)));
            }
        }
        let unreadable = read(&[real, ("PUBLIC_URL", "studio.example")]);
        assert_eq!(unreadable.public_origin(&local), None);
        assert!(
            unreadable
                .problem()
                .expect("a problem")
                .contains("PUBLIC_URL")
        );
    }

    #[test]
    fn public_url_decides_the_own_origin_whatever_host_says() {
        let origin = |url| Origin::of_url(url).expect("an origin");
        let (public, local) = ("https://studio.example", "http://127.0.0.1:8787");
        let (other, name) = ("https://evil.example", "http://localhost:8787");
        let real = ("REPLICATE_API_TOKEN", "r8_real");
        let stand_in = ("STAND_IN_URL", "http://127.0.0.1:8788");
        for (settings, called, expected) in [
            (&[real, PUBLIC][..], other, public),
            (&[real, PUBLIC], local, public),
            (&[stand_in, PUBLIC], other, public),
            (&[stand_in, PUBLIC], local, local),
            (&[stand_in], local, local),
            (&[real], other, other),
            (&[real, ("PUBLIC_URL", local)], name, name),
            (&[real, ("PUBLIC_URL", local)], other, local),
        ] {
            let own = read(settings).own_origin(origin(called));
            assert_eq!(own, origin(expected), "{settings:?} {called}");
        }
    }
}
