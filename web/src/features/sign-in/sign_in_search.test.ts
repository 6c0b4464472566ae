import { describe, expect, it } from "vitest";

import { signInSearch } from "./sign_in_search";

describe("after signing in one comes back to a page of this server alone", () => {
  it.each(["/sessions?range=7d", "/sessions/a%2Fb"])("%s", (next) =>
    expect(signInSearch({ next })).toEqual({ next }),
  );

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "/sign-in?next=/", ""])(
    "not to %s",
    (next) => expect(signInSearch({ next })).toEqual({}),
  );
});
