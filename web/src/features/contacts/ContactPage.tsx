import { Page } from "@/components/Page";

export function ContactPage() {
  return <Page title="Contact">{null}</Page>;
}
