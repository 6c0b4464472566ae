import { Link } from "@tanstack/react-router";

import { Given } from "@/components/Given";
import type { Session } from "./sessions_columns";
import type { ListSearch } from "./sessions_search";

interface Props {
  session: Session;
  /** Of the list that it stands in. */
  list: ListSearch;
}

/** A session's title, or what was first said in it, or its id. */
export function SessionName({ session, list }: Props) {
  const name = nameOf(session);
  return (
    <Link to="/sessions/$sessionId" params={{ sessionId: session._id }} search={list}>
      <Given text={name} />
    </Link>
  );
}

export function nameOf({ title, first_input, external_id }: Session): string {
  return title || first_input?.replaceAll(/\s+/g, " ").trim() || external_id;
}
