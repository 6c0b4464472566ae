import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";
import { Server } from "./server";

const FIXTURES = join(import.meta.dirname, "..", "..", "tests", "fixtures");
// One empty server for all of them: each journey has sessions of its own.
let server: Server;
test.describe.configure({ mode: "default" });
test.use({ baseURL: "http://127.0.0.1" });
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(() => server.stop());

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: string };
}

function attributes(told: Record<string, string | number>): Attribute[] {
  return Object.entries(told).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

/** A call of a model in a trace of its own, `minutes` after the first. */
function call(session: string, number: number, minutes: number, user: string, answer: string) {
  const start = Date.UTC(2026, 9, 1) + minutes * 60_000;
  const hex = number.toString(16);
  return {
    traceId: `${session.length.toString(16).padStart(8, "0")}${hex.padStart(24, "0")}`,
    spanId: hex.padStart(16, "0"),
    name: "chat",
    startTimeUnixNano: `${start}000000`,
    endTimeUnixNano: `${start + 900}000000`,
    attributes: attributes({
      "session.id": session,
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.input_tokens": 100 * number,
      "gen_ai.usage.output_tokens": 10,
      "gen_ai.prompt.0.role": "user",
      "gen_ai.prompt.0.content": user,
      "gen_ai.completion.0.role": "assistant",
      "gen_ai.completion.0.content": answer,
    }),
  };
}

async function send(spans: object[]): Promise<void> {
  await server.requestJson("/v1/traces", { resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

interface Captured {
  file: string;
  path: string;
  headers: Record<string, string>;
}

interface Conversation {
  data: { content: { type: string; text?: string; name?: string }[] }[];
}

test("the conversation of each library has every message once", async ({ page }) => {
  test.setTimeout(480_000);
  for (const library of readdirSync(FIXTURES)) {
    await sendCaptured(join(FIXTURES, library, "raw"));
    const { data } = await server.requestJson<{ data: { _id: string; external_id: string }[] }>(
      "/v2/sessions/query",
      { filters: [], sortingProps: [{ key: "usage.completion_tokens", direction: "desc" }] },
    );
    const session = data.find(({ external_id: id }) => /-A-001$|^1111/.test(id)) ?? data[0];
    // Two of the captures name none.
    if (!session) continue;
    const told = await server.requestJson<Conversation>(`/v2/sessions/${session._id}/conversation`);
    const parts = told.data.flatMap(({ content }) => content);
    await page.setViewportSize({ width: 1440, height: 4000 });
    await page.goto(`${server.url}/sessions/${session._id}`);
    const said = page.getByRole("region", { name: "Conversation" });
    for (const { text = "" } of parts.filter(({ type }) => type === "text")) {
      const times = parts.filter((part) => part.text === text).length;
      await expect(said.getByText(text.trim(), { exact: true }), library).toHaveCount(times);
    }
    const calls = parts.filter(({ type }) => type === "tool_call");
    const results = said.locator("summary").filter({ hasText: "call and result" });
    await expect(results, `tools of ${library}`).toHaveCount(calls.length);
    for (const { _id: id } of data) {
      const gone = await fetch(`${server.url}/v2/sessions/${id}`, { method: "DELETE" });
      expect(gone.status).toBe(204);
    }
  }
});

/** What a library sent, as it was captured. */
async function sendCaptured(folder: string): Promise<void> {
  const requests = JSON.parse(readFileSync(join(folder, "headers.json"), "utf8")) as Captured[];
  for (const { file, path, headers } of requests) {
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const response = await fetch(server.url + path, {
      method: "POST",
      // The captures are kept decompressed.
      headers: { "content-type": lower["content-type"] ?? "" },
      body: readFileSync(join(folder, file)),
    });
    expect(response.status, `${folder} ${file}`).toBe(200);
  }
}

test("a timeline folds its gaps, opens by keyboard, and keeps the open span in the URL", async ({
  page,
}) => {
  await send([
    call("gaps", 1, 0, "one", "first"),
    call("gaps", 2, 1, "two", "second"),
    call("gaps", 3, 121, "three", "third"),
  ]);
  await page.goto(`${server.url}/sessions/gaps`);
  await expect(page.getByText("2 h later")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("gpt-4o");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("tab", { name: "Timeline" }).click();
  await expect(page).toHaveURL(/tab=timeline/);
  await expect(page.getByText("1 h 59 min later").or(page.getByText("2 h later"))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("tree").press("ArrowDown");
  await page.getByRole("tree").press("Enter");
  await expect(page.getByRole("dialog").getByText("From the price list")).toBeVisible();
  await expect(page).toHaveURL(/span=(%22)?0+1(%22)?/);
  await expectAccessible(page);
  // The page stays usable beside it.
  for (const key of ["j", "j", "Enter"]) await page.keyboard.press(key);
  await expect(page).toHaveURL(/span=(%22)?0+2(%22)?/);
  await page.reload();
  await expect(page.getByRole("dialog")).toContainText("gpt-4o");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(page);
});

test("a page that fails is told of, and asked for again by hand only", async ({ page }) => {
  const session = "half is not whole";
  await send(Array.from({ length: 80 }, (_, n) => call(session, n + 1, n, `q${n}.`, `a${n}.`)));
  let asked = 0;
  const later = /\/conversation\?.*lastId=[^&]/;
  await page.route(later, (route) => {
    asked++;
    return route.fulfill({ status: 500, json: { code: "500", message: "It broke." } });
  });
  await page.goto(`${server.url}/sessions/${encodeURIComponent(session)}`);
  const said = page.getByRole("region", { name: "Conversation" });
  const end = () => said.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const told = said.getByText("The rest could not be read: It broke.");
  await expect(async () => {
    await end();
    await expect(told).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectAccessible(page);
  expect(asked).toBe(1);
  await page.unroute(later);
  await said.getByRole("button", { name: "Try again" }).click();
  await expect(told).toHaveCount(0);
  await expect(async () => {
    await end();
    await expect(said.getByText("a79.", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("hostile text stays text", async ({ page }) => {
  const hostile =
    "<script>document.title='pwned'</script> [click](javascript:alert(1)) " +
    "![x](https://elsewhere.example/x.png) \u001b[31mred \u202Ebackwards";
  await send([call("hostile", 1, 0, hostile, hostile)]);
  await page.goto(`${server.url}/sessions/hostile`);
  const said = page.getByRole("region", { name: "Conversation" });
  await expect(said.getByText("<script>").first()).toBeVisible();
  await expect(said.getByText("␛[31mred [U+202E]backwards").first()).toBeVisible();
  await expect(said.locator("a[href^='javascript'], script, img")).toHaveCount(0);
  await expect(page).not.toHaveTitle("pwned");
});

test("the call that cost the most is two clicks away", async ({ page }) => {
  const calls = [1, 90, 2].map((size, index) => call("dear", size, index, `q${size}`, `a${size}`));
  await send(calls);
  await page.goto(`${server.url}/sessions/dear`);
  await page.getByRole("tab", { name: "Cost" }).click();
  const mostExpensive = page.getByRole("region", { name: "Most expensive traces" });
  await mostExpensive.getByRole("button").first().click();
  await page.getByRole("tree").press("Enter");
  await expect(page.getByRole("dialog").getByText("q90")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("9,000 in");
});

test("title and tags are edited in place", async ({ page }) => {
  await send([call("edit", 1, 0, "hello", "hi")]);
  await page.goto(`${server.url}/sessions/edit`);
  await page.getByRole("button", { name: "Edit the title" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("A better title");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A better title");
  await page.getByRole("button", { name: "Edit the tags" }).click();
  await page.getByPlaceholder("Add a tag").fill("checked");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByText("checked", { exact: true })).toBeVisible();
  for (const [tag, key] of [
    ["given up", "Escape"],
    ["typed and left", "Tab"],
  ] as const) {
    await page.getByRole("button", { name: "Edit the tags" }).click();
    await page.getByPlaceholder("Add a tag").fill(tag);
    await page.keyboard.press(key);
    await expect(page.getByPlaceholder("Add a tag")).toHaveCount(0);
  }
  await expect(page.getByText("typed and left", { exact: true })).toBeVisible();
  await expect(page.getByText("given up", { exact: true })).toHaveCount(0);
  const session = await server.requestJson<{ tags: string[]; title: string }>(
    "/v2/sessions/edit?include=title",
  );
  expect(session).toMatchObject({ tags: ["checked", "typed and left"], title: "A better title" });
});

test("of a long session only what is in view is drawn, and the page itself does not scroll", async ({
  page,
}) => {
  const calls = Array.from({ length: 120 }, (_, number) =>
    call("long-session", number + 1, number, `Question ${number}`, `Answer ${number}`),
  );
  await send(calls);
  for (const [tab, drawn] of [
    ["conversation", "article"],
    ["timeline", "[role=treeitem]"],
    ["traces", "tbody tr"],
  ] as const) {
    await page.goto(`${server.url}/sessions/long-session?tab=${tab}`);
    await page.locator(drawn).first().waitFor();
    expect(await page.locator(drawn).count()).toBeLessThan(100);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollHeight - window.innerHeight,
    );
    expect(beyond).toBeLessThanOrEqual(0);
  }
});
