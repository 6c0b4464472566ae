import { useRouter } from "@tanstack/react-router";

import { ErrorState } from "@/components/ErrorState";
import { Page } from "@/components/Page";

/** In place of a page that broke; the navigation and all other pages still work. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="Something went wrong">
      <ErrorState error={error} onRetry={retry} />
    </Page>
  );
}
