import { Link } from "@tanstack/react-router";

import { UserText } from "@/components/UserText";
import type { SessionRow } from "../sessions_data";
import type { ListSearch } from "../sessions_search";

interface Props {
  session: SessionRow;
  /** The list that contains the session. */
  list: ListSearch;
}

/** The title of a session, or its first input, or its external id. */
export function SessionName({ session, list }: Props) {
  const name = sessionName(session);
  return (
    <Link to="/sessions/$sessionId" params={{ sessionId: session._id }} search={list}>
      <UserText text={name} />
    </Link>
  );
}

export function sessionName({ title, first_input, external_id }: SessionRow): string {
  return title || first_input?.replaceAll(/\s+/g, " ").trim() || external_id;
}
