import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { test } from "@playwright/test";

import { Server } from "../e2e/server";

const ROOT = join(import.meta.dirname, "..", "..");
const TRACE = (9n << 100n).toString(16).padStart(32, "0");
/** Name and path of each page, and the element whose appearance ends the measurement. */
const PAGES = [
  ["conversation, 20,000 traces", "/sessions/many-traces", "article"],
  ["timeline, 20,000 traces", "/sessions/many-traces?tab=timeline", "[role=treeitem]"],
  ["conversation, 100,000 spans", "/sessions/many-spans", "article"],
  ["trace of 100,000 spans", `/traces/${TRACE}`, "[role=treeitem]"],
] as const;

test("time to open long sessions", async ({ page }) => {
  const server = await Server.start();
  try {
    execFileSync(
      join(ROOT, ".venv", "bin", "python"),
      ["-m", "benchmarks.long_sessions", server.url],
      {
        cwd: ROOT,
      },
    );
    for (const [name, path, selector] of PAGES) {
      const timesMs: number[] = [];
      for (let run = 0; run < 3; run++) {
        const since = performance.now();
        await page.goto(server.url + path);
        await page.locator(selector).first().waitFor();
        timesMs.push(Math.round(performance.now() - since));
      }
      const heap = await page.evaluate(
        () =>
          (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      );
      console.log(
        `${name}: ${timesMs.join(", ")} ms; ${Math.round(heap / 1e6)} MB of JavaScript heap`,
      );
    }
  } finally {
    await server.stop();
  }
});
