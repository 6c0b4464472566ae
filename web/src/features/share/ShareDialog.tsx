import { Modal, Stack, Text } from "@mantine/core";

import { LoadingRows } from "@/components/LoadingRows";
import { QueryBoundary } from "@/components/QueryBoundary";
import { NewShareLink } from "./NewShareLink";
import { ShareLinkList } from "./ShareLinkList";
import { useShareLinks } from "./share_links_data";

interface Props {
  sessionId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Creates, lists and revokes the share links of a session. */
export function ShareDialog({ sessionId, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Share session"
      centered
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Text c="dimmed" size="sm">
          Anyone with the link can view this session, and nothing else, without an API key.
        </Text>
        <NewShareLink sessionId={sessionId} />
        <Links sessionId={sessionId} />
      </Stack>
    </Modal>
  );
}

function Links({ sessionId }: { sessionId: string }) {
  const links = useShareLinks(sessionId);
  return (
    <QueryBoundary query={links}>
      {links.data ? (
        <ShareLinkList sessionId={sessionId} links={links.data.data} />
      ) : (
        <LoadingRows count={2} />
      )}
    </QueryBoundary>
  );
}
