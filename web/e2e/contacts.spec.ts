import { compactCount } from "../src/format/count";
import { money } from "../src/format/money";
import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, test } from "./fixtures";
import { sendCall } from "./spans";

interface Contacts {
  data: {
    external_id: string;
    sessions_count: number;
    usage: { total_tokens: number };
    billing: { total_cost: number };
  }[];
}

const BY_COST = { sortingProps: [{ key: "billing.total_cost", direction: "desc" }] };

test("the most expensive contact sorts first, matches the API and opens with its sessions", async ({
  page,
  sampleServer,
}) => {
  const { data } = await sampleServer.requestJson<Contacts>("/v2/contacts/query", BY_COST);
  const first = data[0];
  if (!first) throw new Error("the sample data has contacts");
  await page.goto("/contacts");
  await page.getByRole("button", { name: "Cost" }).click();
  const row = page.getByRole("row").nth(1);
  for (const text of [
    first.external_id,
    compactCount(first.sessions_count),
    compactCount(first.usage.total_tokens),
    money(first.billing.total_cost),
  ]) {
    await expect(row).toContainText(text);
  }
  await row.getByRole("link").click();
  await expect(page).toHaveTitle(`${first.external_id} · Sessionary`);
  await page.goto(`${page.url().split("?")[0] ?? ""}?range=all`);
  // The chart and the list of contacts show the same cost.
  const cost = page.getByRole("region", { name: "Cost over time" });
  await expect(cost).toContainText(money(first.billing.total_cost));
  await expect(page.getByText(`${first.sessions_count} sessions`)).toBeVisible();
  await page.setViewportSize({ width: 360, height: 700 });
  await expectNoOverflow(page);
});

test("search finds a contact, and erasing it deletes its sessions", async ({
  page,
  emptyServer,
}) => {
  await sendCall(emptyServer, { sessionId: "hers", id: "1", contactId: "ada" });
  await sendCall(emptyServer, { sessionId: "his", id: "2", contactId: "bob" });
  await page.goto(`${emptyServer.url}/contacts`);
  const links = page.getByRole("region", { name: "Contacts" }).getByRole("link");
  await expect(links).toHaveCount(2);
  await expectAccessible(page);
  await page.keyboard.press("/");
  await page.keyboard.type("ad");
  await expect(links).toHaveText(["ada"]);
  await expect(page).toHaveURL(/search=ad/);
  await links.click();
  const more = page.getByRole("button", { name: "More" });
  await expect(more).toBeVisible();
  await expectAccessible(page);
  await more.click();
  await page.getByRole("menuitem", { name: "Erase contact…" }).click();
  await page.getByRole("button", { name: "Erase 1 session" }).click();
  await expect(page).toHaveTitle("Contacts · Sessionary");
  await expect(links).toHaveText(["bob"]);
  const remaining = await emptyServer.requestJson<{ count: number }>("/v2/sessions/count", {});
  expect(remaining.count).toBe(1);
});
