import { Link } from "@tanstack/react-router";

import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import type { DataColumn } from "@/components/table/data_column";
import { Tokens } from "@/components/Tokens";
import type { Contact } from "./contacts_data";

type Column = DataColumn<Contact>;

/** The columns of the list; their ids are the API's sort keys. */
export const CONTACT_COLUMNS: readonly Column[] = [
  {
    id: "display_name",
    header: "Contact",
    cell: (contact) => (
      <Link to="/contacts/$contactId" params={{ contactId: contact.external_id }}>
        <UserText text={displayName(contact)} />
      </Link>
    ),
    width: 200,
    isGrowing: true,
    isSortable: true,
  },
  textColumn("external_id", "External id", ({ external_id }) => external_id, 160),
  textColumn("email", "Email", ({ email }) => email ?? "", 170),
  figure("sessions_count", "Sessions", ({ sessions_count }) => sessions_count),
  figure("traces_count", "Traces", ({ traces_count }) => traces_count),
  figure("model_calls_count", "Calls", ({ model_calls_count }) => model_calls_count),
  figure("usage.total_tokens", "Tokens", ({ usage }) => usage.total_tokens),
  {
    id: "billing.total_cost",
    header: "Cost",
    cell: ({ billing, unpriced_calls_count, model_calls_count }) => (
      <Money
        dollars={billing.total_cost}
        unpricedCalls={unpriced_calls_count}
        calls={model_calls_count}
      />
    ),
    align: "right",
    width: 140,
    isSortable: true,
  },
  figure("errors_count", "Errors", ({ errors_count }) => errors_count),
  {
    id: "first_seen_at",
    header: "First seen",
    cell: ({ first_seen_at }) => <RelativeTime time={first_seen_at} />,
    width: 104,
    isSortable: true,
    isHidden: true,
  },
  {
    id: "last_seen_at",
    header: "Last seen",
    cell: ({ last_seen_at }) => <RelativeTime time={last_seen_at} />,
    width: 104,
    isSortable: true,
  },
];

/** The name of a contact or, without one, its external id. */
export function displayName({ display_name, external_id }: Contact): string {
  return display_name ?? external_id;
}

/** A column of text, hidden by default. */
function textColumn(
  id: string,
  header: string,
  value: (contact: Contact) => string,
  width: number,
): Column {
  const cell = (contact: Contact) => <UserText text={value(contact)} />;
  return { id, header, cell, width, isSortable: true, isHidden: true };
}

function figure(id: string, header: string, value: (contact: Contact) => number): Column {
  const cell = (contact: Contact) => <Tokens tokens={value(contact)} />;
  return { id, header, cell, align: "right", width: 84, isSortable: true };
}
