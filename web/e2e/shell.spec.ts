import { expectAccessible, expectNoOverflow } from "./accessibility";
import { expect, freshTest as test } from "./fixtures";

test("every page of the navigation opens with a title and is accessible", async ({ page }) => {
  await page.goto("/");
  const names = await page.getByRole("navigation", { name: "Pages" }).getByRole("link").all();
  for (const link of names.slice(1)) {
    const name = (await link.textContent()) ?? "";
    await link.click();
    await expect(page).toHaveTitle(`${name} · Sessionary`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await expectAccessible(page);
});

test("a narrow window hides the navigation behind a button", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto("/sessions");
  await expect(page.getByRole("link", { name: "Traces", exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Navigation" }).click();
  await page.getByRole("link", { name: "Traces", exact: true }).click();
  await expect(page).toHaveTitle("Traces · Sessionary");
  await expectNoOverflow(page);
});

test("an unknown path shows Page not found, and ? lists the shortcuts", async ({ page }) => {
  await page.goto("/nowhere");
  await expect(page.getByText("Page not found")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a banner reports an unreachable server and goes away when it is back", async ({
  page,
  emptyServer,
}) => {
  await page.goto("/sessions");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await emptyServer.pause();
  await expect(page.getByText("Cannot reach the server").first()).toBeVisible();
  await emptyServer.resume();
  await expect(page.getByText("Cannot reach the server")).toHaveCount(0);
});

test("a banner on every page reports damaged files and how to repair them", async ({
  page,
  emptyServer,
}) => {
  await emptyServer.requestJson("/v2/projects", { id: "web" });
  await emptyServer.pause();
  emptyServer.damage("projects");
  await emptyServer.resume();
  for (const path of ["/sessions", "/settings"]) {
    await page.goto(path);
    const banner = page.getByRole("alert").filter({ hasText: "Stored data is damaged" });
    await expect(banner).toContainText("Table projects: restore the latest backup");
  }
  await expectAccessible(page);
});

test("this server serves the API documentation", async ({ page }) => {
  await page.goto("/docs");
  await expect(page.getByText("/v2/sessions/query").first()).toBeVisible({ timeout: 20_000 });
});
