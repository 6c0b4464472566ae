import { Text } from "@mantine/core";

import { counted } from "@/format/count";
import { useHasScope } from "@/features/sign-in/me_data";
import { RetentionForm } from "./RetentionForm";
import { SettingsSection } from "./SettingsSection";
import { useRetention } from "./retention_data";

/** After how long what had no activity is deleted. */
export function RetentionSection() {
  const retention = useRetention();
  const canChange = useHasScope("admin");
  return (
    <SettingsSection
      about="A session without activity for so long is deleted for good, with its traces and their spans, and so is a trace that is in no session."
      query={retention}
    >
      {(said) => (
        <>
          <Text fw={600} size="sm">
            {said.days === 0
              ? "Everything is kept."
              : `What had no activity for ${counted(said.days, "day")} is deleted.`}
          </Text>
          {canChange ? (
            <RetentionForm key={said.days} retention={said} />
          ) : (
            <Text c="dimmed" size="sm">
              A key with the scope admin changes this.
            </Text>
          )}
        </>
      )}
    </SettingsSection>
  );
}
