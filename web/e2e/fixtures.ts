import { test as base } from "@playwright/test";

import { Server } from "./server";

/** Loading takes seconds on an idle machine. */
const SAMPLE_MS = 300_000;

interface Fixtures {
  /** An empty server for this test alone, which it may change. */
  emptyServer: Server;
  /** URLs of other origins that the pages requested; there must be none. */
  foreignRequests: string[];
}

interface SampleFixtures {
  /** A server with the sample data, shared by the tests of a worker, which must not change it. */
  sampleServer: Server;
}

const offlineTest = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  emptyServer: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
  },
  foreignRequests: [
    async ({ context }, use) => {
      const foreignRequests: string[] = [];
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (["data:", "blob:"].includes(protocol) || hostname === "127.0.0.1") return;
        foreignRequests.push(request.url());
      });
      await use(foreignRequests);
      base.expect(foreignRequests, "requests to other origins").toEqual([]);
    },
    { auto: true },
  ],
});

/** A test on the sample data: `page.goto("/sessions")` opens the sample server. */
export const test = offlineTest.extend<object, SampleFixtures>({
  sampleServer: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.start({ sample: true });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: SAMPLE_MS },
  ],
  baseURL: async ({ sampleServer }, use) => use(sampleServer.url),
});

/** A test without data: `page.goto("/sessions")` opens `emptyServer`. */
export const freshTest = offlineTest.extend({
  baseURL: async ({ emptyServer }, use) => use(emptyServer.url),
});

export { expect } from "@playwright/test";
