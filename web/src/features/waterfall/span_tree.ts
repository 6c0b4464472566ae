import type { Schema } from "@/api/client";

export type SpanColumns = Schema<"SpanColumns">;

/** The spans of a trace in the order in which a tree is drawn. */
export interface SpanTree {
  spans: SpanColumns;
  /** Where in the columns each drawn span is. */
  order: Int32Array;
  /** By place in the columns. */
  level: Int32Array;
  /** By place in the columns: how many spans are below each, at any depth. */
  below: Int32Array;
}

/**
 * The tree of spans in order of start, siblings in that order.
 * A root is a span whose parent is not here; of spans that are above each other, the first.
 */
export function treeOf(spans: SpanColumns): SpanTree {
  const count = spans.span_id.length;
  const places = new Map(spans.span_id.map((id, place) => [id, place]));
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const roots: number[] = [];
  // From the last on, so that each parent's list begins with its earliest child.
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

/** Place what is below `root` and not placed yet. No recursion: a trace may be a chain. */
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
    // Done below `place`: go on beside it.
    for (;;) {
      const parent = path.at(-1);
      if (parent === undefined) return placed;
      below[parent] = (below[parent] ?? 0) + (below[place] ?? 0) + 1;
      let beside = next[place] ?? -1;
      while (beside >= 0 && level[beside] !== -1) beside = next[beside] ?? -1;
      if (beside >= 0) {
        level[beside] = path.length;
        order[placed++] = beside;
        place = beside;
        break;
      }
      path.pop();
      place = parent;
    }
  }
}

/** The drawn spans: those that are not below a closed one. */
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
