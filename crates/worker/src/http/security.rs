//! Security headers. The platform reads those of the page's files from `www/public/_headers`; the Worker's own responses
//! get the same ones, from the same file.

/// The file that the platform applies to static assets.
const FILE: &str = include_str!("../../../../www/public/_headers");

/// Name and value of every header that the file sets for all addresses (its `/*` block).
pub(crate) fn headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    let indented = |line: &&str| line.starts_with([' ', '\t']) || line.trim().is_empty();
    FILE.lines()
        .skip_while(|line| line.trim_end() != "/*")
        .skip(1)
        .take_while(indented)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> &'static str {
        headers()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    #[test]
    fn the_content_security_policy_allows_this_origin_only() {
        let policy = value("Content-Security-Policy");
        for directive in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "img-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{directive} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"));
    }

    #[test]
    fn the_other_security_headers_are_set() {
        assert_eq!(value("X-Content-Type-Options"), "nosniff");
        assert_eq!(value("Referrer-Policy"), "no-referrer");
        assert!(value("Strict-Transport-Security").contains("max-age="));
        assert!(!value("Permissions-Policy").is_empty());
    }

    #[test]
    fn every_header_is_valid_http() {
        for (name, value) in headers() {
            assert!(
                axum::http::HeaderName::from_bytes(name.as_bytes()).is_ok(),
                "{name}"
            );
            assert!(axum::http::HeaderValue::from_str(value).is_ok(), "{value}");
        }
    }
}
