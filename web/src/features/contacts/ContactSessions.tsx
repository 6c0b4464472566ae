import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";

import { EmptyState } from "@/components/EmptyState";
import { KeysetPager } from "@/components/KeysetPager";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import { sessionColumns } from "@/features/sessions/list/sessions_columns";
import {
  type SessionRow,
  useSessionCount,
  useSessionPage,
} from "@/features/sessions/sessions_data";
import { DEFAULT_SORT, type ListSearch } from "@/features/sessions/sessions_search";
import { listHas } from "@/features/sessions/filters/build_filter";
import { counted } from "@/format/count";
import { FIRST_PAGE } from "@/url_state/common_search";
import { formatSort } from "@/url_state/sort";
import { useSort } from "@/url_state/use_sort";
import type { ContactSearch } from "./contact_search";

/** The contact's sessions in the time range of the URL. */
export function ContactSessions({ externalId }: { externalId: string }) {
  const search = useSearch({ from: "/contacts/$contactId" });
  const navigate = useNavigate({ from: "/contacts/$contactId" });
  const list = useMemo<ListSearch>(
    () => ({ filters: [listHas("contact_ids", externalId)], sort: search.sort }),
    [externalId, search.sort],
  );
  const columns = useMemo(() => sessionColumns(list), [list]);
  const selection = { ...search, ...list };
  const page = useSessionPage(selection);
  const total = useSessionCount(selection);
  const sort = useSort(search.sort ?? DEFAULT_SORT);
  const rows = page.data?.data ?? NO_ROWS;
  const hasMore = page.data?.has_more ?? false;
  const change = (changed: Partial<ContactSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...FIRST_PAGE, ...changed }) });
  return (
    <QueryBoundary query={page}>
      <DataTable
        id="contact-sessions"
        label="Sessions of the contact"
        rows={rows}
        columns={columns}
        rowId={({ _id }) => _id}
        sort={sort}
        onSort={(chosen) => change({ sort: formatSort(chosen) })}
        onOpen={({ _id }) =>
          void navigate({
            to: "/sessions/$sessionId",
            params: { sessionId: _id },
            search: list,
          })
        }
        isLoading={page.isPending}
        empty={<EmptyState title="No sessions in this period">Choose a longer period.</EmptyState>}
      />
      <KeysetPager
        onPrevious={
          (search.before ? hasMore : search.after)
            ? () => change({ before: rows[0]?._id })
            : undefined
        }
        onNext={search.before || hasMore ? () => change({ after: rows.at(-1)?._id }) : undefined}
      >
        {total.data && counted(total.data.count, "session")}
      </KeysetPager>
    </QueryBoundary>
  );
}

const NO_ROWS: SessionRow[] = [];
