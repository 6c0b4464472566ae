import { Page } from "@/components/Page";

export function AnalyticsPage() {
  return <Page title="Analytics">{null}</Page>;
}
