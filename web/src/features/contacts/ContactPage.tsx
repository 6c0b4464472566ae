import { useParams, useSearch } from "@tanstack/react-router";

import { LoadingRows } from "@/components/LoadingRows";
import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RefreshControl } from "@/components/RefreshControl";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { ContactCost } from "./ContactCost";
import { ContactHead } from "./ContactHead";
import { ContactSessions } from "./ContactSessions";
import { displayName } from "./contacts_columns";
import { useContact } from "./contacts_data";
import { DeleteContact } from "./DeleteContact";

/** One end user with totals, cost over time and sessions. */
export function ContactPage() {
  const { contactId } = useParams({ from: "/contacts/$contactId" });
  const search = useSearch({ from: "/contacts/$contactId" });
  const contact = useContact(contactId);
  return (
    <Page
      title={contact.data ? displayName(contact.data) : contactId}
      isFilling
      actions={
        <>
          <ProjectPicker />
          <TimeRangePicker />
          <RefreshControl />
          {contact.data && <DeleteContact contact={contact.data} />}
        </>
      }
    >
      <QueryBoundary query={contact}>
        {contact.data ? (
          <>
            <ContactHead contact={contact.data} />
            <ContactCost externalId={contact.data.external_id} common={search} />
            <ContactSessions externalId={contact.data.external_id} />
          </>
        ) : (
          <LoadingRows />
        )}
      </QueryBoundary>
    </Page>
  );
}
