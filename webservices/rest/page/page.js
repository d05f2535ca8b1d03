// Shows the description with the server as this page was reached, so that trying a call stays on this origin.
const base = document.body.dataset.base;

fetch(base + "/api/openapi.json")
  .then((answer) => answer.json())
  .then((spec) => {
    spec.servers = [{ url: base + "/api" }];
    SwaggerUIBundle({
      spec,
      dom_id: "#swagger-ui",
      deepLinking: true,
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      filter: true,
      validatorUrl: null,
    });
  });
