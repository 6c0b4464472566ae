import { visible } from "@/text/visible";
import classes from "./Tags.module.css";

interface Props {
  tags: readonly string[];
  /** Wrap onto several lines instead of truncating. */
  isWrapping?: boolean;
}

/** Read-only tags. */
export function Tags({ tags, isWrapping = false }: Props) {
  return (
    <div
      className={classes.tags}
      data-wrapping={isWrapping || undefined}
      title={visible(tags.join(", "))}
    >
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {visible(tag)}
        </span>
      ))}
    </div>
  );
}
