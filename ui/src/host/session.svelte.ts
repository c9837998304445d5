// Where the program stands: who works here, in which commune, with what settings. The one answer that every screen may read.
import type { AppState, Settings } from '$bindings/commands';
import { setLocale } from '$messages';
import { setSingleKeys } from '$shared/keys.svelte';
import type { Right } from '$shared/screen';
import { call } from './call';
import { type Problem, toProblem } from './problem';

export interface Session {
  readonly view: AppState | null;
  readonly problem: Problem | null;
  refresh: () => Promise<void>;
  /** Takes the state that a command answered with. */
  take: (view: AppState) => void;
  /** Applied at once, kept by the host (never by the browser). */
  change: (settings: Partial<Settings>) => Promise<void>;
}

let view = $state.raw<AppState | null>(null);
let problem = $state.raw<Problem | null>(null);

export const session: Session = {
  get view() {
    return view;
  },
  get problem() {
    return problem;
  },
  async refresh() {
    try {
      session.take(await call('app_state', {}));
    } catch (thrown) {
      problem = toProblem(thrown);
    }
  },
  take(next) {
    view = next;
    problem = null;
    apply(next.settings);
  },
  async change(part) {
    if (!view) return;
    const settings = { ...view.settings, ...part };
    view = { ...view, settings };
    apply(settings);
    await call('change_settings', settings);
  },
};

/** Whether the worker signed in may do this. The command door decides; this only keeps what would be refused off the screen. */
export function can(right: Right): boolean {
  const worker = view?.worker;
  if (!worker) return false;
  if (right === 'admin') return worker.admin;
  return worker.rights.includes(right) || worker.rights.includes(`register.${right}`);
}

function apply(settings: Settings): void {
  setLocale(settings.language === 'en' ? 'en' : 'vi');
  setSingleKeys(settings.letter_keys);
  const root = document.documentElement;
  if (settings.theme === 'light' || settings.theme === 'dark') root.dataset.theme = settings.theme;
  else delete root.dataset.theme;
  root.dataset.density = settings.density;
}
