// Who of the register may be the person of a line. Asked while typing pauses, for new people whose line has changed.
import type { FieldValue, SimilarPerson } from '$bindings/commands';
import { findSimilar } from '$records/similar';
import { isBlank, type Line, textOf, valueOf } from './lines';

export class Hints {
  #found = $state.raw<Record<number, SimilarPerson[]>>({});
  #asked: Record<number, string> = {};

  of(line: Line): SimilarPerson[] {
    return isNew(line) ? (this.#found[line.key] ?? []) : [];
  }

  drop(line: Line, person: string): void {
    this.#found = { ...this.#found, [line.key]: this.of(line).filter((one) => one.person.id !== person) };
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

const isNew = (line: Line) => line.member.person.id === null && !line.member.removed && textOf(line, 'full_name').trim() !== '';
