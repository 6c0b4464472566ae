import { count, counted } from "../src/format/count";
import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";

interface Sum {
  data: { metrics: { count: number } }[];
}

const ALL = { from: "1970-01-01T00:00:00Z", compute: [{ metric: "count" }] };

test("filters match the API's results and are stored in the URL", async ({
  page,
  sampleServer,
}) => {
  const filter = { field: "duration_ms", op: "gt", values: ["2000"] };
  const body = { ...ALL, query: "chat", filters: [filter] };
  const sum = await sampleServer.requestJson<Sum>("/v3/traces/aggregate", body);
  await page.goto("/traces?range=all");
  await page.getByLabel("Search traces").fill("chat");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Field" }).fill("Duration");
  await page.getByRole("option", { name: "Duration", exact: true }).click();
  await page.getByRole("combobox", { name: "Operator" }).click();
  await page.getByRole("option", { name: "over" }).click();
  await page.getByRole("textbox", { name: "Value" }).fill("2000");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Apply" }).click();
  const found = counted(sum.data[0]?.metrics.count ?? 0, "trace");
  await expect(page.getByText(found, { exact: false })).toBeVisible();
  await page.reload();
  await expect(page.getByText(found, { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Remove filter Duration over 2000" }).click();
  await expect(page.getByText(found, { exact: false })).toHaveCount(0);
});

test("traces sort by duration, page forward and back, and open by keyboard", async ({
  page,
  sampleServer,
}) => {
  const { data } = await sampleServer.requestJson<{ data: { trace_id: string; name: string }[] }>(
    "/v3/traces/search",
    { from: ALL.from, sort: [{ field: "duration_ms", order: "desc" }], limit: 101 },
  );
  const all = await sampleServer.requestJson<Sum>("/v3/traces/aggregate", ALL);
  await page.goto("/traces?range=all");
  await expect(page.getByText(`${count(all.data[0]?.metrics.count ?? 0)} traces`)).toBeVisible();
  await page.getByRole("button", { name: "Duration" }).click();
  const first = page.getByRole("row").nth(1).getByRole("link").first();
  await expect(first).toHaveAttribute("href", new RegExp(data[0]?.trace_id ?? ""));
  await page.getByRole("button", { name: "Next" }).click();
  await expect(first).toHaveAttribute("href", new RegExp(data[100]?.trace_id ?? ""));
  await page.getByRole("button", { name: "First page" }).click();
  await expect(first).toHaveAttribute("href", new RegExp(data[0]?.trace_id ?? ""));
  await expectAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/traces/${data[0]?.trace_id ?? ""}`));
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto("/traces?range=all");
  await expectNoOverflow(page);
});
