// The lock after ten minutes without a key or a pointer, counted here so that the screen itself goes away; the command door
// keeps the same time for itself. Acts that ask nothing of the program (reading, scrolling) are told to it once a minute.
const LOCK_AFTER_MS = 10 * 60_000;
const WARN_MS = 60_000;
const TELL_MS = 60_000;
/** Between two ticks; more means that the machine slept, and it locks at once. */
const SLEPT_MS = 60_000;

export interface Idle {
  /** Seconds left once less than a minute remains; null before. */
  readonly left: number | null;
}

/** Call while a component sets up. */
export function watchIdle(lock: () => void, tell: () => void): Idle {
  let left = $state<number | null>(null);
  let lastAct = Date.now();
  let lastTold = lastAct;
  let lastTick = lastAct;

  function act() {
    lastAct = Date.now();
    left = null;
    if (lastAct - lastTold < TELL_MS) return;
    lastTold = lastAct;
    tell();
  }

  function tick() {
    const now = Date.now();
    const slept = now - lastTick > SLEPT_MS;
    lastTick = now;
    const rest = LOCK_AFTER_MS - (now - lastAct);
    if (slept || rest <= 0) lock();
    left = rest <= WARN_MS ? Math.max(0, Math.ceil(rest / 1000)) : null;
  }

  $effect(() => {
    const acts = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const name of acts) window.addEventListener(name, act, { capture: true, passive: true });
    const timer = setInterval(tick, 1000);
    return () => {
      for (const name of acts) window.removeEventListener(name, act, { capture: true });
      clearInterval(timer);
    };
  });

  return {
    get left() {
      return left;
    },
  };
}
