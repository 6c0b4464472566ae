import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShare } from "@tabler/icons-react";

import { useHasScope } from "@/features/sign-in/me_data";
import { ShareDialog } from "./ShareDialog";

/** Links to a session that need no key; for those who may make them. */
export function ShareButton({ sessionId }: { sessionId: string }) {
  const [isOpen, { open, close }] = useDisclosure();
  if (!useHasScope("write")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconShare size={14} />} onClick={open}>
        Share
      </Button>
      <ShareDialog sessionId={sessionId} isOpen={isOpen} onClose={close} />
    </>
  );
}
