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
    // Browsers that know `light-dark()`: a lowered one would not follow the switch.
    target: ["chrome123", "firefox120", "safari17.5"],
    manifest: true,
    // What counts is what loads before the first page: build/precompress.mjs has its limit.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: ["index.html", "docs.html"],
      output: {
        // In one file, rather than in one for every set of pages that shares some of it: sixty
        // requests before the first page took longer than a few kilobytes that it does not need.
        codeSplitting: {
          groups: [{ name: "shared", minShareCount: 2, test: (id) => !id.includes("swagger") }],
        },
      },
    },
  },
  // The server accepts changes from its own pages only, and these are its pages. `changeOrigin`
  // rewrites the Host alone.
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
