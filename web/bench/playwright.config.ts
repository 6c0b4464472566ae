import { defineConfig } from "@playwright/test";

import e2eConfig from "../playwright.config";

/** Benchmarks in a browser, not tests: `make bench-session`. */
export default defineConfig({
  ...e2eConfig,
  testDir: ".",
  outputDir: "../test-results",
  timeout: 600_000,
  workers: 1,
});
