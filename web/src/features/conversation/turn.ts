import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";

import type { Schema } from "@/api/client";

export type Turn = Schema<"TurnBody">;

/** Turns that are read page by page. */
export type TurnsResult = UseInfiniteQueryResult<InfiniteData<{ data: Turn[] }>>;
