import { oneOf } from "@/url_state/common_search";

export const SHARED_TABS = ["conversation", "traces"] as const;

/** What the URL of this page may hold. */
export interface SharedSearch {
  tab?: (typeof SHARED_TABS)[number];
}

/** The valid ones of any search parameters. */
export function sharedSearch({ tab }: Record<string, unknown>): SharedSearch {
  return { tab: oneOf(SHARED_TABS, tab) };
}
