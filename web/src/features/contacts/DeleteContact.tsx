import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { useHasScope } from "@/features/sign-in/me_data";
import { counted } from "@/format/count";
import { type Contact, useDeleteContact } from "./contacts_data";
import { displayName } from "./contacts_columns";

/** Deletes what was written of the contact, or all that there is of the person; for who may. */
export function DeleteContact({ contact }: { contact: Contact }) {
  const [asked, setAsked] = useState<"record" | "person">();
  const navigate = useNavigate();
  const deleting = useDeleteContact();
  const canWrite = useHasScope("write");
  const isErasing = asked === "person";
  const sessions = counted(contact.sessions_count, "session");
  const run = () =>
    deleting.mutate(
      { id: contact.id, erase: isErasing },
      { onSuccess: () => void navigate({ to: "/contacts", search: {} }) },
    );
  if (!canWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More">
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked("record")}>Delete the profile…</Menu.Item>
          <Menu.Item c="var(--app-bad)" onClick={() => setAsked("person")}>
            Erase the person…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        title={
          isErasing
            ? `Erase ${displayName(contact)}?`
            : `Delete the profile of ${displayName(contact)}?`
        }
        action={isErasing ? `Erase ${sessions}` : "Delete the profile"}
        isOpen={asked !== undefined}
        isRunning={deleting.isPending}
        isDestructive
        onConfirm={run}
        onClose={() => setAsked(undefined)}
      >
        {isErasing
          ? `The profile and ${sessions} with their traces and messages are erased for good.`
          : "Name, email, tags and metadata are deleted; what traces tell of the contact stays."}
        {deleting.isError && (
          <Text c="var(--app-bad)" role="alert">
            {asApiError(deleting.error).message}
          </Text>
        )}
      </Confirm>
    </>
  );
}
