import type { Schema } from "@/api/client";

export type SpanColumns = Schema<"SpanColumns">;

/** The spans of a trace in display order. */
export interface SpanTree {
  spans: SpanColumns;
  /** The column index of each span in display order. */
  order: Int32Array;
  /** The depth of each span, by column index. */
  level: Int32Array;
  /** The number of descendants of each span, by column index. */
  below: Int32Array;
}

/**
 * Build the tree of spans, which are in order of start, as are siblings in the tree.
 * A span without a known parent is a root, as is the first span of a parent cycle.
 */
export function treeOf(spans: SpanColumns): SpanTree {
  const count = spans.span_id.length;
  const places = new Map(spans.span_id.map((id, place) => [id, place]));
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const roots: number[] = [];
  // In reverse, so that each parent's list starts with its earliest child.
  for (let place = count - 1; place >= 0; place--) {
    const parent = places.get(spans.parent_span_id[place] ?? "") ?? -1;
    if (parent < 0) roots.push(place);
    else {
      next[place] = first[parent] ?? -1;
      first[parent] = place;
    }
  }
  const tree: SpanTree = {
    spans,
    order: new Int32Array(count),
    level: new Int32Array(count).fill(-1),
    below: new Int32Array(count),
  };
  let placed = 0;
  for (const root of roots.reverse()) placed = descend(tree, root, placed, first, next);
  for (let place = 0; place < count; place++) placed = descend(tree, place, placed, first, next);
  return tree;
}

/** Place the descendants of `root`. Not recursive, since a trace may be a very long chain. */
function descend(
  { order, level, below }: SpanTree,
  root: number,
  begin: number,
  first: Int32Array,
  next: Int32Array,
): number {
  if (level[root] !== -1) return begin;
  let placed = begin;
  const path: number[] = [];
  let place = root;
  level[root] = 0;
  order[placed++] = root;
  for (;;) {
    let child = first[place] ?? -1;
    while (child >= 0 && level[child] !== -1) child = next[child] ?? -1;
    if (child >= 0) {
      path.push(place);
      level[child] = path.length;
      order[placed++] = child;
      place = child;
      continue;
    }
    // All descendants are placed: continue with the next sibling.
    for (;;) {
      const parent = path.at(-1);
      if (parent === undefined) return placed;
      below[parent] = (below[parent] ?? 0) + (below[place] ?? 0) + 1;
      let sibling = next[place] ?? -1;
      while (sibling >= 0 && level[sibling] !== -1) sibling = next[sibling] ?? -1;
      if (sibling >= 0) {
        level[sibling] = path.length;
        order[placed++] = sibling;
        place = sibling;
        break;
      }
      path.pop();
      place = parent;
    }
  }
}

/** The column indexes of the spans without a closed ancestor. */
export function shownSpans(tree: SpanTree, closed: ReadonlySet<string>): Int32Array {
  if (closed.size === 0) return tree.order;
  const shown: number[] = [];
  for (let index = 0; index < tree.order.length; index++) {
    const place = tree.order[index] ?? 0;
    shown.push(place);
    if (closed.has(tree.spans.span_id[place] ?? "")) index += tree.below[place] ?? 0;
  }
  return Int32Array.from(shown);
}
