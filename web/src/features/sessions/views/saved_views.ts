import { useLocalStorage } from "@mantine/hooks";

import type { CommonSearch } from "@/url_state/common_search";
import type { SessionsSearch } from "../sessions_search";

/** The search parameters of the list under a name. */
export interface SavedView {
  name: string;
  search: CommonSearch & SessionsSearch;
}

const NONE: SavedView[] = [];

/** The views saved in this browser. Links contain all parameters, so they work in any browser. */
export function useSavedViews() {
  const [views, setViews] = useLocalStorage<SavedView[]>({
    key: "sessionary.views.sessions",
    defaultValue: NONE,
    getInitialValueInEffect: false,
  });
  return {
    views,
    save: (view: SavedView) =>
      setViews((before) => [...before.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) => setViews((before) => before.filter((view) => view.name !== name)),
  };
}
