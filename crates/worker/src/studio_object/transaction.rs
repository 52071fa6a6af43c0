//! `storage.transactionSync`, which the `worker` crate has no binding for: runs a function, and rolls back whatever
//! it wrote if it throws.

use wasm_bindgen::prelude::*;
use worker::durable::Storage;

#[wasm_bindgen]
extern "C" {
    /// A Durable Object's storage, as far as transactions go.
    #[derive(Clone)]
    type TransactionalStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &TransactionalStorage,
        work: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<(), JsValue>;
}

/// Runs functions in transactions.
#[derive(Clone)]
pub struct Transactions(TransactionalStorage);

impl Transactions {
    /// Transactions of `storage`.
    pub fn of(storage: &Storage) -> Self {
        let storage: &JsValue = storage.as_raw().as_ref();
        Self(storage.clone().unchecked_into())
    }

    /// Runs `work` in a transaction; an error rolls it back and comes out again.
    pub fn run(&self, mut work: impl FnMut() -> Result<(), JsValue>) -> Result<(), JsValue> {
        self.0.transaction_sync(&mut work)
    }
}
