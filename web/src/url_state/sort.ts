/** The column that rows are sorted by. */
export interface Sort {
  id: string;
  isDescending: boolean;
}

/** What the URL says to sort by: a column's id, after a `-` where the largest comes first. */
export function parseSort(text: string): Sort {
  const isDescending = text.startsWith("-");
  return { id: isDescending ? text.slice(1) : text, isDescending };
}

/** As the URL has it. */
export function formatSort({ id, isDescending }: Sort): string {
  return `${isDescending ? "-" : ""}${id}`;
}

/** As the API has it. */
export function directionOf({ isDescending }: Sort) {
  return isDescending ? ("desc" as const) : ("asc" as const);
}

/** What the URL says, as lists of sessions and contacts take it. */
export function toSorting(text: string) {
  const sort = parseSort(text);
  return { key: sort.id, direction: directionOf(sort) };
}
