// Who works here, in which commune, with what settings: the one answer of the host that every screen may read.
import { setLocale } from '$messages';
import { setSingleKeys } from '$shared/keys.svelte';
import type { SessionView, Settings } from '$bindings/commands';
import { call } from './call';
import { toProblem, type Problem } from './problem';

export interface Session {
  readonly view: SessionView | null;
  readonly problem: Problem | null;
  refresh: () => Promise<void>;
  /** Applied at once, kept by the host (never by the browser). */
  change: (settings: Partial<Settings>) => Promise<void>;
}

let view = $state.raw<SessionView | null>(null);
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
      view = await call('get_session', {});
      problem = null;
      apply(view.settings);
    } catch (thrown) {
      problem = toProblem(thrown);
    }
  },
  async change(part) {
    if (!view) return;
    const settings = { ...view.settings, ...part };
    view = { ...view, settings };
    apply(settings);
    await call('update_settings', settings);
  },
};

/** Whether the worker signed in has this right; `admin` is the flag of the same name. */
export function can(right: string): boolean {
  const me = view?.me;
  return Boolean(me && (right === 'admin' ? me.admin : me.rights.includes(right)));
}

function apply(settings: Settings): void {
  setLocale(settings.locale);
  setSingleKeys(settings.single_keys);
  const root = document.documentElement;
  if (settings.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  root.dataset.density = settings.density;
}
