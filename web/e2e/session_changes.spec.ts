import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Page, Route } from "@playwright/test";

import { expectAccessible } from "./accessibility";
import { expect, freshTest } from "./fixtures";
import { sendCall } from "./spans";

const PYTHON = join(import.meta.dirname, "..", "..", ".venv", "bin", "python");
const run = promisify(execFile);

freshTest(
  "getting started shows the first trace, and the list updates live",
  async ({ page, emptyServer }) => {
    await page.goto("/");
    await expect(page.getByText("Waiting for the first span…")).toBeVisible();
    await expectAccessible(page);

    // Run the program exactly as the page shows it.
    await page.getByRole("tab", { name: "Python" }).click();
    const program = await page.locator('pre[aria-label="Python"]').textContent();
    await run(PYTHON, ["-c", program ?? ""]);
    await expect(page.getByText("The first span arrived:")).toBeVisible();
    // The event stream reconnects after an error of a proxy.
    const refuse = (route: Route) => route.fulfill({ status: 502 });
    await page.route("**/v2/sessions/events", refuse, { times: 1 });
    await page.getByRole("button", { name: "view all" }).click();
    await expect(page.getByText("Connecting")).toBeVisible();
    await expect(page.getByText("Live", { exact: true })).toBeVisible();

    const row = page.getByRole("row", { name: /conversation-42/ });
    await expect(row).toContainText("1,200");
    await sendCall(emptyServer, { sessionId: "conversation-42", id: "a1", tokens: 34 });
    await expect(row).toContainText("1,234");
    await expect(page.getByRole("region", { name: "Totals" })).toContainText("Tokens1,534");

    await sendCall(emptyServer, { sessionId: "another", id: "b1" });
    await page.getByRole("button", { name: "Show 1 new session" }).click();
    const another = page.getByRole("row", { name: /another/ });
    await expect(another).toContainText("100");

    await page.getByRole("button", { name: "Pause" }).click();
    await sendCall(emptyServer, { sessionId: "another", id: "b2" });
    await expect(page.getByText("Paused")).toBeVisible();
    await expect(another).not.toContainText("200");
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(another).toContainText("200");

    await page.getByRole("searchbox", { name: "Search" }).fill("another");
    await expect(row).toHaveCount(0);
    await sendCall(emptyServer, { sessionId: "not selected", id: "c1" });
    await sendCall(emptyServer, { sessionId: "another one", id: "c2" });
    await page.getByRole("button", { name: "Show 1 new session" }).click();
    await expect(page.getByRole("row", { name: /another one/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Show \d/ })).toHaveCount(0);
  },
);

freshTest(
  "selected sessions are tagged, exported and deleted together",
  async ({ page, emptyServer }) => {
    for (const id of ["one", "two", "three"]) {
      await emptyServer.requestJson("/v2/sessions", { external_id: id, tags: ["old"] });
    }
    await page.goto("/sessions");
    for (const id of ["one", "two"]) {
      await page
        .getByRole("row", { name: new RegExp(id) })
        .getByRole("checkbox")
        .check();
    }

    await page.getByRole("button", { name: "Add tags" }).click();
    await page.getByRole("combobox", { name: "Tags", exact: true }).fill("vip");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Add tags" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("row", { name: /one/ })).toContainText("vip");
    await page.getByRole("button", { name: "Remove tags" }).click();
    await page.getByRole("combobox", { name: "Tags", exact: true }).fill("old");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Remove tags" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("row", { name: /two/ })).not.toContainText("old");
    const { data } = await emptyServer.requestJson<Sessions>("/v2/sessions/query", {});
    const tags = Object.fromEntries(data.map((session) => [session.external_id, session.tags]));
    expect(tags).toEqual({ one: ["vip"], two: ["vip"], three: ["old"] });

    const csv = readFileSync(await exported(page, "CSV"), "utf8")
      .trim()
      .split("\n");
    expect(csv).toHaveLength(3);
    const lines = readFileSync(await exported(page, "JSON lines"), "utf8")
      .trim()
      .split("\n");
    const names = lines.map((line) => (JSON.parse(line) as { external_id: string }).external_id);
    expect(names.sort()).toEqual(["one", "two"]);
    const parquet = await exported(page, "Parquet");
    const script = "import sys, pyarrow.parquet as p; print(p.read_table(sys.argv[1]).num_rows)";
    expect((await run(PYTHON, ["-c", script, parquet])).stdout.trim()).toBe("2");

    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Delete 2 sessions" }).click();
    await expect(page.getByRole("row", { name: /one|two/ })).toHaveCount(0);
    expect(await emptyServer.requestJson("/v2/sessions/count", {})).toEqual({ count: 1 });
  },
);

interface Sessions {
  data: { external_id: string; tags: string[] }[];
}

/** Path of the file that the browser saved. */
async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: format }).click();
  return (await download).path();
}
