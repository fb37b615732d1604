// PARITY_DOCUMENT is the OpenAPI document, PARITY_URL the service that the client will ask.
export default {
  parity: {
    input: {
      target: process.env.PARITY_DOCUMENT,
      override: { transformer: withoutLines },
    },
    output: {
      target: "build/orval/parity.ts",
      client: "fetch",
      mode: "single",
      baseUrl: process.env.PARITY_URL,
    },
  },
};

/** An operation that can also answer lines would become a stream of them, never parsed. */
function withoutLines(document) {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      for (const { content } of Object.values(operation.responses ?? {})) {
        if (content?.["application/json"]) delete content["application/x-ndjson"];
      }
    }
  }
  return document;
}
