import { Outlet, useMatches } from "@tanstack/react-router";

import { Shell } from "./Shell";

/** A page in the shell, or standalone if its route says so: sign-in and shared sessions. */
export function Root() {
  const isStandalone = useMatches({
    select: (all) => all.some(({ staticData }) => staticData.isStandalone),
  });
  return isStandalone ? <Outlet /> : <Shell />;
}
