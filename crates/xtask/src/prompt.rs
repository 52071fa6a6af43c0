//! `cargo xtask prompt`: reads one JSON request per line and writes one JSON result per line. A bad line does not end it.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};

use selfsame_api::{ErrorCode, Refusal};
use selfsame_prompt::placement::{Counts, PromptError, PromptRequest, Warning};
use serde::Serialize;
use serde_json::error::Category;

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// A line of output.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answer {
    Built {
        text: String,
        counts: Counts,
        warnings: Vec<Warning>,
    },
    Refused {
        error: Refusal,
    },
}

/// Runs the command.
pub(crate) fn run(_: &Workspace, _: &Args) -> Result<(), Error> {
    match answer_all(BufReader::new(io::stdin().lock()), io::stdout().lock()) {
        // The reader has closed the pipe.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn answer_all(mut requests: impl BufRead, mut answers: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if requests.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        serde_json::to_writer(&mut answers, &answer(&line))?;
        writeln!(answers)?;
        answers.flush()?;
    }
}

fn answer(line: &[u8]) -> Answer {
    let built = read(line).and_then(|request| request.build().map_err(refuse));
    match built {
        Ok(built) => Answer::Built {
            text: built.text,
            counts: built.counts,
            warnings: built.warnings,
        },
        Err(error) => Answer::Refused { error },
    }
}

fn read(line: &[u8]) -> Result<PromptRequest, Refusal> {
    // Serde would read a list as a request, by position.
    if line.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal {
            code: ErrorCode::InvalidValue,
            field: None,
            message: "a request is an object, not a list".into(),
        });
    }
    serde_json::from_slice(line).map_err(|error| {
        let message = error.to_string();
        let code = match error.classify() {
            Category::Data if message.starts_with("missing field") => ErrorCode::MissingField,
            Category::Data if message.starts_with("unknown field") => ErrorCode::UnknownField,
            Category::Data => ErrorCode::InvalidValue,
            Category::Syntax | Category::Eof | Category::Io => ErrorCode::InvalidJson,
        };
        let field = match code {
            ErrorCode::MissingField | ErrorCode::UnknownField => {
                message.split('`').nth(1).map(str::to_owned)
            }
            _ => None,
        };
        Refusal {
            code,
            field,
            message,
        }
    })
}

fn refuse(error: PromptError) -> Refusal {
    let code = match error {
        PromptError::TooLong { .. } => ErrorCode::PromptTooLong,
    };
    Refusal {
        code,
        field: Some("input".to_owned()),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::answer_all;

    fn answers(requests: &[u8]) -> Vec<Value> {
        let mut out = Vec::new();
        answer_all(requests, &mut out).expect("memory can be read and written");
        out.split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("an answer is JSON"))
            .collect()
    }

    #[test]
    fn a_bad_line_is_answered_and_the_next_one_is_read() {
        let mut requests =
            b"{\"trigger\":\"ohwx\",\"class\":\"man\",\"input\":\"hat\"}\n\n{\n\xff\xfe\n[\"ohwx\",\"man\",\"hat\",\"\",\"natural\"]\n"
                .to_vec();
        requests.extend(b"{\"trigger\":\"ohwx\",\"class\":\"man\"}\n");
        requests.extend(b"{\"trigger\":\"ohwx\",\"class\":\"man\",\"input\":\"hat\",\"x\":1}\n");
        requests.extend(b"{\"trigger\":\"ohwx\",\"class\":\"man\",\"input\":7}\n");
        let long = "a".repeat(4_001);
        requests.extend(
            format!("{{\"trigger\":\"ohwx\",\"class\":\"man\",\"input\":\"{long}\"}}\n").bytes(),
        );
        requests.extend(
            b"{\"trigger\":\"ohwx\",\"class\":\"man\",\"input\":\"\",\"placement\":\"beginning\"}",
        );
        let answers = answers(&requests);
        let codes: Vec<&str> = answers
            .iter()
            .map(|answer| answer["error"]["code"].as_str().unwrap_or("built"))
            .collect();
        assert_eq!(
            codes,
            [
                "built",
                "invalid_json",
                "invalid_json",
                "invalid_json",
                "invalid_value",
                "missing_field",
                "unknown_field",
                "invalid_value",
                "prompt_too_long",
                "built",
            ]
        );
        assert_eq!(answers[0]["text"], "ohwx, hat, ohwx portrait");
        assert_eq!(answers[0]["counts"]["triggers"], 2);
        assert_eq!(answers[5]["error"]["field"], "input");
        assert_eq!(answers[9]["text"], "ohwx portrait");
    }
}
