import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { type Schema, api, data } from "@/api/client";
import { asApiError } from "@/api/errors";

export type Scope = Schema<"Scope">;

/** The current principal and its scopes. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => data(api.GET("/v2/me", { signal })),
    staleTime: Infinity,
  });
}

/** Whether the caller has a scope; `admin` includes all others, `write` includes `read`. */
export function useHasScope(scope: Scope): boolean {
  const scopes = useMe().data?.scopes ?? [];
  return (
    scopes.includes(scope) ||
    scopes.includes("admin") ||
    (scope === "read" && scopes.includes("write"))
  );
}

/** Redirect to the sign-in page on a 401, which returns to the current page. */
export function useRedirectToSignIn(): void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const check = (error: unknown) => {
      if (error === null || asApiError(error).code !== "401") return;
      // Already there; `next` must not be overwritten.
      if (location.pathname === "/sign-in") return;
      const next = location.pathname + location.search;
      void navigate({ to: "/sign-in", search: { next }, replace: true });
    };
    const unsubscribes = [
      queryClient.getQueryCache().subscribe(({ query }) => check(query.state.error)),
      queryClient.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") check(event.action.error);
      }),
    ];
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  }, [queryClient, navigate]);
}
