import { Anchor, Text } from "@mantine/core";

import type { Schema } from "@/api/client";
import { visible } from "@/text/visible";
import { imageData, webAddress } from "./links";
import classes from "./messages.module.css";

/** An embedded image; other media as a link, since pages make no requests to other origins. */
export function MediaBlock({ part }: { part: Schema<"MediaPart"> }) {
  const { type, url, media_type: mediaType, data } = part;
  const bytes = typeof data === "string" ? `data:${String(mediaType)};base64,${data}` : url;
  const shown = type === "image" ? imageData(bytes) : undefined;
  if (shown) return <img className={classes.image} src={shown} alt="" />;
  const address = webAddress(url);
  if (address) {
    return (
      <Anchor inherit href={address} target="_blank" rel="noopener noreferrer nofollow">
        {type}: {visible(address)}
      </Anchor>
    );
  }
  const kind = typeof mediaType === "string" ? `, ${visible(mediaType)}` : "";
  return (
    <Text span inherit c="dimmed">
      [{type}
      {kind}]
    </Text>
  );
}
