import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { asApiError } from "@/api/errors";
import type { Selection } from "../session_selection";
import { FORMATS, type Format, exportSessions } from "./export_sessions";

interface Props {
  label: string;
  /** Selects the sessions at the time of the click. */
  selection: () => Selection;
}

/** Exports sessions to a file. */
export function ExportMenu({ label, selection }: Props) {
  const exporting = useMutation({
    mutationFn: (format: Format) => exportSessions(selection(), format),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "Could not export sessions",
        message: asApiError(error).message,
      }),
  });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          loading={exporting.isPending}
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, name }) => (
          <Menu.Item key={format} onClick={() => exporting.mutate(format)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
