import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface ModelsSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function modelsSearch({ tab }: Record<string, unknown>): ModelsSearch {
  return { tab: text(tab) };
}
