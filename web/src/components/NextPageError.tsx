import type { PagedQuery } from "@/api/use_fetch_all_pages";
import { LoadError } from "./LoadError";

/** Shown below the loaded pages if the next one failed to load. */
export function NextPageError({ query }: { query: PagedQuery }) {
  const { isError, hasNextPage, isFetching, error, fetchNextPage } = query;
  if (!isError || !hasNextPage) return null;
  return (
    <LoadError
      what="the rest"
      error={error}
      isRetrying={isFetching}
      onRetry={() => void fetchNextPage()}
    />
  );
}
