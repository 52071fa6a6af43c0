//! Ports that are taken are found out before anything is built or started.

use std::net::{Ipv4Addr, TcpListener};

use crate::error::Error;

/// Nothing listens on `port`; `option` is what chooses another.
pub fn require_free(port: u16, option: &str) -> Result<(), Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|cause| {
            Error::say(format!(
                "port {port} cannot be used ({cause}): stop what is using it, or choose another with {option}"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_names_itself_and_the_option() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("bound").port();
        let sentence = require_free(port, "--port").expect_err("taken").to_string();
        assert!(
            sentence.contains(&port.to_string()) && sentence.contains("--port"),
            "{sentence}"
        );
        drop(taken);
        assert!(require_free(port, "--port").is_ok());
    }
}
