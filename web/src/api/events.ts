import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef, useState } from "react";

/** The state of a stream of server-sent events. */
export type StreamState = "connecting" | "open" | "closed";

interface Options {
  /** The names of the events to subscribe to, e.g. `session.changed`. */
  names: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** The stream was reopened after it had been closed: events may have been missed. */
  onReopen: () => void;
  /** The server, or a proxy in front of it, responded with an error. */
  onRefuse: () => void;
  isEnabled?: boolean;
}

const REOPEN_MS = 5_000;

/**
 * Subscribe to server-sent events while the page is visible: over HTTP/1.1 a browser has six
 * connections to a server, which hidden pages would use up. The browser reconnects by itself and
 * resumes the stream, except after an HTTP error; then this hook reconnects.
 */
export function useEventStream(path: string, options: Options) {
  const { names, isEnabled = true } = options;
  const isSubscribed = useDocumentVisibility() === "visible" && isEnabled;
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
    if (!isSubscribed) return;
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
  }, [path, nameList, isSubscribed]);
  return isSubscribed ? state : "closed";
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}
