declare module "swagger-ui-dist/swagger-ui-es-bundle" {
  export default function SwaggerUI(options: {
    dom_id: string;
    url: string;
    deepLinking?: boolean;
  }): unknown;
}
