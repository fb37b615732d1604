// PARITY_DOCUMENT is the OpenAPI document.
export default {
  input: process.env.PARITY_DOCUMENT,
  output: { path: "build/hey-api", importFileExtension: ".js" },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
  logs: { file: false },
};
