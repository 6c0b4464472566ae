import { useSyncExternalStore } from "react";

const POLL_MS = 2_000;

const listeners = new Set<() => void>();
let isReachable = true;
let timer: number | undefined;

/** Say that a request reached no server; it is asked from now on until it answers. */
export function reportUnreachable(): void {
  if (timer !== undefined) return;
  set(false);
  timer = window.setInterval(() => void poll(), POLL_MS);
}

/** Whether the server answered when it was last asked. */
export function useIsServerReachable(): boolean {
  return useSyncExternalStore(subscribe, () => isReachable);
}

async function poll(): Promise<void> {
  const response = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  window.clearInterval(timer);
  timer = undefined;
  set(true);
}

function set(reachable: boolean): void {
  isReachable = reachable;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
