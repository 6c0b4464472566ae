import { Alert, Button } from "@mantine/core";
import { useState } from "react";

import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { EmptyState } from "@/components/EmptyState";
import { DataTable } from "@/components/table/DataTable";
import { useMe } from "@/features/sign-in/me_data";
import { ApiKeyForm } from "./ApiKeyForm";
import { SettingsSection } from "./SettingsSection";
import { apiKeyColumns } from "./api_key_columns";
import { type ApiKey, useApiKeys, useRevokeApiKey } from "./api_keys_data";

/** Who may come in: keys are made, shown once, and revoked. */
export function ApiKeysSection() {
  const keys = useApiKeys();
  const [isNew, setIsNew] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  return (
    <SettingsSection
      about="Whatever sends traces or asks the API comes with a key, except from this machine where none is required. Of a key the server keeps no more than a hash."
      query={keys}
      actions={keys.data && <Button onClick={() => setIsNew(true)}>New key</Button>}
    >
      {({ data }) => (
        <>
          <DataTable
            id="api-keys"
            label="API keys"
            rows={data}
            columns={apiKeyColumns(setRevoked)}
            rowId={({ id }) => id}
            maxHeight="65vh"
            empty={<EmptyState title="There is no key yet" />}
          />
          {isNew && <ApiKeyForm onClose={() => setIsNew(false)} />}
          {revoked && <RevokeKey apiKey={revoked} onClose={() => setRevoked(null)} />}
        </>
      )}
    </SettingsSection>
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  const isOwn = useMe().data?.key_id === apiKey.id;
  return (
    <Confirm
      title={`Revoke the key ${apiKey.name}?`}
      action="Revoke it"
      isOpen
      isDestructive
      isRunning={revoke.isPending}
      onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      Whatever comes with {apiKey.prefix}… is refused from now on. This cannot be undone.
      {isOwn && " It is the key that you are signed in with."}
      {revoke.isError && <Alert color="red">{asApiError(revoke.error).message}</Alert>}
    </Confirm>
  );
}
