//! Checks of the ports, before anything is built or started.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use crate::error::Error;

/// Errs unless `port` can be bound. `option` chooses another.
pub(crate) fn require_free(port: u16, option: &str) -> Result<(), Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|cause| {
            let remedy = match cause.kind() {
                ErrorKind::AddrInUse => {
                    "stop the program that uses it, or choose another port with"
                }
                ErrorKind::PermissionDenied => "choose a port from 1024 with",
                _ => "choose another port with",
            };
            Error::say(format!(
                "cannot listen on 127.0.0.1:{port} ({cause}): {remedy} {option}"
            ))
        })
}

/// Errs when the Worker and the stand-in would share a port.
pub(crate) fn require_different(worker: u16, stand_in: u16) -> Result<(), Error> {
    if worker == stand_in {
        return Err(Error::say(format!(
            "--port and --stand-in-port are both {worker}: choose two different ports"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_port_and_the_option() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("bound").port();
        let sentence = require_free(port, "--port").expect_err("taken").to_string();
        assert!(
            sentence.contains(&port.to_string()) && sentence.contains("--port"),
            "{sentence}"
        );
        drop(taken);
        assert!(require_free(port, "--port").is_ok());
        assert!(require_different(port, port).is_err());
    }
}
