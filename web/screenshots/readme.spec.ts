import { join } from "node:path";

import { expect, test } from "../e2e/fixtures";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "screenshots");
/** The most expensive session of an application: those of coding agents contain no answers. */
const MOST_EXPENSIVE = {
  query: { filters: [{ path: "client", type: "string", operator: "is_empty" }] },
  sortingProps: [{ key: "billing.total_cost", direction: "desc" }],
  limit: 1,
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("screenshots of the sample data", async ({ page, sampleServer }) => {
      const { data } = await sampleServer.requestJson<{ data: { _id: string }[] }>(
        "/v2/sessions/query",
        MOST_EXPENSIVE,
      );
      const session = `/sessions/${data[0]?._id}`;
      const pages = {
        sessions: ["/sessions?range=30d", "tbody a"],
        conversation: [session, "article"],
        timeline: [`${session}?tab=timeline`, "[role=treeitem]"],
        analytics: ["/analytics?range=30d", "canvas"],
      } as const;
      for (const [name, [path, selector]] of Object.entries(pages)) {
        await page.goto(path);
        await page.locator(selector).first().waitFor();
        await expect(page.locator("[aria-busy=true], .mantine-Skeleton-root")).toHaveCount(0);
        await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
      }
    });
  });
}
