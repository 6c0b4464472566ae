import { defineConfig } from "@playwright/test";

import e2eConfig from "../playwright.config";

/** Takes the README's screenshots: `make screenshots`. */
export default defineConfig({
  ...e2eConfig,
  testDir: ".",
  outputDir: "../test-results",
  retries: 0,
  use: { ...e2eConfig.use, viewport: { width: 1280, height: 760 } },
});
