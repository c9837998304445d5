// Short news at the bottom left: done, and undoable. Gone after 8 seconds; the clock stops while looked at (hover or focus).
export interface Toast {
  id: number;
  text: string;
  undo?: { label: string; run: () => void };
}

const LIFE_MS = 8000;
const state = $state<{ toasts: Toast[]; held: boolean }>({ toasts: [], held: false });
const left: Record<number, number> = {};
let nextId = 0;
let ticking: ReturnType<typeof setInterval> | null = null;

export function toasts(): Toast[] {
  return state.toasts;
}

export function showToast(text: string, undo?: Toast['undo']): void {
  const id = nextId++;
  // The newest act that can be undone, and the newest other news: a stack would cover what comes next.
  const others = state.toasts.filter((toast) => Boolean(toast.undo) !== Boolean(undo));
  state.toasts = [...others, { id, text, undo }];
  left[id] = LIFE_MS;
  ticking ??= setInterval(tick, 250);
}

export function dismissToast(id: number): void {
  state.toasts = state.toasts.filter((toast) => toast.id !== id);
  delete left[id];
  if (state.toasts.length > 0) return;
  state.held = false;
  if (ticking) clearInterval(ticking);
  ticking = null;
}

/** When the register locks: news of one worker is not for the next. */
export function clearToasts(): void {
  for (const { id } of state.toasts) dismissToast(id);
}

export function holdToasts(held: boolean): void {
  state.held = held;
}

function tick(): void {
  if (state.held) return;
  for (const { id } of state.toasts) {
    const rest = (left[id] ?? 0) - 250;
    left[id] = rest;
    if (rest <= 0) dismissToast(id);
  }
}
