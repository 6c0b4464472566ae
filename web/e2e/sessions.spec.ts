import { type Page } from "@playwright/test";

import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";

interface Count {
  count: number;
}

/** The total number of sessions that the pager shows. */
async function countShown(page: Page): Promise<number> {
  const text = await page.getByRole("navigation", { name: "Pagination" }).textContent();
  return Number(/of ([\d,]+)/.exec(text ?? "")?.[1]?.replaceAll(",", ""));
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).first().click();
}

interface Case {
  field: string;
  operator: string;
  /** The filter in the API's format. */
  filter: Record<string, unknown>;
  fill?: (page: Page) => Promise<void>;
}

const value = (label: string, text: string) => (page: Page) =>
  page.getByLabel(label, { exact: true }).fill(text);
const CASES: Case[] = [
  {
    field: "external_id",
    operator: "starts with",
    filter: { type: "string", operator: "starts_with", path: "external_id", value: "web-chat" },
    fill: value("Value", "web-chat"),
  },
  {
    field: "models",
    operator: "has none of",
    filter: {
      type: "multi-value-array",
      operator: "does_not_contain",
      path: "models",
      value: ["gpt-4o"],
    },
    fill: (page) => page.getByRole("combobox", { name: "Values" }).fill("gpt-4o"),
  },
  {
    field: "billing.total_cost",
    operator: "is between",
    filter: {
      type: "number",
      operator: "is_between",
      path: "billing.total_cost",
      value: [0.01, 0.1],
    },
    fill: async (page) => {
      await page.getByLabel("From", { exact: true }).fill("0.01");
      await page.getByLabel("To", { exact: true }).fill("0.1");
    },
  },
  {
    field: "started_at",
    operator: "is in the",
    filter: {
      type: "date",
      operator: "is_relative_today",
      path: "started_at",
      value: { mode: "datetime", criteria: { unit: "day", count: 7, direction: "past" } },
    },
  },
  {
    field: "has_errors",
    operator: "is",
    filter: { type: "boolean", operator: "is", path: "has_errors", value: true },
  },
  {
    field: "project_id",
    operator: "is empty",
    filter: { type: "string", operator: "is_empty", path: "project_id" },
  },
];

test("each filter selects as many sessions as the API counts", async ({ page, sampleServer }) => {
  await page.goto("/sessions?range=all");
  for (const { field, operator, filter, fill } of CASES) {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await choose(page, "Field", field);
    await choose(page, "Operator", operator);
    await fill?.(page);
    await page.getByRole("button", { name: "Apply" }).click();
    const body = { query: { filters: [filter] } };
    const { count } = await sampleServer.requestJson<Count>("/v2/sessions/count", body);
    await expect.poll(() => countShown(page), { message: `${field} ${operator}` }).toBe(count);
    await page.getByRole("button", { name: /^Remove filter/ }).click();
  }
});

test("one click sorts by cost, and pages go forward and back", async ({ page, sampleServer }) => {
  await page.goto("/sessions?range=all");
  await page.getByRole("button", { name: "Cost" }).click();
  await expect(page).toHaveURL(/sort=-billing\.total_cost/);
  const body = { sortingProps: [{ key: "billing.total_cost", direction: "desc" }] };
  const reply = await sampleServer.requestJson<{ data: { _id: string }[] }>(
    "/v2/sessions/query",
    body,
  );
  const first = page.locator(`tbody a[href^="/sessions/${reply.data[0]?._id}"]`);
  await expect(first).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByText(/^51–100 of/)).toBeVisible();
  await expect(first).toHaveCount(0);
  await page.getByRole("button", { name: "Previous page" }).click();
  await expect(page.getByText(/^1–50 of/)).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByText(/^51–100 of/)).toBeVisible();
  await page.getByRole("button", { name: /^Time range/ }).click();
  await page.getByRole("button", { name: "Last 90 days" }).click();
  await expect(page.getByText(/^1–50 of/)).toBeVisible();
  await expect(first).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/sessions/${reply.data[0]?._id}`));
});

test("totals match the API, and a saved view restores search and sort", async ({
  page,
  sampleServer,
}) => {
  await page.goto("/sessions?range=all&search=web-chat&sort=-usage.total_tokens");
  const body = {
    query: { search: "web-chat", searchPaths: ["title", "external_id", "contact_ids", "tags"] },
  };
  interface Reply {
    totals: { sessions_count: number; billing: { total_cost: number } };
  }
  const { totals } = await sampleServer.requestJson<Reply>("/v2/sessions/totals", body);
  const strip = page.getByRole("region", { name: "Totals" });
  await expect(strip).toContainText(`Sessions${totals.sessions_count}`);
  await expect(strip).toContainText(`$${totals.billing.total_cost.toFixed(2)}`);
  await expect.poll(() => countShown(page)).toBe(totals.sessions_count);

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByLabel("View name").fill("Chats by tokens");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto("/sessions");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Chats by tokens", exact: true }).click();
  await expect(page).toHaveURL(/search=web-chat/);
  await expect(page).toHaveURL(/sort=-usage\.total_tokens/);
});

test("the back button restores the previous search in box and list", async ({ page }) => {
  await page.goto("/sessions?range=all");
  await expect.poll(() => countShown(page)).toBeGreaterThan(0);
  const all = await countShown(page);
  const box = page.getByRole("searchbox", { name: /^Search/ });
  await box.fill("web-chat");
  await expect(page).toHaveURL(/search=web-chat/);
  await expect.poll(() => countShown(page)).toBeLessThan(all);
  const chats = await countShown(page);
  await box.fill("no such session");
  await expect(page.getByText("Clear search and filters")).toBeVisible();
  await page.goBack();
  await expect(box).toHaveValue("web-chat");
  await expect.poll(() => countShown(page)).toBe(chats);
  await page.goBack();
  await expect(box).toHaveValue("");
  await expect.poll(() => countShown(page)).toBe(all);
});

test("a session remembers its list: neighbours and time range", async ({ page, sampleServer }) => {
  const body = {
    query: { search: "web-chat", searchPaths: ["title", "external_id", "contact_ids", "tags"] },
    sortingProps: [{ key: "usage.total_tokens", direction: "desc" }],
    pagination: { limit: 2 },
  };
  const { data } = await sampleServer.requestJson<{ data: { _id: string }[] }>(
    "/v2/sessions/query",
    body,
  );
  await page.goto("/sessions?range=all&search=web-chat&sort=-usage.total_tokens");
  await page.locator(`tbody a[href^="/sessions/${data[0]?._id}"]`).click();
  await expect(page.getByRole("button", { name: "Previous session" })).toBeDisabled();
  await page.getByRole("link", { name: "Next session" }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${data[1]?._id}`));
  await expect(page.getByRole("link", { name: "Previous session" })).toBeVisible();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page).toHaveURL(/\/sessions\?range=all$/);
});

test("settings list the projects after the session list has loaded them", async ({ page }) => {
  await page.goto("/sessions?range=all");
  await expect(page.getByRole("combobox", { name: "Project" })).toBeVisible();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("tab", { name: "Projects" }).click();
  const projects = page.getByRole("region", { name: "Projects" }).getByRole("row");
  await expect(projects).toHaveCount(2);
});

test("the list is accessible and fits every window width", async ({ page }) => {
  await page.goto("/sessions?range=all");
  await expect(page.getByText(/^1–50 of/)).toBeVisible();
  await expectAccessible(page);
  for (const width of [360, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoOverflow(page);
  }
});
