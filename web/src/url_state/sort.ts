/** The column that rows are sorted by. */
export interface Sort {
  id: string;
  isDescending: boolean;
}

/** Parse the sort parameter of a URL: a column id, with a leading `-` for descending. */
export function parseSort(text: string): Sort {
  const isDescending = text.startsWith("-");
  return { id: isDescending ? text.slice(1) : text, isDescending };
}

/** Format a sort for the URL. */
export function formatSort({ id, isDescending }: Sort): string {
  return `${isDescending ? "-" : ""}${id}`;
}

/** The API's name of the direction. */
export function directionOf({ isDescending }: Sort) {
  return isDescending ? ("desc" as const) : ("asc" as const);
}

/** Convert the sort parameter to the API's format for sessions and contacts. */
export function toSorting(text: string) {
  const sort = parseSort(text);
  return { key: sort.id, direction: directionOf(sort) };
}
