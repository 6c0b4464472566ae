import type { Sort } from "@/components/table/data_column";

/** What the URL says to sort by: a column's id, after a `-` where the largest comes first. */
export function sortOf(text: string): Sort {
  const isDescending = text.startsWith("-");
  return { id: isDescending ? text.slice(1) : text, isDescending };
}

/** As the URL has it. */
export function sortText({ id, isDescending }: Sort): string {
  return `${isDescending ? "-" : ""}${id}`;
}
