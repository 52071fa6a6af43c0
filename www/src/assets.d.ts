// Files that the bundler copies to the assets. Importing one gives its address.
declare module "*.wasm" {
  const address: string;
  export default address;
}
declare module "*.vocab" {
  const address: string;
  export default address;
}
declare module "*.css";
