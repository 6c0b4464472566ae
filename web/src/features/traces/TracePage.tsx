import { Page } from "@/components/Page";

export function TracePage() {
  return <Page title="Trace">{null}</Page>;
}
