// What the worker says of a list: columns, answers, mended cells, choices between list and register.
import type {
  CellMend,
  ImportPlan,
  ImportQuestion,
  ImportRequest,
  PlannedHousehold,
  PlannedMember,
  SheetMapping,
  SheetRead,
  SheetView,
} from '$bindings/commands';

/** A row of the file. */
export interface Place {
  sheet: string;
  row: number;
}

export function mappingOf(sheet: SheetView): SheetMapping {
  return {
    sheet: sheet.name,
    taken: sheet.taken,
    header_row: sheet.header_row,
    columns: Object.fromEntries(sheet.columns.map((column) => [column.index, column.target ?? ''])),
    encodings: {},
    orders: {},
    class: null,
  };
}

export function requestOf(read: SheetRead): ImportRequest {
  return { file: read.file, mappings: read.sheets.map(mappingOf), mends: [], choices: {}, prefer_list: false };
}

/** What keeps a list from being read: a sheet without names has nobody in it. */
export function isReady(mappings: SheetMapping[]): boolean {
  const taken = mappings.filter((mapping) => mapping.taken);
  const named = (mapping: SheetMapping) =>
    Object.values(mapping.columns).some((target) => target === 'full_name' || target === 'name_front' || target === 'head_name');
  return taken.length > 0 && taken.every(named);
}

/** Targets that two columns of a sheet are taken for. */
export function twice(mapping: SheetMapping): string[] {
  const targets = Object.values(mapping.columns).filter(
    (target) => target !== undefined && target !== '' && target !== 'ignored',
  );
  return [...new Set(targets.filter((target, at) => targets.indexOf(target) !== at))].filter((target) => target !== undefined);
}

/** A cell mended once more stands once. */
export function withMend(request: ImportRequest, mend: CellMend): ImportRequest {
  const others = request.mends.filter(
    (other) => other.sheet !== mend.sheet || other.row !== mend.row || other.column !== mend.column,
  );
  return { ...request, mends: [...others, mend] };
}

export function withChoice(request: ImportRequest, key: string, column: string, take: boolean): ImportRequest {
  return { ...request, choices: { ...request.choices, [key]: { ...request.choices[key], [column]: take } } };
}

export function withAnswer(request: ImportRequest, question: ImportQuestion, answer: string): ImportRequest {
  const answered = (mapping: SheetMapping): SheetMapping => {
    if (question.kind === 'poverty_class') return { ...mapping, class: answer };
    const about = question.kind === 'encoding' ? 'encodings' : 'orders';
    return { ...mapping, [about]: { ...mapping[about], [question.column]: answer } };
  };
  return {
    ...request,
    mappings: request.mappings.map((mapping) => (mapping.sheet === question.sheet ? answered(mapping) : mapping)),
  };
}

/** What a plan says of one row: its people, and its household where the row begins one. */
export function rowOf(plan: ImportPlan, place: Place): { people: PlannedMember[]; household: PlannedHousehold | null } {
  const here = plan.preview.filter((household) => household.sheet === place.sheet);
  return {
    people: here.flatMap((household) => household.members.filter((member) => member.row === place.row)),
    household: here.find((household) => household.row === place.row) ?? null,
  };
}

/** True when applying would write nothing. */
export function isEmpty(plan: ImportPlan): boolean {
  return plan.people === 0 && plan.households === 0 && plan.written === 0;
}
