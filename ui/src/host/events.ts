// News from the store: which capabilities changed, whoever caused it (this window, sync, an import).
import { isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

type Touched = (capabilities: string[]) => void;
const listeners = new Set<Touched>();

export function onTouched(listener: Touched): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(payload: unknown): void {
  const touched = typeof payload === 'object' && payload !== null && 'touched' in payload ? payload.touched : payload;
  if (!Array.isArray(touched)) return;
  for (const listener of listeners) listener(touched as string[]);
}

export function startEvents(): void {
  if (isTauri()) void listen('touched', (event) => tell(event.payload));
  else if (typeof EventSource !== 'undefined')
    new EventSource('/events').onmessage = (event) => tell(JSON.parse(event.data as string));
}
