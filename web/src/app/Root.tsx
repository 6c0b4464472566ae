import { Outlet, useMatches } from "@tanstack/react-router";

import { Shell } from "./Shell";

/** A page in the shell, or alone where its route says so: for whoever may see nothing else. */
export function Root() {
  const isStandalone = useMatches({
    select: (all) => all.some(({ staticData }) => staticData.isStandalone),
  });
  return isStandalone ? <Outlet /> : <Shell />;
}
