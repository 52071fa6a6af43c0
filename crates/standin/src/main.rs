//! `selfsame-standin`: starts the stand-in and prints its address.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use selfsame_standin::{Settings, TOKEN, start};

/// A local stand-in for Replicate: it speaks the HTTP API and draws labelled placeholders.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 lets the system choose a free one.
    #[arg(long, default_value_t = 8788)]
    port: u16,
    /// How many times faster than the real service: at 10, a prediction of ten seconds takes one.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Seconds after which the outputs, inputs and logs of a finished prediction are removed.
    #[arg(long, default_value_t = 3600)]
    expiry: u64,
    /// The only token that is accepted.
    #[arg(long, default_value = TOKEN)]
    token: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If stderr is closed, there is nowhere to report it.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let running = start(Settings {
        port: arguments.port,
        speed: arguments.speed,
        expiry: Duration::from_secs(arguments.expiry),
        token: arguments.token,
    })
    .await?;
    let mut out = std::io::stdout();
    writeln!(out, "stand-in listening on {}", running.origin())?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    Ok(())
}
