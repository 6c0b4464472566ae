import { defineConfig } from "@playwright/test";

import journeys from "../playwright.config";

/** The pictures of the README: `make screenshots`. */
export default defineConfig({
  ...journeys,
  testDir: ".",
  outputDir: "../test-results",
  retries: 0,
  use: { ...journeys.use, viewport: { width: 1280, height: 760 } },
});
