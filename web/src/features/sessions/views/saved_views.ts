import { useLocalStorage } from "@mantine/hooks";

import type { CommonSearch } from "@/url_state/common_search";
import type { SessionsSearch } from "../sessions_search";

/** A name for what the URL had. */
export interface SavedView {
  name: string;
  search: CommonSearch & SessionsSearch;
}

const NONE: SavedView[] = [];

/** The views of this browser; a link has all that a view has, so that it works in any other. */
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
