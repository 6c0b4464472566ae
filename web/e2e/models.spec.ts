import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";

interface Models {
  data: { model: string; unpriced_calls: number; cost: number }[];
}

test("a custom price is previewed, applied to stored calls and removed again", async ({
  page,
  emptyServer,
}) => {
  await emptyServer.requestJson("/v1/traces", exportOf("acme-7b", "gpt-4o-mini"));
  const { data: before } = await emptyServer.requestJson<Models>("/v2/models");
  const unpriced = before[0];
  if (!unpriced) throw new Error("no models found");
  expect(unpriced.unpriced_calls).toBeGreaterThan(0);
  const modelNow = async () =>
    (await emptyServer.requestJson<Models>("/v2/models")).data.find(
      ({ model }) => model === unpriced.model,
    );

  const mostExpensive = before.reduce((one, other) => (other.cost > one.cost ? other : one));
  await page.goto(`${emptyServer.url}/models?sort=-cost`);
  const table = page.getByRole("region", { name: "Models" });
  await expect(table.getByRole("row").nth(1)).toContainText(mostExpensive.model);
  await page.setViewportSize({ width: 360, height: 700 });
  await expectNoOverflow(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(`${emptyServer.url}/models`);
  await expect(table.getByRole("row").nth(1)).toContainText(unpriced.model);
  await expect(table.getByRole("row").nth(1)).toContainText("unpriced");

  await table.getByRole("link", { name: `Set price for ${unpriced.model}` }).click();
  const form = page.getByRole("dialog", { name: "Set price" });
  await form.getByLabel(/^Input/).fill("-1");
  await form.getByLabel(/^Output/).fill("8");
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(form.getByLabel(/^Input/)).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel(/^Input/).fill("2");
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(form.getByText(/stored calls? in .* traces? and/)).toBeVisible();
  // A tooltip under the pointer would be outside of all landmarks.
  await page.mouse.move(0, 0);
  await expectAccessible(page);
  expect((await modelNow())?.cost).toBe(0);
  await form.getByRole("button", { name: "Save price" }).click();
  await expect(page.getByText("Price saved. Stored calls were re-priced.")).toBeVisible();
  await expect(form).toBeHidden();
  const priced = await modelNow();
  expect(priced?.unpriced_calls).toBe(0);
  expect(priced?.cost).toBeGreaterThan(0);

  await page.getByText("Custom prices (1)").click();
  await expect(page).toHaveURL(/tab=prices/);
  await page.getByRole("link", { name: `Remove price of ${unpriced.model}` }).click();
  const dialog = page.getByRole("dialog", { name: `Remove price of ${unpriced.model}?` });
  await expect(dialog.getByText(/stored calls? in/)).toBeVisible();
  await dialog.getByRole("button", { name: "Remove price" }).click();
  await expect(page.getByText("Price removed. Stored calls were re-priced.")).toBeVisible();
  await expect(page.getByText("No custom prices")).toBeVisible();
  expect(await modelNow()).toMatchObject({ unpriced_calls: unpriced.unpriced_calls, cost: 0 });
});

/** An OTLP export with one call of each model, in one session. */
function exportOf(...models: string[]) {
  const now = Date.now();
  const spans = models.map((model, index) => ({
    traceId: `${index + 1}`.padStart(32, "0"),
    spanId: `${index + 1}`.padStart(16, "0"),
    name: "chat",
    startTimeUnixNano: `${now - 2_000}000000`,
    endTimeUnixNano: `${now - 1_000}000000`,
    attributes: [
      { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
      { key: "gen_ai.request.model", value: { stringValue: model } },
      { key: "gen_ai.usage.input_tokens", value: { intValue: "1000" } },
      { key: "gen_ai.usage.output_tokens", value: { intValue: "500" } },
      { key: "session.id", value: { stringValue: "a-conversation" } },
    ],
  }));
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}

test("the page has an empty state before the first model call", async ({ page, emptyServer }) => {
  await page.goto(`${emptyServer.url}/models`);
  await expect(page.getByText("No model calls yet")).toBeVisible();
});
