// What a command answers when it does not do what was asked. Codes become sentences here (`refusal.<code>`, and `problem.<code>` for
// single fields); the host never sends sentences.
import type { Code, FieldProblem as Issue, Problem as Refusal } from '$bindings/commands';
import { type Params, t, tIn } from '$messages';
import type { FieldProblem } from '$shared/field';
import { date } from '$shared/format';
import { codeName } from './codes';

/** `unreachable` is ours: the program behind the page did not answer at all. */
export type Problem = Omit<Refusal, 'code'> & { code: Code | 'unreachable' };
export type Severity = 'silent' | 'notice' | 'warning' | 'blocking';

export interface Explanation {
  severity: Severity;
  text: string;
}

// Offline is our normal state; a locked register leads to the sign-in by itself.
const severities: Partial<Record<Problem['code'], Severity>> = {
  offline: 'silent',
  locked: 'silent',
  not_enrolled: 'notice',
  invalid: 'notice',
  wrong_password: 'notice',
  wrong_recovery_key: 'notice',
  weak_password: 'notice',
  no_right: 'notice',
  last_admin: 'notice',
  not_found: 'notice',
  wrong_code: 'notice',
  other_commune: 'notice',
  sample_stays_here: 'notice',
  bad_address: 'notice',
  second_place_absent: 'notice',
  limited: 'warning',
  nothing_to_undo: 'notice',
  changed_since: 'warning',
  preview_outdated: 'warning',
  busy: 'warning',
  bad_backup: 'warning',
  backup_needs_own_password: 'notice',
  unreadable_file: 'warning',
};

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** Anything thrown while asking, as a problem. */
export function toProblem(thrown: unknown): Problem {
  if (isProblem(thrown))
    return { ...thrown, params: thrown.params ?? {}, fields: thrown.fields ?? [], incident: thrown.incident ?? null };
  return { code: 'unreachable', params: {}, incident: null, fields: [] };
}

/** What happened, what is safe, what to do. */
export function explain(problem: Problem): Explanation {
  const text = refusalText(problem.code, problem.params);
  const incident = problem.incident ? ` ${t('refusal.incident', { incident: problem.incident })}` : '';
  return { severity: severities[problem.code] ?? 'blocking', text: text + incident };
}

export function refusalText(code: string, params: Params = {}): string {
  return tIn('refusal', code, 'refusal.unexpected', params);
}

/** One problem of the checks, ready for `Field`. */
export function issueText({ code, params }: Pick<Issue, 'code' | 'params'>): string {
  const words = { ...params };
  if (params.sex) words.sex = codeName('sex', params.sex);
  if (params.date) words.date = date(params.date);
  if (params.kind) words.kind = codeName('allowance_kind', params.kind);
  return tIn('problem', code, 'problem.unknown', words);
}

/** The messages of one field. */
export function fieldProblems(problem: Problem | null, path: string): FieldProblem[] {
  return (problem?.fields ?? [])
    .filter((issue) => issue.path === path)
    .map((issue) => ({ level: issue.level, text: issueText(issue) }));
}
