import { expect, it } from "vitest";

import { lineBreaks } from "./line_breaks";

it("keeps line breaks in text and leaves code unchanged", () => {
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
