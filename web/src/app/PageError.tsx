import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";

import { asApiError } from "@/api/errors";
import { EmptyState } from "@/components/EmptyState";
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
      <div role="alert">
        <EmptyState
          title="This page broke"
          action={
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          }
        >
          {asApiError(error).message}
        </EmptyState>
      </div>
    </Page>
  );
}
