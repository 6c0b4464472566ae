import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

/** An infinite query with any kind of page. */
export type PagedQuery = Pick<
  UseInfiniteQueryResult,
  "hasNextPage" | "isFetching" | "isError" | "error" | "fetchNextPage"
>;

/**
 * Fetch page after page while `isEnabled`.
 * A page that failed is retried only by the user (`NextPageError`), never in a loop.
 */
export function useFetchAllPages(query: PagedQuery, isEnabled = true): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const shouldFetch = isEnabled && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (shouldFetch) void fetchNextPage();
  }, [shouldFetch, fetchNextPage]);
}
