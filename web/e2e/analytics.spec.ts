import { compactCount } from "../src/format/count";
import { money } from "../src/format/money";
import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";

interface Totals {
  totals: {
    sessions_count: number;
    model_calls_count: number;
    billing: { total_cost: number };
    usage: { total_tokens: number };
  };
}

interface Answer {
  buckets: string[];
  groups: { value: string; figures: Record<string, number> }[];
}

test("all-time metrics equal the session totals for every filter", async ({
  page,
  sampleServer,
}) => {
  for (const filters of [
    [],
    [{ path: "has_errors", type: "boolean", operator: "is", value: true }],
    [{ path: "tags", type: "multi-value-array", operator: "is_not_empty" }],
  ]) {
    const { totals } = await sampleServer.requestJson<Totals>("/v2/sessions/totals", {
      query: { filters },
    });
    await page.goto(`/analytics?range=all&filters=${encodeURIComponent(JSON.stringify(filters))}`);
    for (const [name, value] of [
      ["Cost", money(totals.billing.total_cost)],
      ["Tokens", compactCount(totals.usage.total_tokens)],
      ["Sessions", compactCount(totals.sessions_count)],
      ["Model calls", compactCount(totals.model_calls_count)],
    ] as const) {
      const cards = page.getByRole("group", { name: "Metrics" });
      const card = cards.getByRole("button", { name: new RegExp(`^${name}`) });
      await expect(card).toContainText(value);
    }
  }
});

test("the most expensive model links to the sessions that used it", async ({
  page,
  sampleServer,
}) => {
  const answer = await sampleServer.requestJson<Answer>("/v2/analytics/query", {
    metrics: ["cost"],
    split_by: "model",
    interval: "none",
  });
  const [first] = answer.groups;
  await page.goto("/analytics?range=all&split=model");
  await expect(page.getByRole("img", { name: /^Cost by model over time/ })).toBeVisible();
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText(first?.value ?? "");
  await expect(row).toContainText(money(first?.figures.cost ?? 0));
  await row.getByRole("link").click();
  await expect(page).toHaveTitle("Sessions · Sessionary");
  const { count } = await sampleServer.requestJson<{ count: number }>("/v2/sessions/count", {
    query: {
      filters: [
        { path: "models", type: "multi-value-array", operator: "contains", value: [first?.value] },
      ],
    },
  });
  await expect(page.getByRole("navigation", { name: "Pagination" })).toContainText(`of ${count}`);
});

test("the URL stores every choice, and a bucket of the table links to its sessions", async ({
  page,
  sampleServer,
}) => {
  await page.goto("/analytics?range=all");
  await page.getByRole("button", { name: /^Call latency/ }).click();
  await page.getByRole("combobox", { name: "Split by" }).click();
  await page.getByRole("option", { name: "By provider" }).click();
  await page.getByText("Table", { exact: true }).click();
  await expect(page).toHaveURL(/view=latency/);
  await expect(page).toHaveURL(/split=provider/);
  await expect(page).toHaveURL(/as=table/);
  await page.reload();
  const { buckets } = await sampleServer.requestJson<Answer>("/v2/analytics/query", {});
  const timeSeries = page.getByRole("region", { name: "Metrics over time" });
  await expect(timeSeries.getByRole("link").first()).toBeVisible();
  expect(await timeSeries.getByRole("table").getAttribute("aria-rowcount")).toBe(
    String(buckets.length + 1),
  );
  await expectAccessible(page);
  await page.getByText("p99", { exact: true }).click();
  await expect(page).toHaveURL(/percentile=p99/);
  await expect(timeSeries.getByRole("link").first()).toBeVisible();
  await timeSeries.getByRole("link").first().click();
  await expect(page).toHaveTitle("Sessions · Sessionary");
  await page.getByRole("button", { name: /^started_at until/ }).click();
  await expect(page.getByLabel("To (UTC)")).not.toHaveValue("");
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto("/analytics?range=all&split=model");
  await expect(page.getByRole("img", { name: /^Cost by model/ })).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
});
