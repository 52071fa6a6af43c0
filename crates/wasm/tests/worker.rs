//! The browser module in a worker.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy does not take `wasm_bindgen_test` functions for tests"
)]

mod suite;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
