//! `?cursor=` and `?limit=` of every list, as the Worker reads them and as the studio does.

use selfsame_studio::{GetAccessLog, GetAllowance, ListBin, ListGenerations, StudioError};

use self::parsing::Page;
use super::studio::{self, World};
use super::{Target, bytes, equal, holds};

// The Worker's own file, because its crate is built for WebAssembly only.
#[path = "../../../crates/worker/src/http/page.rs"]
#[allow(dead_code, reason = "shared with the Worker, which uses all of it")]
mod parsing;

/// The target: the query of a list's address.
pub const TARGET: Target = Target {
    name: "page",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "limit=",
        "limit=0&",
        "limit=101&",
        "limit=4294967295&",
        "cursor=",
        "Limit=",
        "&",
        ";",
        "=",
        "0",
        "1",
        "20",
        "100",
        "101",
        "-1",
        "+1",
        "1.0",
        "1e2",
        "4294967296",
        "%31",
        "%00",
        "%",
        "%ff",
        "+",
        "Z2VuXzAxbWNjNXJtMDAwMDAwMDAwMDAwMDAwMDAy",
        "MTgwMDAwMDAwMDAwMCBwaWNfMDFtY2M1cm0wMDAwMDAwMDAwMDAwMDAwMDE",
        "LTkyMjMzNzIwMzY4NTQ3NzU4MDggZ2VuXzAxbWNjNXJtMDAwMDAwMDAwMDAwMDAwMDAy",
        "NDI",
        "LTE",
        "MTg0NDY3NDQwNzM3MDk1NTE2MTY",
        "AAAA",
        "==",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "",
        "limit=100",
        "limit=1&cursor=Z2VuXzAxbWNjNXJtMDAwMDAwMDAwMDAwMDAwMDAy",
        "cursor=MTgwMDAwMDAwMDAwMCBwaWNfMDFtY2M1cm0wMDAwMDAwMDAwMDAwMDAwMDE&limit=3",
        "cursor=NDI",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    // Few random texts are a limit, so each input is read as a number as well.
    let number = input
        .iter()
        .fold(0_u32, |number, byte| number ^ u32::from(*byte));
    let is_page = Page::read(&format!("limit={number}")).is_ok();
    equal(
        "a limit has no bounds",
        is_page,
        (1..=100).contains(&number),
    )?;
    let query = String::from_utf8_lossy(input);
    let Ok(page) = Page::read(&query) else {
        return Ok(());
    };
    let limit = page.limit(20);
    holds("a page has no bounds", (1..=100).contains(&limit))?;
    let cursor = page.cursor.as_deref();
    let mut pairs = vec![("limit", limit.to_string())];
    pairs.extend(cursor.map(|cursor| ("cursor", cursor.to_owned())));
    let written = serde_urlencoded::to_string(pairs).map_err(|error| error.to_string())?;
    let again = Page::read(&written).map_err(|error| format!("{error:?}"))?;
    equal("the limit is not read again", again.limit(20), limit)?;
    equal(
        "the cursor is not read again",
        again.cursor.as_deref(),
        cursor,
    )?;
    studio::with(|world| read_lists(world, cursor, limit))
}

fn read_lists(world: &mut World, cursor: Option<&str>, limit: u32) -> Result<(), String> {
    let (cursor, most) = (cursor.map(str::to_owned), limit as usize);
    let limit = Some(limit);
    let asked = ListGenerations {
        cursor: cursor.clone(),
        limit,
        session: None,
    };
    listed(
        world.ask(asked).map(|found| found.value.generations.len()),
        most,
    )?;
    let asked = ListBin {
        cursor: cursor.clone(),
        limit,
    };
    listed(
        world.ask(asked).map(|found| found.value.entries.len()),
        most,
    )?;
    let asked = GetAccessLog {
        cursor: cursor.clone(),
        limit,
    };
    listed(
        world.ask(asked).map(|found| found.value.entries.len()),
        most,
    )?;
    let asked = GetAllowance { cursor, limit };
    listed(
        world.ask(asked).map(|found| found.value.entries.len()),
        most,
    )
}

/// A list has at most as many items as asked for, or refuses the cursor.
fn listed(found: Result<usize, StudioError>, most: usize) -> Result<(), String> {
    match found {
        Ok(items) => holds("a page is too long", items <= most),
        Err(StudioError::InvalidQuery { field: "cursor" }) => Ok(()),
        Err(error) => Err(format!("a list fails: {error}")),
    }
}
