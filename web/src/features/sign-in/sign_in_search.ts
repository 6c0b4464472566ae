import { text } from "@/url_state/common_search";

/** What the URL of this page may hold, beside what all pages share. */
export interface SignInSearch {
  /** The page of this server to go back to. */
  next?: string;
}

/** The valid ones of any search parameters. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  const next = text(search.next);
  return next && isOwnPath(next) ? { next } : {};
}

/** Whether it is a path here: `//host` and `/\host` are other servers. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !path.startsWith("/sign-in");
}
