import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { EmptyState } from "@/components/EmptyState";
import { KeysetPager } from "@/components/KeysetPager";
import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RefreshControl } from "@/components/RefreshControl";
import { SearchBox } from "@/components/SearchBox";
import { DataTable } from "@/components/table/DataTable";
import { FIRST_PAGE } from "@/url_state/common_search";
import { formatSort } from "@/url_state/sort";
import { useSort } from "@/url_state/use_sort";
import { CONTACT_COLUMNS } from "./contacts_columns";
import { type Contact, useContacts } from "./contacts_data";
import { type ContactsSearch, DEFAULT_SORT } from "./contacts_search";

/** All contacts with their all-time use. */
export function ContactsPage() {
  const search = useSearch({ from: "/contacts" });
  const navigate = useNavigate({ from: "/contacts" });
  const page = useContacts(search);
  const sort = useSort(search.sort ?? DEFAULT_SORT);
  const rows = page.data?.data ?? NO_ROWS;
  const change = useCallback(
    (changed: Partial<ContactsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...FIRST_PAGE, ...changed }) }),
    [navigate],
  );
  const find = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const hasMore = page.data?.has_more ?? false;
  return (
    <Page title="Contacts" isFilling actions={<RefreshControl />}>
      <SearchBox
        label="Search contacts"
        placeholder="Search names, ids, emails"
        search={search.search ?? ""}
        onSearch={find}
      />
      <QueryBoundary query={page}>
        <DataTable
          id="contacts"
          label="Contacts"
          rows={rows}
          columns={CONTACT_COLUMNS}
          rowId={({ id }) => id}
          sort={sort}
          onSort={(chosen) => change({ sort: formatSort(chosen) })}
          onOpen={({ external_id }) =>
            void navigate({ to: "/contacts/$contactId", params: { contactId: external_id } })
          }
          isLoading={page.isPending}
          empty={
            <EmptyState title={search.search ? "No contacts match" : "No contacts yet"}>
              Contacts appear when a trace has a user id.
            </EmptyState>
          }
        />
      </QueryBoundary>
      <KeysetPager
        onPrevious={
          (search.before ? hasMore : search.after)
            ? () => change({ before: rows[0]?.id })
            : undefined
        }
        onNext={search.before || hasMore ? () => change({ after: rows.at(-1)?.id }) : undefined}
      />
    </Page>
  );
}

const NO_ROWS: Contact[] = [];
