import { oneOf, text } from "@/url_state/common_search";

export const TABS = ["models", "prices"] as const;
export type Tab = (typeof TABS)[number];

/** The search parameters of this page, in addition to the common ones. */
export interface ModelsSearch {
  /** Whether models or custom prices are shown. */
  tab?: Tab;
  /** The sort column of the models, with a leading `-` for descending. */
  sort?: string;
  /** The form is open for a price of this model; empty for any model. */
  set?: string;
  /** The form is open for the price with this id. */
  like?: string;
  /** The confirmation is open for the removal of this price. */
  remove?: string;
}

/** Parse search parameters; invalid ones are dropped. */
export function modelsSearch(search: Record<string, unknown>): ModelsSearch {
  return {
    tab: oneOf(TABS, search.tab),
    sort: text(search.sort),
    set: text(search.set),
    like: text(search.like),
    remove: text(search.remove),
  };
}
