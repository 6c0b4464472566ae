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

/** Creates, lists and revokes API keys. */
export function ApiKeysSection() {
  const keys = useApiKeys();
  const [isNew, setIsNew] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  return (
    <SettingsSection
      about="All requests need an API key, except on this machine if none is required. Only a hash of the key is stored."
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
            empty={<EmptyState title="No API keys yet" />}
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
      title={`Revoke key ${apiKey.name}?`}
      action="Revoke key"
      isOpen
      isDestructive
      isRunning={revoke.isPending}
      onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      Requests with {apiKey.prefix}… will be rejected. This cannot be undone.
      {isOwn && " You are signed in with this key."}
      {revoke.isError && <Alert color="red">{asApiError(revoke.error).message}</Alert>}
    </Confirm>
  );
}
