import { test as base } from "@playwright/test";

import { Server } from "./server";

interface WorkerFixtures {
  /** With the sample data; shared by the journeys of a worker, which leave it as it is. */
  sampleServer: Server;
}

interface Fixtures {
  /** An empty one of the journey's own, which it may change. */
  ownServer: Server;
  /** Addresses of other origins that the pages asked; there must be none. */
  strangers: string[];
}

/** A journey: `page` has the sample data's server as its base, and asks nobody else. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  sampleServer: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const server = await Server.start({ sample: true });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  // eslint-disable-next-line no-empty-pattern
  ownServer: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ sampleServer }, use) => use(sampleServer.url),
  strangers: [
    async ({ context }, use) => {
      const strangers: string[] = [];
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (["data:", "blob:"].includes(protocol) || hostname === "127.0.0.1") return;
        strangers.push(request.url());
      });
      await use(strangers);
      base.expect(strangers, "requests to other origins").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
