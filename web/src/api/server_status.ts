import { useSyncExternalStore } from "react";

const POLL_MS = 2_000;

const listeners = new Set<() => void>();
let isReachable = true;
let timer: number | undefined;

/** Report that a request did not reach the server, and poll it until it responds. */
export function reportUnreachable(): void {
  if (timer !== undefined) return;
  set(false);
  timer = window.setInterval(() => void poll(), POLL_MS);
}

/** Whether the server responded to the last request. */
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
