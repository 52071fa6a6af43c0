//! The wall clock and the CSPRNG. Nothing else reads them.

use js_sys::Date;
use selfsame_primitives::time::Timestamp;
use wasm_bindgen::JsCast as _;
use web_sys::WorkerGlobalScope;
use worker::Error;

/// The present moment. In a Worker the clock only advances with I/O.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are a whole number far below 2^53"
    )]
    let milliseconds = Date::now() as i64;
    Timestamp::from_millisecond(milliseconds)
}

/// 128 random bits from the platform's cryptographic generator.
pub(crate) fn random() -> Result<u128, Error> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let mut bytes = [0; 16];
    scope
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(u128::from_ne_bytes(bytes))
}
