import { Page } from "@/components/Page";

export function TracesPage() {
  return <Page title="Traces">{null}</Page>;
}
