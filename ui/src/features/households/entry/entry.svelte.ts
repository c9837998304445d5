// The whole-household form: what is typed, checked while typing pauses, kept as a draft a second after each change, saved at last.
import type { FieldProblem as Issue, HouseholdForm, SavedHousehold, SimilarPerson } from '$bindings/commands';
import { fieldProblems, type Problem, toProblem } from '$host';
import type { FieldProblem } from '$shared/field';
import { checkForm, discardDraft, getPerson, keepDraft, openPerson, saveForm } from '../api';
import { isBlank, type Line, newLine, takeIn, textOf, toForm } from './lines';
import { type CellProblem, hostProblems, isDue, ownProblems } from './problems';
import { Hints } from './hints.svelte';

/** What stands in a draft: the form with what it was opened on, and what was typed that is no value yet. */
export interface Kept {
  form: HouseholdForm;
  typed: Line['typed'][];
}

export interface Start extends Kept {
  draft: string | null;
}

const CHECK_MS = 350;
const KEEP_MS = 1000;

export class Entry {
  household = $state<HouseholdForm['household']>({ id: null, values: {}, opened: null });
  poverty = $state<HouseholdForm['poverty']>(null);
  lines = $state<Line[]>([]);
  /** The line that is being typed in; null while the focus is in the household's own fields. */
  current = $state<number | null>(null);
  asked = $state(false);
  busy = $state(false);
  draft = $state<string | null>(null);
  keptAt = $state<number | null>(null);
  problem = $state.raw<Problem | null>(null);
  hints = new Hints();
  #issues = $state.raw<Issue[]>([]);
  #keys = $state.raw<number[]>([]);
  #dirty = false;
  #closed = false;
  #checking: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #year: number;

  constructor(start: Start, year: number) {
    this.#year = year;
    this.household = start.form.household;
    this.poverty = start.form.poverty;
    this.draft = start.draft;
    this.lines = start.form.members.map((member, at) => newLine(member, start.typed[at]));
    this.#complete();
    if (start.draft || start.form.household.id) void this.#check();
  }

  /** The last line is always empty, and the first of a new household is its head. */
  #complete(): void {
    const last = this.lines.at(-1);
    if (!last || !isBlank(last)) this.lines.push(newLine());
    const first = this.lines[0];
    if (
      first &&
      first.member.membership.id === null &&
      !first.member.membership.values.relationship_to_head &&
      this.lines.length < 3
    )
      first.member.membership.values.relationship_to_head = 'head';
  }

  get name(): string {
    const head = this.lines.find((line) => line.member.membership.values.relationship_to_head === 'head') ?? this.lines[0];
    return head ? textOf(head, 'full_name') : '';
  }

  get empty(): boolean {
    return this.lines.every(isBlank);
  }

  /** What is wrong with the people, line by line, in the order of the grid. */
  get problems(): CellProblem[] {
    const own = ownProblems(this.lines);
    const all = [...own, ...hostProblems(this.#issues, this.#keys, this.lines, own)];
    return this.lines.flatMap((line) =>
      all.filter((problem) => problem.key === line.key && !line.member.removed && isDue(problem, line, this.current, this.asked)),
    );
  }

  householdProblems = (path: string): FieldProblem[] => {
    if (this.current === null && !this.asked) return this.#told(path).filter((problem) => problem.level === 'error');
    return this.#told(path);
  };

  #told(path: string): FieldProblem[] {
    return fieldProblems({ code: 'invalid', params: {}, incident: null, fields: this.#issues }, path).filter(
      (problem) => problem.level !== 'info',
    );
  }

  /** Problems of the household as a whole, such as two heads. */
  get general(): FieldProblem[] {
    return this.current === null && !this.asked ? [] : this.#told('members');
  }

  changed = (): void => {
    this.#dirty = true;
    this.#complete();
    clearTimeout(this.#checking);
    clearTimeout(this.#keeping);
    this.#checking = setTimeout(() => {
      void this.#check();
      this.hints.ask(this.lines, this.household.values.village ?? null);
    }, CHECK_MS);
    this.#keeping = setTimeout(() => void this.keep(), KEEP_MS);
  };

  /** The person of the register instead of a new one. */
  async take(line: Line, { person }: SimilarPerson): Promise<void> {
    const [form, view] = await Promise.all([openPerson(person.id), getPerson(person.id)]);
    const paper = view.records.find((group) => group.kind === 'disability_certificate')?.records[0];
    const disability = paper ? { id: paper.id, values: { ...paper.opened.values }, opened: paper.opened } : null;
    const home = view.memberships.find((membership) => membership.present);
    takeIn(line, form, disability, home ? home.head_name || home.household_code : '');
    this.changed();
  }

  /** Somebody else, and not to be asked again. */
  tellApart(line: Line, { person }: SimilarPerson): void {
    line.member.different_from = [...line.member.different_from, person.id];
    this.hints.drop(line, person.id);
    this.changed();
  }

  setClass(klass: string): void {
    this.poverty ??= { id: null, values: { year: this.#year }, opened: null };
    this.poverty.values.class = klass;
    this.changed();
  }

  remove(line: Line): void {
    if (line.member.membership.id) line.member.removed = !line.member.removed;
    else this.lines = this.lines.filter((other) => other.key !== line.key);
    this.changed();
  }

  #form() {
    const { household, poverty, lines } = $state.snapshot({
      household: this.household,
      poverty: this.poverty,
      lines: this.lines,
    });
    return toForm(household, poverty, lines);
  }

  async #check(): Promise<void> {
    const { form, keys } = this.#form();
    if (keys.length === 0) return;
    const answer = await checkForm(form).catch(() => null);
    // Only the newest answer is about what stands there now.
    if (!answer || JSON.stringify(this.#form().form) !== JSON.stringify(form)) return;
    this.#issues = answer.problems;
    this.#keys = keys;
  }

  /** Keeps what was typed; quiet where it cannot, since the next change tries again. */
  async keep(): Promise<void> {
    clearTimeout(this.#keeping);
    if (!this.#dirty || this.#closed || (this.empty && this.draft === null && this.household.id === null)) return;
    this.#dirty = false;
    const lines = $state.snapshot(this.lines).filter((line) => !isBlank(line));
    const form: Kept = {
      form: {
        household: $state.snapshot(this.household),
        poverty: $state.snapshot(this.poverty),
        members: lines.map((l) => l.member),
      },
      typed: lines.map((line) => line.typed),
    };
    try {
      const kept = await keepDraft({ key: this.draft, screen: 'household', label: this.name, form });
      // Saved meanwhile: the draft that came too late goes with it.
      if (this.#closed) void discardDraft(kept.key).catch(() => {});
      this.draft = kept.key;
      this.keptAt = Date.parse(kept.at);
    } catch {
      this.#dirty = true;
    }
  }

  /** Saves, or says why not and gives null. */
  async save(): Promise<SavedHousehold | null> {
    this.asked = true;
    this.problem = null;
    if (this.busy || this.empty || ownProblems(this.lines).length > 0) return null;
    this.busy = true;
    clearTimeout(this.#checking);
    clearTimeout(this.#keeping);
    const { form, keys } = this.#form();
    try {
      const saved = await saveForm({ form, draft: this.draft });
      this.#closed = true;
      return saved;
    } catch (thrown) {
      this.problem = toProblem(thrown);
      if (this.problem.fields.length > 0) {
        this.#issues = this.problem.fields;
        this.#keys = keys;
      }
      return null;
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    void this.keep();
    clearTimeout(this.#checking);
  }
}
