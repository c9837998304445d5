// Enter goes to the next field, Shift+Enter to the one before; in the last field it does what the form is for.
// `<form {@attach enterMoves}>`. A field that uses Enter itself (an open list) keeps it by preventing the default.
import { tick } from 'svelte';
import { on } from 'svelte/events';
import { isComposing } from './keys.svelte';

const FIELDS = 'input:not([type=hidden]):not(:disabled):not([readonly]),textarea:not(:disabled),select:not(:disabled)';

function fields(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>(FIELDS)].filter((field) => field.tabIndex >= 0);
}

/** Moves the focus from `from` to the next field (or the one before) of its form. False where there is none. */
export function focusNext(from: HTMLElement, backwards = false): boolean {
  const form = from.closest<HTMLElement>('form, [data-form]');
  if (!form) return false;
  const all = fields(form);
  const next = all[all.indexOf(from) + (backwards ? -1 : 1)];
  next?.focus();
  return Boolean(next);
}

export function enterMoves(form: HTMLElement): () => void {
  function onkeydown(event: KeyboardEvent) {
    const target = event.target;
    if (event.key !== 'Enter' || event.defaultPrevented || isComposing(event) || event.ctrlKey || event.altKey) return;
    if (!(target instanceof HTMLInputElement) || target.type === 'checkbox') return;
    if (focusNext(target, event.shiftKey)) event.preventDefault();
  }
  // In the order of the handlers of components: a list that is open takes its choice before the form moves on.
  return on(form, 'keydown', onkeydown);
}

/** After a refusal: to the first field that must be mended, once it is marked. */
export async function focusWrong(form: HTMLElement | null): Promise<void> {
  await tick();
  form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}
