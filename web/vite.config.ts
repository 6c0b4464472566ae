import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = process.env.SESSIONARY_URL ?? "http://127.0.0.1:4318";
const SERVER_PATHS = ["/v1", "/v2", "/v3", "/api", "/otel", "/docs", "/openapi.json", "/healthz"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../src/sessionary/web",
    emptyOutDir: true,
    // Browsers that support `light-dark()`: a transpiled version would not follow the switch.
    target: ["chrome123", "firefox120", "safari17.5"],
    manifest: true,
    // build/precompress.mjs limits the size that matters: the JavaScript of the first page.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: ["index.html", "docs.html"],
      output: {
        // One file for all shared code: with one per combination of pages, sixty requests before
        // the first page took longer than loading a few kilobytes too many.
        codeSplitting: {
          groups: [{ name: "shared", minShareCount: 2, test: (id) => !id.includes("swagger") }],
        },
      },
    },
  },
  // The server rejects writes from other origins. `changeOrigin` rewrites only the Host header, so
  // the Origin header is rewritten here.
  server: {
    proxy: Object.fromEntries(
      SERVER_PATHS.map((path) => [
        path,
        {
          target: SERVER,
          changeOrigin: true,
          configure: (proxy) => {
            proxy.on("proxyReq", (request, { headers }) => {
              if (headers.origin === `http://${headers.host}`) {
                request.setHeader("origin", new URL(SERVER).origin);
              }
            });
          },
        } satisfies ProxyOptions,
      ]),
    ),
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
