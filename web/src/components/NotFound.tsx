import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { EmptyState } from "./EmptyState";
import { Page } from "./Page";

export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no page at this address"
        action={
          <Button component={Link} to="/sessions">
            To the sessions
          </Button>
        }
      >
        The link may be mistyped, or from another version of Sessionary.
      </EmptyState>
    </Page>
  );
}
