//! A binding of `storage.transactionSync`, which the `worker` crate lacks. It runs a function and rolls back what the
//! function wrote if it throws.

use wasm_bindgen::prelude::*;
use worker::durable::Storage;

#[wasm_bindgen]
extern "C" {
    /// The part of a Durable Object's storage that runs transactions.
    #[derive(Clone)]
    type TransactionalStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &TransactionalStorage,
        work: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<(), JsValue>;
}

/// Runs transactions in a Durable Object's storage.
#[derive(Clone)]
pub(super) struct Transactions(TransactionalStorage);

impl Transactions {
    /// Transactions in `storage`.
    pub(super) fn of(storage: &Storage) -> Self {
        let storage: &JsValue = storage.as_raw().as_ref();
        Self(storage.clone().unchecked_into())
    }

    /// Runs `work` in a transaction. An error rolls it back and is returned.
    pub(super) fn run(&self, mut work: impl FnMut() -> Result<(), JsValue>) -> Result<(), JsValue> {
        self.0.transaction_sync(&mut work)
    }
}
