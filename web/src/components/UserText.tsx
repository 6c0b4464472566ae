import { visible } from "@/text/visible";

interface Props {
  text: string;
  /** Tooltip, if it differs from the text. */
  hint?: string;
}

/** Untrusted text on one line: control characters and text direction cannot disguise it. */
export function UserText({ text, hint = text }: Props) {
  return <bdi title={visible(hint)}>{visible(text)}</bdi>;
}
