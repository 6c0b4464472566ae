import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";

/** What is read page by page, whatever its pages hold. */
export type PagedQuery = Pick<
  UseInfiniteQueryResult,
  "hasNextPage" | "isFetching" | "isError" | "error" | "fetchNextPage"
>;

/**
 * Read page after page while more are wanted.
 * One that failed is asked for again by hand only (`NextPageError`), else it would be for ever.
 */
export function useFetchAllPages(query: PagedQuery, isWanted = true): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const isNext = isWanted && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (isNext) void fetchNextPage();
  }, [isNext, fetchNextPage]);
}
