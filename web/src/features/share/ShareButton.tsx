import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShare } from "@tabler/icons-react";

import { useHasScope } from "@/features/sign-in/me_data";
import { ShareDialog } from "./ShareDialog";

/** Opens the share dialog; requires the scope `write`. */
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
