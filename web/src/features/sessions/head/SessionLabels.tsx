import { Anchor, Badge, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { CopyText } from "@/components/CopyText";
import { visible } from "@/text/visible";
import type { Session } from "../session_data";
import { EditableTags } from "./EditableTags";
import classes from "./head.module.css";

interface Props {
  session: Session;
  /** Without it, the tags are read-only. */
  onTags?: (tags: string[]) => void;
}

/** External id, contacts, project, client, repository and tags of a session. */
export function SessionLabels({ session, onTags }: Props) {
  return (
    <div className={classes.labels}>
      <CopyText value={session.external_id} what="external id" />
      {session.contact_ids.map((contactId) => (
        <Anchor
          key={contactId}
          inherit
          renderRoot={(props: object) => (
            <Link {...props} to="/contacts/$contactId" params={{ contactId }} />
          )}
        >
          {visible(contactId)}
        </Anchor>
      ))}
      {session.project_id && (
        <Text span inherit>
          Project {visible(session.project_id)}
        </Text>
      )}
      {session.client && (
        <Badge variant="light" tt="none" fw={500}>
          {visible(session.client)}
        </Badge>
      )}
      {session.repo && (
        <Text span inherit>
          {visible(session.repo)}
        </Text>
      )}
      <EditableTags tags={session.tags} onChange={onTags} />
    </div>
  );
}
