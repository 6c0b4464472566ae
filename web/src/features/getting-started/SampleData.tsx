import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { Confirm } from "@/components/Confirm";
import { useHasScope } from "@/features/sign-in/me_data";
import { counted } from "@/format/count";
import { useChangeSample, useSampleCounts } from "./sample_data";

interface Props {
  onLoaded?: () => void;
}

/** Loads or removes the sample data; requires the scope `admin`. */
export function SampleData({ onLoaded }: Props) {
  const { data: counts } = useSampleCounts();
  if (!useHasScope("admin") || !counts) return null;
  return counts.sample > 0 ? (
    <RemoveSample sessions={counts.sample} />
  ) : (
    <LoadSample hasOtherSessions={counts.all > 0} onLoaded={onLoaded} />
  );
}

function LoadSample({ hasOtherSessions, onLoaded }: Props & { hasOtherSessions: boolean }) {
  const [isAsking, asking] = useDisclosure();
  const loading = useChangeSample("load", onLoaded);
  const load = () => loading.mutate(undefined, { onSettled: asking.close });
  return (
    <>
      <Button
        variant="default"
        loading={loading.isPending}
        onClick={hasOtherSessions ? asking.open : load}
      >
        Load sample data
      </Button>
      <Confirm
        title="Load sample data?"
        action="Load sample data"
        isOpen={isAsking}
        isRunning={loading.isPending}
        onConfirm={load}
        onClose={asking.close}
      >
        This adds about 300 generated sessions to the project <b>sample</b>. You can remove them
        here later.
      </Confirm>
    </>
  );
}

function RemoveSample({ sessions }: { sessions: number }) {
  const [isAsking, asking] = useDisclosure();
  const removal = useChangeSample("remove");
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        Remove sample data
      </Button>
      <Confirm
        title="Remove sample data?"
        action={`Remove ${counted(sessions, "session")}`}
        isOpen={isAsking}
        isRunning={removal.isPending}
        isDestructive
        onConfirm={() => removal.mutate(undefined, { onSettled: asking.close })}
        onClose={asking.close}
      >
        This permanently deletes everything in the project <b>sample</b>:{" "}
        {counted(sessions, "session")} with their traces. Other sessions are kept.
      </Confirm>
    </>
  );
}
