import { useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";

export type FilterPath = Schema<"FilterPathBody">;

/** The fields that sessions can be filtered by. */
export function useFilterPaths() {
  return useQuery({
    queryKey: ["sessions", "filters"],
    queryFn: ({ signal }) => data(api.GET("/v2/sessions/filters", { signal })),
    staleTime: Infinity,
  });
}

/** The path of a filter, whose name may have a key appended. */
export function pathOf(paths: readonly FilterPath[], name: string): FilterPath | undefined {
  return paths.find(({ path }) => path === name || (path.endsWith(".") && name.startsWith(path)));
}
