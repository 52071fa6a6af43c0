// The API's types, generated from the Rust types into the wasm package.
export type * from "../../pkg/selfsame_wasm";
