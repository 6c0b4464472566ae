import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Confirm } from "@/components/Confirm";
import { useMay } from "@/features/sign-in/me";
import { counted } from "@/format/count";
import { visible } from "@/text/visible";
import { type ExportFormat, exportSession, useDeleteSession } from "../session_changes";
import { type Session, neighbourQuery } from "../session_queries";

interface Props {
  session: Session;
  /** The button that shares the session. */
  share?: ReactNode;
}

const FORMATS: Record<ExportFormat, string> = { csv: "CSV", jsonl: "JSONL", parquet: "Parquet" };

/** What the reader may do with a session. */
export function SessionActions({ session, share }: Props) {
  const [isAsking, asking] = useDisclosure();
  const mayWrite = useMay("write");
  const navigate = useNavigate();
  const remove = useDeleteSession(session._id, () => navigate({ to: "/sessions" }));
  return (
    <>
      <Neighbour session={session} direction="newer" />
      <Neighbour session={session} direction="older" />
      {share}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={14} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(FORMATS).map(([format, name]) => (
            <Menu.Item
              key={format}
              onClick={() => void exportSession(session._id, format as ExportFormat)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {mayWrite && (
        <Tooltip label="Delete">
          <ActionIcon aria-label="Delete the session" size="md" color="red" onClick={asking.open}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <Confirm
        title="Delete this session?"
        action="Delete the session"
        isOpen={isAsking}
        isRunning={remove.isPending}
        isDestructive
        onConfirm={() => remove.mutate()}
        onClose={asking.close}
      >
        <b>{visible(session.external_id)}</b> goes for good, with its{" "}
        {counted(session.traces_count, "trace")} and all that was said in them.
      </Confirm>
    </>
  );
}

interface NeighbourProps {
  session: Session;
  direction: "newer" | "older";
}

function Neighbour({ session, direction }: NeighbourProps) {
  const { data: neighbour } = useQuery(neighbourQuery(session, direction));
  const label = direction === "newer" ? "Newer session" : "Older session";
  const Icon = direction === "newer" ? IconChevronLeft : IconChevronRight;
  if (!neighbour) {
    return (
      <ActionIcon aria-label={label} size="md" disabled>
        <Icon size={16} />
      </ActionIcon>
    );
  }
  return (
    <Tooltip label={`${label}: ${visible(neighbour.title ?? neighbour.external_id)}`}>
      <ActionIcon
        aria-label={label}
        size="md"
        renderRoot={(props: object) => (
          <Link
            {...props}
            from="/sessions/$sessionId"
            to="/sessions/$sessionId"
            params={{ sessionId: neighbour._id }}
            search={(before) => ({ ...before, trace: undefined, span: undefined })}
          />
        )}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
