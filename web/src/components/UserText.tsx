import { visible } from "@/text/visible";

interface Props {
  text: string;
  /** On hover, where that is more than the text. */
  hint?: string;
}

/** Text that somebody gave, in a row or a line: it cannot pretend to be something else. */
export function UserText({ text, hint = text }: Props) {
  return <bdi title={visible(hint)}>{visible(text)}</bdi>;
}
