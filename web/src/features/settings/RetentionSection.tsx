import { Text } from "@mantine/core";

import { counted } from "@/format/count";
import { useHasScope } from "@/features/sign-in/me_data";
import { RetentionForm } from "./RetentionForm";
import { SettingsSection } from "./SettingsSection";
import { useRetention } from "./retention_data";

/** The retention of data without activity. */
export function RetentionSection() {
  const query = useRetention();
  const canChange = useHasScope("admin");
  return (
    <SettingsSection
      about="Sessions without activity for this long are permanently deleted with their traces and spans, as are traces without a session."
      query={query}
    >
      {(retention) => (
        <>
          <Text fw={600} size="sm">
            {retention.days === 0
              ? "Everything is kept."
              : `Data without activity for ${counted(retention.days, "day")} is deleted.`}
          </Text>
          {canChange ? (
            <RetentionForm key={retention.days} retention={retention} />
          ) : (
            <Text c="dimmed" size="sm">
              Only admin keys can change this.
            </Text>
          )}
        </>
      )}
    </SettingsSection>
  );
}
