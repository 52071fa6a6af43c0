// The API's shapes, as the Rust types generate them into the wasm package.
export type * from "../../pkg/selfsame_wasm";
