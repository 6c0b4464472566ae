import { describe, expect, it } from "vitest";

import { visible } from "@/text/visible";
import { imageData, webAddress } from "./links";

describe("webAddress", () => {
  it("accepts only http and https", () => {
    expect(webAddress("https://example.org/a?b#c")).toBe("https://example.org/a?b#c");
    for (const address of [
      "javascript:alert(1)",
      " javascript:x",
      "data:text/html,x",
      "//x",
      "/x",
    ]) {
      expect(webAddress(address)).toBeUndefined();
    }
  });
});

describe("imageData", () => {
  it("accepts only small embedded images", () => {
    expect(imageData("data:image/png;base64,AAAA")).toBeDefined();
    expect(imageData("data:image/svg+xml;base64,AAAA")).toBeUndefined();
    expect(imageData("https://example.org/a.png")).toBeUndefined();
    expect(imageData(`data:image/png;base64,${"A".repeat(4_000_000)}`)).toBeUndefined();
  });
});

describe("visible", () => {
  it("reveals invisible control characters", () => {
    expect(visible("\u001b[31mred\u0007\n\tend")).toBe("␛[31mred␇\n\tend");
    expect(visible("a\u202Eb")).toBe("a[U+202E]b");
    expect(visible("<script>alert(1)</script>")).toBe("<script>alert(1)</script>");
  });
});
