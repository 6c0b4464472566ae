import { Button, Table, Text, VisuallyHidden } from "@mantine/core";

import { RelativeTime } from "@/components/RelativeTime";
import { TimeUntil } from "@/components/TimeUntil";
import { type ShareLink, useRevokeShareLink } from "./share_links_data";

interface Props {
  sessionId: string;
  links: readonly ShareLink[];
}

/** The share links; revoking needs no confirmation, since a new one can be created. */
export function ShareLinkList({ sessionId, links }: Props) {
  const revoke = useRevokeShareLink(sessionId);
  if (links.length === 0)
    return (
      <Text c="dimmed" size="sm">
        No links yet
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing={4} aria-label="Links">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Shows</Table.Th>
            <Table.Th>Created</Table.Th>
            <Table.Th>Expires</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {links.map((link) => (
            <Table.Tr key={link.id}>
              <Table.Td>{link.with_messages ? "Metrics and messages" : "Metrics"}</Table.Td>
              <Table.Td>
                <RelativeTime time={link.created_at} />, {link.created_by}
              </Table.Td>
              <Table.Td>
                <TimeUntil time={link.expires_at} />
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-xs"
                  loading={revoke.isPending && revoke.variables === link.id}
                  onClick={() => revoke.mutate(link.id)}
                >
                  Revoke
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
