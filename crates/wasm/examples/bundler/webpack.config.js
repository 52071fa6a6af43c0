export default {
  mode: "production",
  entry: "./index.js",
  // The module is loaded on the page's behalf before the first line of index.js runs.
  experiments: { asyncWebAssembly: true },
};
