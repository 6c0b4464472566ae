import { Page } from "@/components/Page";

export function ContactsPage() {
  return <Page title="Contacts">{null}</Page>;
}
