import { useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";

export type FilterPath = Schema<"FilterPathBody">;

/** Everything that sessions can be filtered by, as the API lists it. */
export function useFilterPaths() {
  return useQuery({
    queryKey: ["sessions", "filters"],
    queryFn: ({ signal }) => data(api.GET("/v2/sessions/filters", { signal })),
    staleTime: Infinity,
  });
}

/** The path that a filter is on, also where a key was added to it. */
export function pathOf(paths: readonly FilterPath[], name: string): FilterPath | undefined {
  return paths.find(({ path }) => path === name || (path.endsWith(".") && name.startsWith(path)));
}
