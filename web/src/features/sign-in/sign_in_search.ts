import { text } from "@/url_state/common_search";

/** The search parameters of this page, in addition to the common ones. */
export interface SignInSearch {
  /** The page of this server to return to. */
  next?: string;
}

/** Parse search parameters; invalid ones are dropped. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  const next = text(search.next);
  return next && isOwnPath(next) ? { next } : {};
}

/** Whether it is a path of this server: `//host` and `/\host` are not. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !path.startsWith("/sign-in");
}
