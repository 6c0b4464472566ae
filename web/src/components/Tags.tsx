import { visible } from "@/text/visible";
import classes from "./Tags.module.css";

interface Props {
  tags: readonly string[];
  /** On as many lines as it takes, rather than on one that is cut. */
  isWrapping?: boolean;
}

/** Tags that are read, not edited. */
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
