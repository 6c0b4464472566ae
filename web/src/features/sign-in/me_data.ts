import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { type Schema, api, data } from "@/api/client";
import { asApiError } from "@/api/errors";

export type Scope = Schema<"Scope">;

/** Who is at the browser, and what they may do. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => data(api.GET("/v2/me", { signal })),
    staleTime: Infinity,
  });
}

/** Whether what needs that scope may be offered; admin includes all, write includes read. */
export function useHasScope(scope: Scope): boolean {
  const held = useMe().data?.scopes ?? [];
  return (
    held.includes(scope) || held.includes("admin") || (scope === "read" && held.includes("write"))
  );
}

/** Go to the sign-in page, and come back from there, once the server wants to know who asks. */
export function useRedirectToSignIn(): void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const check = (error: unknown) => {
      if (error === null || asApiError(error).code !== "401") return;
      // Where one is stays in the address until the page has changed.
      if (location.pathname === "/sign-in") return;
      const next = location.pathname + location.search;
      void navigate({ to: "/sign-in", search: { next }, replace: true });
    };
    const endings = [
      queryClient.getQueryCache().subscribe(({ query }) => check(query.state.error)),
      queryClient.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") check(event.action.error);
      }),
    ];
    return () => endings.forEach((end) => end());
  }, [queryClient, navigate]);
}
