import { oneOf, text } from "@/url_state/common_search";

export const TABS = ["models", "prices"] as const;
export type Tab = (typeof TABS)[number];

/** What the URL of this page may hold, beside what all pages share. */
export interface ModelsSearch {
  /** Own prices rather than the models. */
  tab?: Tab;
  /** The column that the models are sorted by, after a `-` where the largest comes first. */
  sort?: string;
  /** The form is open, for a price of this model; empty for any. */
  set?: string;
  /** The form is open, for a price like the one of this id. */
  like?: string;
  /** The price that is asked to be removed. */
  remove?: string;
}

/** The valid ones of any search parameters. */
export function modelsSearch(search: Record<string, unknown>): ModelsSearch {
  return {
    tab: oneOf(TABS, search.tab),
    sort: text(search.sort),
    set: text(search.set),
    like: text(search.like),
    remove: text(search.remove),
  };
}
