import { defineConfig } from "@playwright/test";

import journeys from "../playwright.config";

/** What is measured, not tested: `make bench-session`. */
export default defineConfig({
  ...journeys,
  testDir: ".",
  outputDir: "../test-results",
  timeout: 600_000,
  workers: 1,
});
