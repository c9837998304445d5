// Who of the register may be the person of a line. Asked while typing pauses, for new people whose line has changed.
import type { FieldValue, SimilarPerson } from '$bindings/commands';
import { findSimilar } from '$records/similar';
import { listByText } from '../api';
import { isBlank, type Line, textOf, valueOf } from './lines';

export class Hints {
  #found = $state.raw<Record<number, SimilarPerson[]>>({});
  /** Whom somebody looked for by the words of a line; they go before hints until one is done looking. */
  #sought = $state.raw<Record<number, SimilarPerson[]>>({});
  #asked: Record<number, string> = {};

  of(line: Line): SimilarPerson[] {
    if (!isNew(line)) return [];
    return this.#sought[line.key] ?? this.#found[line.key] ?? [];
  }

  /** People of the register by what is typed in a line, when nobody is like it: for one who is known to be there. */
  async seek(line: Line): Promise<boolean> {
    const text = textOf(line, 'full_name').trim() || textOf(line, 'citizen_id').trim();
    if (!text || !isSeekable(line)) return false;
    const told = line.member.different_from;
    const rows = (await listByText(text)).rows.filter((row) => !told.includes(row.id));
    const found = rows.map((person) => ({ person, level: 'possible', evidence: [] }));
    if (found.length > 0) this.#sought = { ...this.#sought, [line.key]: found };
    return found.length > 0;
  }

  /** One is done looking: hints count again. */
  forget(line: Line): void {
    this.#sought = Object.fromEntries(Object.entries(this.#sought).filter(([key]) => Number(key) !== line.key));
  }

  drop(line: Line, person: string): void {
    const others = (people: SimilarPerson[] | undefined) => (people ?? []).filter((one) => one.person.id !== person);
    this.#found = { ...this.#found, [line.key]: others(this.#found[line.key]) };
    if (this.#sought[line.key]) this.#sought = { ...this.#sought, [line.key]: others(this.#sought[line.key]) };
  }

  ask(lines: Line[], village: FieldValue): void {
    for (const line of lines.filter(isNew)) void this.#askFor(line, lines, village);
  }

  async #askFor(line: Line, lines: Line[], village: FieldValue): Promise<void> {
    const own = {
      id: null,
      full_name: textOf(line, 'full_name'),
      birth_date: valueOf(line, 'birth_date'),
      sex: valueOf(line, 'sex'),
      citizen_id: valueOf(line, 'citizen_id'),
      old_id: null,
      village: typeof village === 'string' ? village : null,
    };
    const signature = JSON.stringify(own);
    if (this.#asked[line.key] === signature) return;
    this.#asked[line.key] = signature;
    const others = lines.filter((other) => other.key !== line.key && !isBlank(other));
    const ids = others.flatMap((other) => other.member.person.id ?? []);
    const kin = others.map((other) => textOf(other, 'full_name')).filter(Boolean);
    const without = [...ids, ...line.member.different_from];
    const found = await findSimilar({ ...own, kin, without }).catch(() => null);
    // Only the newest answer is about what stands in the line now.
    if (!found || this.#asked[line.key] !== signature) return;
    const told = line.member.different_from;
    this.#found = { ...this.#found, [line.key]: found.filter((one) => !told.includes(one.person.id)) };
  }
}

const isSeekable = (line: Line) => line.member.person.id === null && !line.member.removed;
const isNew = (line: Line) => line.member.person.id === null && !line.member.removed && textOf(line, 'full_name').trim() !== '';
