import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef, useState } from "react";

/** What a stream of server-sent events is doing. */
export type StreamState = "connecting" | "open" | "closed";

interface Options {
  /** The names of the events to hear, e.g. `session.changed`. */
  names: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** The stream is open again after it was closed: events may have been missed. */
  onReopen: () => void;
  /** The server, or a proxy before it, answered with an error. */
  onRefuse: () => void;
  isEnabled?: boolean;
}

const REOPEN_MS = 5_000;

/**
 * Hear server-sent events while the page can be seen: over HTTP/1.1 a browser has six connections
 * to a server, which hidden pages would use up. It connects again by itself, from where it was,
 * after all but an error of HTTP, after which it is made anew here.
 */
export function useEventStream(path: string, options: Options) {
  const { names, isEnabled = true } = options;
  const isConnected = useDocumentVisibility() === "visible" && isEnabled;
  const [state, setState] = useState<StreamState>("connecting");
  const wasInterrupted = useRef(false);
  const onMessage = useEffectEvent((event: Event) => {
    if (event instanceof MessageEvent) options.onEvent(event.type, parsed(event.data));
  });
  const opened = useEffectEvent(() => {
    setState("open");
    if (wasInterrupted.current) options.onReopen();
    wasInterrupted.current = false;
  });
  const refused = useEffectEvent(() => options.onRefuse());
  const nameList = names.join(" ");
  useEffect(() => {
    if (!isConnected) return;
    let source: EventSource;
    let timer: number | undefined;
    const open = () => {
      source = new EventSource(path);
      for (const name of nameList.split(" ")) {
        source.addEventListener(name, (event) => onMessage(event));
      }
      source.onopen = () => opened();
      source.onerror = () => {
        setState("connecting");
        if (source.readyState !== EventSource.CLOSED) return;
        wasInterrupted.current = true;
        refused();
        timer = window.setTimeout(open, REOPEN_MS);
      };
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source.close();
      wasInterrupted.current = true;
      setState("connecting");
    };
  }, [path, nameList, isConnected]);
  return isConnected ? state : "closed";
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}
