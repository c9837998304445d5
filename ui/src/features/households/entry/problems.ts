// Problems of the form, brought to the cells they are about.
import type { FieldProblem as Issue } from '$bindings/commands';
import { fieldLabel, issueText } from '$host';
import { t } from '$messages';
import { dateComplaint, withSlashes } from '$shared/format';
import type { FieldProblem } from '$shared/field';
import { type Cell, cells, partOf } from './columns';
import { isBlank, type Line, setCell, tidyCell, textOf, valueOf } from './lines';

export interface CellProblem extends FieldProblem {
  key: number;
  cell: Cell;
  label: string;
}

const kindOf = { person: 'person', membership: 'household_member', disability: 'disability_certificate' } as const;
export const cellLabel = (cell: Cell) => (cell === 'severity' ? t('entry.disability') : fieldLabel(kindOf[partOf(cell)], cell));

/** What the page itself sees: a birth date that cannot be read. */
export function ownProblems(lines: Line[]): CellProblem[] {
  return lines
    .filter((line) => !isBlank(line) && !line.member.removed && line.typed.birth_date.trim() && !valueOf(line, 'birth_date'))
    .map((line) => {
      const typed = withSlashes(line.typed.birth_date).trim();
      const text = t(dateComplaint(typed), { date: typed, month: typed.slice(typed.indexOf('/') + 1) });
      return { key: line.key, cell: 'birth_date', label: cellLabel('birth_date'), level: 'error', text };
    });
}

/** Problems told by the host, by the line each was sent from; `keys` are the lines in the order they were sent. */
export function hostProblems(issues: Issue[], keys: number[], lines: Line[], own: CellProblem[]): CellProblem[] {
  return issues.flatMap((issue) => {
    const [, index, , field] = /^members\.(\d+)\.(\w+)\.(\w+)$/.exec(issue.path) ?? [];
    const line = lines.find((candidate) => candidate.key === keys[Number(index)]);
    const cell = cells.find(({ id }) => id === field)?.id;
    if (!line || !cell || issue.level === 'info') return [];
    if (own.some((problem) => problem.key === line.key && problem.cell === cell)) return [];
    const fix = issue.code === 'citizen_id_11_digits' ? { label: t('entry.add_zero'), run: () => addZero(line) } : undefined;
    return [{ key: line.key, cell, label: cellLabel(cell), level: issue.level, text: issueText(issue), fix }];
  });
}

function addZero(line: Line): void {
  setCell(line, 'citizen_id', `0${valueOf(line, 'citizen_id') ?? ''}`);
  tidyCell(line, 'citizen_id');
}

/** Of the line that is being typed, what is missing is not held against anybody yet. */
export function isDue(problem: CellProblem, line: Line | undefined, current: number | null, asked: boolean): boolean {
  return asked || problem.key !== current || (line !== undefined && textOf(line, problem.cell).trim() !== '');
}
