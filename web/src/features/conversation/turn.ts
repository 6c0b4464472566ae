import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";

import type { Schema } from "@/api/client";

export type Turn = Schema<"TurnBody">;

/** The query of turns, page by page. */
export type TurnsResult = UseInfiniteQueryResult<InfiniteData<{ data: Turn[] }>>;
