import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";

import { asApiError } from "@/api/errors";
import { EmptyState } from "@/components/EmptyState";
import { Page } from "@/components/Page";

/** Replaces a page that threw an error; the navigation and all other pages still work. */
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
          title="This page could not be displayed"
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
