import { createRouter } from "@tanstack/react-router";

import { PageError } from "./app/PageError";
import { PagePending } from "./app/PagePending";
import { routeTree } from "./routes";

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultErrorComponent: PageError,
  defaultPendingComponent: PagePending,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }

  interface StaticDataRouteOption {
    /** Rendered without the shell. */
    isStandalone?: boolean;
  }
}
