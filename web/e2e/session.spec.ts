import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";
import { Server } from "./server";

const FIXTURES = join(import.meta.dirname, "..", "..", "tests", "fixtures");
// The tests share one server, since each creates its own sessions.
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

function attributes(values: Record<string, string | number>): Attribute[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

/** A model call in its own trace, `minutes` after the first one. */
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

test("the conversation of each library shows every message once", async ({ page }) => {
  test.setTimeout(480_000);
  for (const library of readdirSync(FIXTURES)) {
    await sendCaptured(join(FIXTURES, library, "raw"));
    const { data } = await server.requestJson<{ data: { _id: string; external_id: string }[] }>(
      "/v2/sessions/query",
      { filters: [], sortingProps: [{ key: "usage.completion_tokens", direction: "desc" }] },
    );
    const session = data.find(({ external_id: id }) => /-A-001$|^1111/.test(id)) ?? data[0];
    // Two of the captures have no session id.
    if (!session) continue;
    const conversation = await server.requestJson<Conversation>(
      `/v2/sessions/${session._id}/conversation`,
    );
    const parts = conversation.data.flatMap(({ content }) => content);
    await page.setViewportSize({ width: 1440, height: 4000 });
    await page.goto(`${server.url}/sessions/${session._id}`);
    const conversationRegion = page.getByRole("region", { name: "Conversation" });
    for (const { text = "" } of parts.filter(({ type }) => type === "text")) {
      const times = parts.filter((part) => part.text === text).length;
      await expect(conversationRegion.getByText(text.trim(), { exact: true }), library).toHaveCount(
        times,
      );
    }
    const calls = parts.filter(({ type }) => type === "tool_call");
    const results = conversationRegion.locator("summary").filter({ hasText: "call and result" });
    await expect(results, `tools of ${library}`).toHaveCount(calls.length);
    for (const { _id: id } of data) {
      const gone = await fetch(`${server.url}/v2/sessions/${id}`, { method: "DELETE" });
      expect(gone.status).toBe(204);
    }
  }
});

/** Send the captured requests of a library. */
async function sendCaptured(folder: string): Promise<void> {
  const requests = JSON.parse(readFileSync(join(folder, "headers.json"), "utf8")) as Captured[];
  for (const { file, path, headers } of requests) {
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const response = await fetch(server.url + path, {
      method: "POST",
      // The captured bodies are stored decompressed.
      headers: { "content-type": lower["content-type"] ?? "" },
      body: readFileSync(join(folder, file)),
    });
    expect(response.status, `${folder} ${file}`).toBe(200);
  }
}

test("a timeline folds gaps, opens spans by keyboard and stores the open span in the URL", async ({
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
  await expect(page.getByRole("dialog").getByText("Catalog price")).toBeVisible();
  await expect(page).toHaveURL(/span=(%22)?0+1(%22)?/);
  await expectAccessible(page);
  // The page stays usable next to the open drawer.
  for (const key of ["j", "j", "Enter"]) await page.keyboard.press(key);
  await expect(page).toHaveURL(/span=(%22)?0+2(%22)?/);
  await page.reload();
  await expect(page.getByRole("dialog")).toContainText("gpt-4o");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(page);
});

test("a page that fails to load is reported and retried only on request", async ({ page }) => {
  const session = "half is not whole";
  await send(Array.from({ length: 80 }, (_, n) => call(session, n + 1, n, `q${n}.`, `a${n}.`)));
  let requests = 0;
  const laterPages = /\/conversation\?.*lastId=[^&]/;
  await page.route(laterPages, (route) => {
    requests++;
    return route.fulfill({ status: 500, json: { code: "500", message: "It broke." } });
  });
  await page.goto(`${server.url}/sessions/${encodeURIComponent(session)}`);
  const conversation = page.getByRole("region", { name: "Conversation" });
  const scrollToEnd = () => conversation.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const error = conversation.getByText("Could not load the rest: It broke.");
  await expect(async () => {
    await scrollToEnd();
    await expect(error).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectAccessible(page);
  expect(requests).toBe(1);
  await page.unroute(laterPages);
  await conversation.getByRole("button", { name: "Try again" }).click();
  await expect(error).toHaveCount(0);
  await expect(async () => {
    await scrollToEnd();
    await expect(conversation.getByText("a79.", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("hostile text is shown as text", async ({ page }) => {
  const hostile =
    "<script>document.title='pwned'</script> [click](javascript:alert(1)) " +
    "![x](https://elsewhere.example/x.png) \u001b[31mred \u202Ebackwards";
  await send([call("hostile", 1, 0, hostile, hostile)]);
  await page.goto(`${server.url}/sessions/hostile`);
  const conversation = page.getByRole("region", { name: "Conversation" });
  await expect(conversation.getByText("<script>").first()).toBeVisible();
  await expect(conversation.getByText("␛[31mred [U+202E]backwards").first()).toBeVisible();
  await expect(conversation.locator("a[href^='javascript'], script, img")).toHaveCount(0);
  await expect(page).not.toHaveTitle("pwned");
});

test("the most expensive call is two clicks away", async ({ page }) => {
  const calls = [1, 90, 2].map((size, index) =>
    call("costly", size, index, `q${size}`, `a${size}`),
  );
  await send(calls);
  await page.goto(`${server.url}/sessions/costly`);
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
  await page.getByRole("button", { name: "Edit title" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("A better title");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A better title");
  await page.getByRole("button", { name: "Edit tags" }).click();
  await page.getByPlaceholder("Add a tag").fill("checked");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByText("checked", { exact: true })).toBeVisible();
  for (const [tag, key] of [
    ["cancelled", "Escape"],
    ["saved on blur", "Tab"],
  ] as const) {
    await page.getByRole("button", { name: "Edit tags" }).click();
    await page.getByPlaceholder("Add a tag").fill(tag);
    await page.keyboard.press(key);
    await expect(page.getByPlaceholder("Add a tag")).toHaveCount(0);
  }
  await expect(page.getByText("saved on blur", { exact: true })).toBeVisible();
  await expect(page.getByText("cancelled", { exact: true })).toHaveCount(0);
  const session = await server.requestJson<{ tags: string[]; title: string }>(
    "/v2/sessions/edit?include=title",
  );
  expect(session).toMatchObject({ tags: ["checked", "saved on blur"], title: "A better title" });
});

test("a long session renders only visible rows, and the page itself does not scroll", async ({
  page,
}) => {
  const calls = Array.from({ length: 120 }, (_, number) =>
    call("long-session", number + 1, number, `Question ${number}`, `Answer ${number}`),
  );
  await send(calls);
  for (const [tab, rows] of [
    ["conversation", "article"],
    ["timeline", "[role=treeitem]"],
    ["traces", "tbody tr"],
  ] as const) {
    await page.goto(`${server.url}/sessions/long-session?tab=${tab}`);
    await page.locator(rows).first().waitFor();
    expect(await page.locator(rows).count()).toBeLessThan(100);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollHeight - window.innerHeight,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
