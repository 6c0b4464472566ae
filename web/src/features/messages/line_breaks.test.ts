import { expect, it } from "vitest";

import { lineBreaks } from "./line_breaks";

it("keeps the line breaks of text, and what is code as it is", () => {
  const code = { type: "code", value: "x\ny" };
  const tree = {
    type: "root",
    children: [{ type: "paragraph", children: [{ type: "text", value: "one\ntwo" }] }, code],
  };
  lineBreaks()(tree);
  expect(tree.children).toEqual([
    {
      type: "paragraph",
      children: [{ type: "text", value: "one" }, { type: "break" }, { type: "text", value: "two" }],
    },
    code,
  ]);
});
