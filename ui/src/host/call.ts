// The one door to the program behind the page: Tauri's `invoke` in the desktop, `POST /call` of the development host in a browser.
import { invoke, isTauri } from '@tauri-apps/api/core';
import type { Commands } from '$bindings/commands';
import { isProblem, toProblem, type Problem } from './problem';

export type Name = keyof Commands;
export type Request<N extends Name> = Commands[N]['request'];
export type Answer<N extends Name> = Commands[N]['answer'];

type Listener = (problem: Problem) => void;
let onLocked: Listener = () => {};

/** Called when any command answers `Locked`: the shell goes back to the sign-in. */
export function whenLocked(listener: Listener): void {
  onLocked = listener;
}

/** Answers, or throws a `Problem`. */
export async function call<N extends Name>(name: N, req: Request<N>): Promise<Answer<N>> {
  try {
    return (await (isTauri() ? invoke('call', { name, payload: req }) : overHttp(name, req))) as Answer<N>;
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (problem.code === 'locked') onLocked(problem);
    throw problem;
  }
}

async function overHttp(name: string, payload: unknown): Promise<unknown> {
  const response = await fetch('/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, payload }),
  });
  const body = (await response.json()) as { ok?: unknown; problem?: unknown };
  if (isProblem(body.problem)) throw body.problem;
  return body.ok;
}
