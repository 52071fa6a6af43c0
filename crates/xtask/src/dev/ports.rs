//! Ports that are taken are found out before anything is built or started.

use std::net::{Ipv4Addr, TcpListener};

use crate::error::Error;

/// Nothing listens on `port`; `option` is what chooses another. 0 is none: whoever is to find the server must know it.
pub fn require_free(port: u16, option: &str) -> Result<(), Error> {
    if port == 0 {
        return Err(Error::say(format!("{option} takes a port from 1 to 65535")));
    }
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|cause| {
            Error::say(format!(
                "port {port} cannot be used ({cause}): stop what is using it, or choose another with {option}"
            ))
        })
}

/// The Worker and the stand-in each listen on their own.
pub fn require_different(worker: u16, stand_in: u16) -> Result<(), Error> {
    if worker == stand_in {
        return Err(Error::say(format!(
            "--port and --stand-in-port are both {worker}: the Worker and the stand-in need one each"
        )));
    }
    Ok(())
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
        assert!(require_free(0, "--port").is_err());
        assert!(require_different(port, port).is_err());
    }
}
