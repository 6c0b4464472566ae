import { describe, expect, it } from "vitest";

import { signInSearch } from "./sign_in_search";

describe("sign-in only redirects to pages of this server", () => {
  it.each(["/sessions?range=7d", "/sessions/a%2Fb"])("%s", (next) =>
    expect(signInSearch({ next })).toEqual({ next }),
  );

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "/sign-in?next=/", ""])(
    "rejects %s",
    (next) => expect(signInSearch({ next })).toEqual({}),
  );
});
