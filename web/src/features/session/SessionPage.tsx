import { useParams } from "@tanstack/react-router";

import { Page } from "@/components/Page";
import { ShareButton } from "@/features/share/ShareButton";

export function SessionPage() {
  const { sessionId } = useParams({ from: "/sessions/$sessionId" });
  return (
    <Page title="Session" actions={<ShareButton sessionId={sessionId} />}>
      {null}
    </Page>
  );
}
