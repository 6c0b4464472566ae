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

/** Deletes a contact's profile, or erases all of its data; requires the scope `write`. */
export function DeleteContact({ contact }: { contact: Contact }) {
  const [asked, setAsked] = useState<"profile" | "everything">();
  const navigate = useNavigate();
  const deleting = useDeleteContact();
  const canWrite = useHasScope("write");
  const isErasing = asked === "everything";
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
          <Menu.Item onClick={() => setAsked("profile")}>Delete profile…</Menu.Item>
          <Menu.Item c="var(--app-bad)" onClick={() => setAsked("everything")}>
            Erase contact…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        title={
          isErasing
            ? `Erase ${displayName(contact)}?`
            : `Delete profile of ${displayName(contact)}?`
        }
        action={isErasing ? `Erase ${sessions}` : "Delete profile"}
        isOpen={asked !== undefined}
        isRunning={deleting.isPending}
        isDestructive
        onConfirm={run}
        onClose={() => setAsked(undefined)}
      >
        {isErasing
          ? `This permanently deletes the profile and ${sessions} with all traces and messages.`
          : "Name, email, tags and metadata will be deleted. The contact's traces are kept."}
        {deleting.isError && (
          <Text c="var(--app-bad)" role="alert">
            {asApiError(deleting.error).message}
          </Text>
        )}
      </Confirm>
    </>
  );
}
