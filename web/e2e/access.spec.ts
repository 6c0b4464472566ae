import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test as base } from "./fixtures";
import { Server } from "./server";

const KEY = "the-operators-own-key-0123456789";
const RECORDED = join(
  import.meta.dirname,
  "../../tests/fixtures/openinference_openai/raw/001-traces.pb",
);
const [SESSION, MESSAGE] = ["sess-A-001", "what is the weather in Paris?"];

const TWO_YEARS_AGO = `${Date.now() - 2 * 365 * 86_400_000}000000`;
const OLD_SPAN = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  name: "chat",
  startTimeUnixNano: TWO_YEARS_AGO,
  endTimeUnixNano: TWO_YEARS_AGO,
  attributes: [{ key: "session.id", value: { stringValue: "long ago" } }],
};
const OLD_TRACE = { resourceSpans: [{ scopeSpans: [{ spans: [OLD_SPAN] }] }] };

/** A test on a server that requires a key, shared by the tests of a worker, with recorded sessions. */
const test = base.extend<object, { guarded: Server }>({
  guarded: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const settings = { SESSIONARY_BOOTSTRAP_API_KEY: KEY };
      const server = await Server.start({ flags: ["--require-auth"], settings });
      await send(server, "application/x-protobuf", new Uint8Array(readFileSync(RECORDED)));
      await send(server, "application/json", JSON.stringify(OLD_TRACE));
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ guarded }, use) => use(guarded.url),
});

async function send(server: Server, type: string, body: BodyInit): Promise<void> {
  const headers = { "content-type": type, "x-api-key": KEY };
  const answer = await fetch(`${server.url}/v1/traces`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

async function signIn(page: Page, path: string, key = KEY): Promise<void> {
  await page.goto(path);
  await page.getByLabel("API key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
}

test("sign-in rejects a wrong key, returns to the requested page and ends with sign-out", async ({
  page,
}) => {
  await page.goto("/sessions?range=90d");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.getByLabel("API key", { exact: true }).fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/revoked or expired/)).toBeVisible();
  await page.getByLabel("API key", { exact: true }).fill(KEY);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\?range=90d$/);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  expect(cookie?.value).not.toContain(KEY);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/settings/about");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a new key is shown once and works until it is revoked", async ({ page, request }) => {
  await signIn(page, "/settings/api-keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("the wiki");
  await expectAccessible(page);
  // If the list of keys fails to reload, the dialog with the secret stays open.
  const isFailing = (url: URL) => url.pathname === "/v2/api-keys";
  await page.route(isFailing, (route) =>
    route.request().method() === "GET" ? route.fulfill({ status: 500 }) : route.fallback(),
  );
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Could not refresh")).toBeVisible();
  await page.keyboard.press("Escape");
  const secret = (await dialog.getByLabel("API key", { exact: true }).textContent()) ?? "";
  await page.unroute(isFailing);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  const headers = { authorization: `Bearer ${secret}` };
  expect((await request.get("/v2/me", { headers })).status()).toBe(200);
  await page.getByRole("button", { name: "Revoke the wiki" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  const row = page.getByRole("row").filter({ hasText: "the wiki" });
  await expect(row.getByText("revoked")).toBeVisible();
  expect((await request.get("/v2/me", { headers })).status()).toBe(401);
});

test("a read-only key sees no write actions, and snippets include the required key", async ({
  page,
  request,
}) => {
  const made = await request.post("/v2/api-keys", {
    headers: { "x-api-key": KEY },
    data: { name: "reader", scopes: ["read"] },
  });
  const { key } = (await made.json()) as { key: string };
  await signIn(page, `/sessions/${SESSION}`, key);
  await expect(page.getByRole("button", { name: "Export" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Edit|Delete|Share)/ })).toHaveCount(0);
  await page.goto("/models");
  await expect(page.getByRole("region", { name: "Models" }).getByRole("row")).not.toHaveCount(0);
  for (const role of ["button", "link"] as const) {
    await expect(page.getByRole(role, { name: /^Set price/ })).toHaveCount(0);
  }
  await page.goto("/settings");
  for (const name of ["Environment", "Python", "TypeScript", "Claude Code"]) {
    await page.getByRole("tab", { name, exact: true }).click();
    await expect(page.locator(`pre[aria-label="${name}"]`)).toContainText("Bearer YOUR_API_KEY");
  }
  await expect(page.getByRole("button", { name: /sample data/ })).toHaveCount(0);
});

test("a share link shows its session to a new browser until it is revoked", async ({
  page,
  browser,
  guarded,
}) => {
  await signIn(page, `/sessions/${SESSION}`);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  const createLink = async () => {
    const link = dialog.getByLabel("link", { exact: true });
    const before = await link.textContent({ timeout: 200 }).catch(() => null);
    await dialog.getByRole("button", { name: "Create link" }).click();
    if (before) await expect(link).not.toHaveText(before);
    return (await link.textContent()) ?? "";
  };
  const linkWithoutMessages = await createLink();
  await dialog.getByRole("switch", { name: "Include messages" }).click();
  const linkWithMessages = await createLink();
  await expectAccessible(page);

  const guest = await (await browser.newContext({ baseURL: guarded.url })).newPage();
  const bodies: string[] = [];
  guest.on("response", async (response) => {
    if (response.url().includes("/v2/shared/")) bodies.push(await response.text());
  });
  await guest.goto(linkWithoutMessages);
  await expect(guest.getByText("This link does not include messages.")).toBeVisible();
  await expect(guest.getByRole("article").first()).toBeVisible();
  await expect(guest.getByText(MESSAGE).first()).toHaveCount(0);
  expect(bodies.join("\n")).not.toContain(MESSAGE);
  await guest.goto(linkWithMessages);
  await expect(guest.getByText(MESSAGE).first()).toBeVisible();
  await expectAccessible(guest);
  await guest.getByRole("tab", { name: "Traces" }).click();
  await expect(guest).toHaveURL(/tab=traces/);
  await guest.setViewportSize({ width: 360, height: 700 });
  await expectNoOverflow(guest);

  const row = dialog.getByRole("row").filter({ hasText: "Metrics and messages" });
  const isShareLink = (url: URL) => /\/shares\/.+/.test(url.pathname);
  await page.route(isShareLink, (route) => route.fulfill({ status: 500 }));
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Action failed")).toBeVisible();
  await page.unroute(isShareLink);
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await guest.goto(linkWithMessages);
  await expect(guest.getByText("Link unavailable")).toBeVisible();
  await guest.context().close();
});

test("settings preview a retention change, show storage use and create a project", async ({
  page,
}) => {
  await signIn(page, "/settings/retention");
  await page.getByLabel("Days without activity").fill("700");
  await expect(
    page.getByText("1 session and 0 traces without a session would be deleted now."),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Change retention" }).click();
  await expect(page.getByText("Data without activity for 700 days is deleted.")).toBeVisible();
  await expect(page.getByText("0 sessions and 0 traces without a session")).toBeVisible({
    timeout: 15_000,
  });
  await page.getByRole("tab", { name: "About" }).click();
  await expect(page).toHaveURL(/\/settings\/about/);
  await expect(page.getByRole("row").filter({ hasText: "spans" })).toBeVisible();
  await page.getByRole("tab", { name: "Projects" }).click();
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("dialog").getByLabel("Id").fill("by hand");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("row").filter({ hasText: "by hand" })).toBeVisible();
  await expectAccessible(page);
});
