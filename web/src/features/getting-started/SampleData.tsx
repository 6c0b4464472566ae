import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { Confirm } from "@/components/Confirm";
import { useHasScope } from "@/features/sign-in/me_data";
import { counted } from "@/format/count";
import { useChangeSample, useSampleCounts } from "./sample_data";

interface Props {
  onLoaded?: () => void;
}

/** Loads the sample data or, where it is there, removes it; for those who may. */
export function SampleData({ onLoaded }: Props) {
  const { data: counts } = useSampleCounts();
  if (!useHasScope("admin") || !counts) return null;
  return counts.sample > 0 ? (
    <RemoveSample sessions={counts.sample} />
  ) : (
    <LoadSample isAmongOthers={counts.all > 0} onLoaded={onLoaded} />
  );
}

function LoadSample({ isAmongOthers, onLoaded }: Props & { isAmongOthers: boolean }) {
  const [isAsking, asking] = useDisclosure();
  const loading = useChangeSample("load", onLoaded);
  const load = () => loading.mutate(undefined, { onSettled: asking.close });
  return (
    <>
      <Button
        variant="default"
        loading={loading.isPending}
        onClick={isAmongOthers ? asking.open : load}
      >
        Load the sample data
      </Button>
      <Confirm
        title="Load the sample data?"
        action="Load it"
        isOpen={isAsking}
        isRunning={loading.isPending}
        onConfirm={load}
        onClose={asking.close}
      >
        Some 300 invented sessions come among yours, in the project <b>sample</b>. They can be
        removed here again.
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
        Remove the sample data
      </Button>
      <Confirm
        title="Remove the sample data?"
        action={`Remove ${counted(sessions, "session")}`}
        isOpen={isAsking}
        isRunning={removal.isPending}
        isDestructive
        onConfirm={() => removal.mutate(undefined, { onSettled: asking.close })}
        onClose={asking.close}
      >
        All of the project <b>sample</b> goes for good: {counted(sessions, "session")} with their
        traces. Other sessions stay.
      </Confirm>
    </>
  );
}
