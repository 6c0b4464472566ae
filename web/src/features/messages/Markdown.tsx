import { Anchor } from "@mantine/core";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

import { lineBreaks } from "./line_breaks";
import { imageData, webAddress } from "./links";
import classes from "./messages.module.css";

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <Anchor inherit href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </Anchor>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) =>
    imageData(src) ? (
      <img className={classes.image} src={imageData(src)} alt={alt ?? ""} />
    ) : (
      <span>
        [image{alt ? `: ${alt}` : ""}
        {src ? ` ${src}` : ""}]
      </span>
    ),
};
const PLUGINS = [remarkGfm, lineBreaks];

/** Rendered Markdown; HTML in it is shown as text. Loaded lazily. */
export default function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={PLUGINS}
      components={COMPONENTS}
      urlTransform={(address) => webAddress(address) ?? imageData(address) ?? ""}
    >
      {text}
    </ReactMarkdown>
  );
}
