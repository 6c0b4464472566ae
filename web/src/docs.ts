// The API documentation at /docs, a page without the rest of the web UI.
import "swagger-ui-dist/swagger-ui.css";

import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle";

SwaggerUI({ dom_id: "#root", url: "/openapi.json", deepLinking: true });
