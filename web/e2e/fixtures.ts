import { test as base } from "@playwright/test";

import { Server } from "./server";

/** Seconds on a machine of its own. */
const SAMPLE_MS = 300_000;

interface Fixtures {
  /** An empty one of the journey's own, which it may change. */
  emptyServer: Server;
  /** Addresses of other origins that the pages asked; there must be none. */
  foreignRequests: string[];
}

interface SampleFixtures {
  /** With the sample data; shared by the journeys of a worker, which leave it as it is. */
  sampleServer: Server;
}

const journey = base.extend<Fixtures>({
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

/** A journey on the sample data: `page.goto("/sessions")` is on its server. */
export const test = journey.extend<object, SampleFixtures>({
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

/** A journey that begins with nothing: `page.goto("/sessions")` is on `emptyServer`. */
export const freshTest = journey.extend({
  baseURL: async ({ emptyServer }, use) => use(emptyServer.url),
});

export { expect } from "@playwright/test";
