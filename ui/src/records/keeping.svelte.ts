// The form of one record, kept as a draft a second after each change, so that a crash or a closed lid costs nothing. What is
// specially protected is never kept: its forms do without.
import type { Draft, FormRecord } from '$bindings/commands';
import { call } from '$host';

/** What stands in the draft of one record, under the screen `record.<kind>`. */
export interface KeptRecord {
  kind: string;
  parent: string | null;
  /** The household or person on whose page it goes on. */
  page: string | null;
  only: string[] | null;
  record: FormRecord;
}

const WAIT_MS = 1000;
const typed = $state<{ slots: string[] }>({ slots: [] });

const screenOf = (kind: string) => `record.${kind}`;
const slotOf = (form: Pick<KeptRecord, 'kind' | 'page'>, id: string | null) => `${form.kind} ${id ?? form.page ?? ''}`;

export const listDrafts = () => call('list_drafts', {}).then((answer) => answer.drafts);
export const discardDraft = (key: string) => call('discard_draft', { key });

/** The form in a draft of one record; null for a draft of something else. */
export function keptRecord(draft: Draft): KeptRecord | null {
  return draft.screen.startsWith(screenOf('')) ? (draft.form as KeptRecord) : null;
}

/** Drafts that wait on a page; one that is in a form at this moment does not wait. */
export function waitingOn(page: string, drafts: Draft[]): { draft: Draft; form: KeptRecord }[] {
  return drafts.flatMap((draft) => {
    const form = keptRecord(draft);
    return form && draft.page === page && !typed.slots.includes(slotOf(form, form.record.id)) ? [{ draft, form }] : [];
  });
}

/** One open form. Make it while the component sets up, `end` it when the component goes. */
export class Keeping {
  draft = $state<string | null>(null);
  readonly #slot: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: (() => KeptRecord) | null = null;
  #closed = false;

  constructor(form: KeptRecord) {
    this.#slot = slotOf(form, form.record.id);
    typed.slots = [...typed.slots, this.#slot];
  }

  /** The draft that was left in this form's place, to go on with. */
  async find(): Promise<{ draft: Draft; form: KeptRecord } | null> {
    for (const draft of await listDrafts()) {
      const form = keptRecord(draft);
      if (form && slotOf(form, form.record.id) === this.#slot) return { draft, form };
    }
    return null;
  }

  /** Keeps the form soon; the next change puts it off. */
  later(form: () => KeptRecord): void {
    this.#waiting = form;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), WAIT_MS);
  }

  /** Quiet where it cannot: the next change tries again. */
  async #keep(): Promise<void> {
    if (!this.#waiting || this.#closed) return;
    const form = this.#waiting();
    this.#waiting = null;
    const req = { key: this.draft, screen: screenOf(form.kind), label: '', form };
    const kept = await call('keep_draft', req).catch(() => null);
    if (!kept) return;
    // Saved meanwhile: the draft that came too late goes with it.
    if (this.#closed) await discardDraft(kept.key).catch(() => null);
    else this.draft = kept.key;
  }

  /** The record is saved, and its draft with it. */
  saved(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Throws the draft away; what is typed from now on makes a new one. */
  async discard(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = null;
    const key = this.draft;
    this.draft = null;
    if (key) await discardDraft(key);
  }

  /** The form leaves the screen: what waits is kept at once. */
  end(): void {
    clearTimeout(this.#timer);
    const gone = () => (typed.slots = typed.slots.filter((slot) => slot !== this.#slot));
    void this.#keep().finally(gone);
  }
}
