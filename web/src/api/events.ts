import { useEffect, useEffectEvent, useState } from "react";

/** What a stream of server-sent events is doing. */
export type StreamState = "connecting" | "open" | "closed";

interface Options {
  /** The names of the events to hear, e.g. `session.changed`. */
  names: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** A closed stream hears nothing; what happened meanwhile has to be read anew. */
  isEnabled?: boolean;
}

/** Hear server-sent events; the browser connects again by itself, from where it was. */
export function useEventStream(path: string, { names, onEvent, isEnabled = true }: Options) {
  const [state, setState] = useState<StreamState>("connecting");
  const heard = useEffectEvent((event: Event) => {
    if (event instanceof MessageEvent) onEvent(event.type, parsed(event.data));
  });
  const nameList = names.join(" ");
  useEffect(() => {
    if (!isEnabled) return;
    const source = new EventSource(path);
    const listener = (event: Event) => heard(event);
    for (const name of nameList.split(" ")) source.addEventListener(name, listener);
    source.onopen = () => setState("open");
    source.onerror = () =>
      setState(source.readyState === EventSource.CLOSED ? "closed" : "connecting");
    return () => source.close();
  }, [path, nameList, isEnabled]);
  return isEnabled ? state : "closed";
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}
