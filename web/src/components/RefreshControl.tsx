import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown, IconRefresh } from "@tabler/icons-react";
import { useIsFetching, useQueryClient } from "@tanstack/react-query";

import { REFRESH_MS, type Refresh } from "@/url_state/common_search";
import { useCommonSearch } from "@/url_state/use_common_search";

/** Refreshes the page: now, or at the interval in its URL. */
export function RefreshControl() {
  const { refresh, setRefresh } = useCommonSearch();
  const queryClient = useQueryClient();
  const isFetching = useIsFetching() > 0;
  return (
    <Button.Group>
      <Tooltip label="Refresh">
        <ActionIcon
          variant="default"
          size={30}
          loading={isFetching}
          aria-label="Refresh"
          onClick={() => void queryClient.invalidateQueries()}
        >
          <IconRefresh size={14} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={6} aria-label={`Auto-refresh: ${refresh ?? "off"}`}>
            {refresh ?? <IconChevronDown size={12} aria-hidden />}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setRefresh(undefined)}>Off</Menu.Item>
          {(Object.keys(REFRESH_MS) as Refresh[]).map((every) => (
            <Menu.Item key={every} onClick={() => setRefresh(every)}>
              Every {every}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
