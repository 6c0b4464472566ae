import { oneOf } from "@/url_state/common_search";

export const SHARED_TABS = ["conversation", "traces"] as const;

/** The search parameters of this page. */
export interface SharedSearch {
  tab?: (typeof SHARED_TABS)[number];
}

/** Parse search parameters; invalid ones are dropped. */
export function sharedSearch({ tab }: Record<string, unknown>): SharedSearch {
  return { tab: oneOf(SHARED_TABS, tab) };
}
