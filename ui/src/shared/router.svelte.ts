// Which screen is open: the part of the address after `#`, such as `#/households/0198…`. Ids carry no meaning, so nothing
// that identifies a person ever stands in an address; search words stay in memory.
export interface Route {
  path: string;
  segments: string[];
}

const state = $state<{ route: Route }>({ route: parse(typeof location === 'undefined' ? '' : location.hash) });
let guard: (() => boolean) | null = null;

function parse(hash: string): Route {
  const path = hash.replace(/^#/, '') || '/';
  return { path, segments: path.split('/').filter(Boolean).map(decodeURIComponent) };
}

export function route(): Route {
  return state.route;
}

export function href(...segments: string[]): string {
  return `#/${segments.map(encodeURIComponent).join('/')}`;
}

/** Opens `#/a/b`. `replace` leaves no step to go back to. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (to === location.hash) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  follow();
}

export function back(): void {
  history.back();
}

/** Asked before leaving; answering false keeps the screen. One screen at a time may guard itself. */
export function guardLeaving(ask: () => boolean): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

function follow(): void {
  const next = parse(location.hash);
  if (next.path === state.route.path) return;
  if (guard && !guard()) {
    history.pushState(null, '', `#${state.route.path}`);
    return;
  }
  guard = null;
  state.route = next;
}

export function startRouter(): () => void {
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
  follow();
  return () => {
    window.removeEventListener('popstate', follow);
    window.removeEventListener('hashchange', follow);
  };
}
