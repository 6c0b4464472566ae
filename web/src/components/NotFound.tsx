import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { EmptyState } from "./EmptyState";
import { Page } from "./Page";

export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="Page not found"
        action={
          <Button component={Link} to="/sessions">
            Go to sessions
          </Button>
        }
      >
        The URL may be mistyped or belong to another version of Sessionary.
      </EmptyState>
    </Page>
  );
}
