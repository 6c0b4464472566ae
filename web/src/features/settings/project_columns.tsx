import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";

import { CopyText } from "@/components/CopyText";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import type { DataColumn } from "@/components/table/data_column";
import type { Project } from "@/features/projects/projects_data";

interface Actions {
  onRename: (project: Project) => void;
  onDelete: (project: Project) => void;
  canWrite: boolean;
}

export function projectColumns(actions: Actions): DataColumn<Project>[] {
  return actions.canWrite ? [...COLUMNS, actionsColumn(actions)] : COLUMNS;
}

const COLUMNS: DataColumn<Project>[] = [
  {
    id: "name",
    header: "Name",
    isGrowing: true,
    width: 180,
    value: ({ name }) => name,
    cell: ({ name }) => name,
  },
  {
    id: "id",
    header: "Id",
    width: 200,
    value: ({ id }) => id,
    cell: ({ id }) => <CopyText value={id} what="project id" />,
  },
  {
    id: "sessions",
    header: "Sessions",
    align: "right",
    width: 90,
    value: (project) => project.sessions_count,
    cell: (project) => <Tokens tokens={project.sessions_count} />,
  },
  {
    id: "traces",
    header: "Traces",
    align: "right",
    width: 90,
    value: (project) => project.traces_count,
    cell: (project) => <Tokens tokens={project.traces_count} />,
  },
  {
    id: "created",
    header: "Created",
    width: 120,
    value: ({ created_at: time }) => time,
    cell: ({ created_at: time }) => <RelativeTime time={time} />,
  },
];

function actionsColumn({ onRename, onDelete }: Actions): DataColumn<Project> {
  return {
    id: "actions",
    header: "Actions",
    width: 80,
    cell: (project) => (
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Rename">
          <ActionIcon
            size="sm"
            aria-label={`Rename ${project.name}`}
            onClick={() => onRename(project)}
          >
            <IconPencil size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Delete">
          <ActionIcon
            size="sm"
            aria-label={`Delete ${project.name}`}
            onClick={() => onDelete(project)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
    ),
  };
}
