import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Confirm } from "@/components/Confirm";
import { listSearch } from "../sessions_search";
import { useHasScope } from "@/features/sign-in/me_data";
import { counted } from "@/format/count";
import { visible } from "@/text/visible";
import { type ExportFormat, exportSession, useDeleteSession } from "../session_changes";
import { type Session, neighbourQuery } from "../session_data";

interface Props {
  session: Session;
  /** The share button. */
  share?: ReactNode;
}

const FORMATS: Record<ExportFormat, string> = {
  csv: "CSV",
  jsonl: "JSON lines",
  parquet: "Parquet",
};

/** The actions on a session. */
export function SessionActions({ session, share }: Props) {
  const [isAsking, asking] = useDisclosure();
  const canWrite = useHasScope("write");
  const search = useSearch({ from: "/sessions/$sessionId" });
  const navigate = useNavigate();
  const remove = useDeleteSession(session._id, () =>
    navigate({ to: "/sessions", search: listSearch(search) }),
  );
  return (
    <>
      <Neighbour sessionId={session._id} direction="previous" />
      <Neighbour sessionId={session._id} direction="next" />
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
      {canWrite && (
        <Tooltip label="Delete">
          <ActionIcon aria-label="Delete session" size="md" color="red" onClick={asking.open}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <Confirm
        title="Delete this session?"
        action="Delete session"
        isOpen={isAsking}
        isRunning={remove.isPending}
        isDestructive
        onConfirm={() => remove.mutate()}
        onClose={asking.close}
      >
        This permanently deletes <b>{visible(session.external_id)}</b>, its{" "}
        {counted(session.traces_count, "trace")} and all messages.
      </Confirm>
    </>
  );
}

interface NeighbourProps {
  sessionId: string;
  direction: "previous" | "next";
}

function Neighbour({ sessionId, direction }: NeighbourProps) {
  const search = useSearch({ from: "/sessions/$sessionId" });
  const { data: neighbour } = useQuery(neighbourQuery(sessionId, direction, search));
  const label = direction === "previous" ? "Previous session" : "Next session";
  const Icon = direction === "previous" ? IconChevronLeft : IconChevronRight;
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
