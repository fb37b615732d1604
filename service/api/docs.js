/* Starts Swagger UI on the document of this host. Of an OpenAPI 3.1 document it walks the whole
   whenever an operation is opened (seconds), of a 3.0 document only what is shown: so it is told
   3.0, which differs in nothing that the page shows. */

/* The id of the first record of a list that anybody may read. */
const ids = {};
const firstId = (spec, list) => ids[list] ??= (async () => {
  const isPublic = spec.paths[list]?.get?.security?.some(need => !Object.keys(need).length);
  const answer = isPublic ? await fetch(list + "?limit=1") : { ok: false };
  const record = answer.ok ? (await answer.json()).data?.[0] : undefined;
  return record?.id ?? record?.name;
})();

/* A file of lines as a text to type in. */
const typed = (body) => {
  for (const shown of Object.values(body?.content ?? {})) delete shown.schema.format;
};

/* A parameter with an example, where it is needed: Swagger UI fills its fields from those. */
const filled = async (spec, path, shown) => {
  const name = shown.$ref?.split("/").pop();
  const parameter = { ...(name ? spec.components.parameters[name] : shown) };
  if (parameter.required) {
    parameter.example ??= parameter.schema.examples?.[0];
    if (parameter.in === "path") {
      parameter.example ??= await firstId(spec, path.split("/{")[0]) ?? "none-yet";
    }
  }
  return parameter;
};

const start = async () => {
  const spec = await (await fetch("/openapi.json")).json();
  spec.openapi = "3.0.3";
  for (const [path, operations] of Object.entries(spec.paths)) {
    for (const operation of Object.values(operations)) {
      const shown = operation.parameters ?? [];
      typed(operation.requestBody);
      operation.parameters = await Promise.all(shown.map(one => filled(spec, path, one)));
    }
  }
  SwaggerUIBundle({
    spec, dom_id: "#page", deepLinking: true, validatorUrl: null, filter: true,
    docExpansion: "none", defaultModelsExpandDepth: -1, syntaxHighlight: { activated: false },
  });
};
start();
