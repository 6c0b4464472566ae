import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef, useState } from "react";

/** What a stream of server-sent events is doing. */
export type StreamState = "connecting" | "open" | "closed";

interface Options {
  /** The names of the events to hear, e.g. `session.changed`. */
  names: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** The stream is open again after it was closed: what happened meanwhile was not heard. */
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
  const isHearing = useDocumentVisibility() === "visible" && isEnabled;
  const [state, setState] = useState<StreamState>("connecting");
  const hasMissed = useRef(false);
  const heard = useEffectEvent((event: Event) => {
    if (event instanceof MessageEvent) options.onEvent(event.type, parsed(event.data));
  });
  const opened = useEffectEvent(() => {
    setState("open");
    if (hasMissed.current) options.onReopen();
    hasMissed.current = false;
  });
  const refused = useEffectEvent(() => options.onRefuse());
  const nameList = names.join(" ");
  useEffect(() => {
    if (!isHearing) return;
    let source: EventSource;
    let timer: number | undefined;
    const open = () => {
      source = new EventSource(path);
      for (const name of nameList.split(" ")) {
        source.addEventListener(name, (event) => heard(event));
      }
      source.onopen = () => opened();
      source.onerror = () => {
        setState("connecting");
        if (source.readyState !== EventSource.CLOSED) return;
        hasMissed.current = true;
        refused();
        timer = window.setTimeout(open, REOPEN_MS);
      };
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source.close();
      hasMissed.current = true;
      setState("connecting");
    };
  }, [path, nameList, isHearing]);
  return isHearing ? state : "closed";
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}
