// Which columns a form shows, and how each is entered. Everything else follows from the registry.
import { type ColumnOf, codeLists, kinds } from '$bindings/registry';
import { codeOptions, valueText } from '$host';
import { t, tIn } from '$messages';
import { date, money, number } from '$shared/format';
import type { Option } from '$shared/ui/ComboBox.svelte';
import type { Values } from './api';

/** Text columns that hold one of a few fixed words; their words are `choice.<column>.<value>`. */
const fixed: Record<string, string[]> = {
  'parent_link.side': ['mother', 'father'],
  'support_obligor.state': ['person', 'none'],
  'observation.answer': ['yes', 'no'],
  'restricted_health.answer': ['yes', 'no'],
  'restricted_health.matter': ['hiv', 'pregnancy', 'income', 'allowance_code'],
  'disability_certificate.basis': ['council', 'medical_council'],
  'disability_certificate.status': ['valid', 'replaced', 'revoked'],
  'household_member.reason_in': ['birth', 'marriage', 'move', 'split', 'merge', 'relation', 'other'],
  'household_member.reason_out': ['marriage', 'move', 'death', 'split', 'merge', 'relation', 'other'],
  'written_request.family': ['social_pension', 'monthly_allowance', 'carer_support', 'facility_care', 'funeral', 'emergency'],
};

/** Set by the program or by an act of its own, never typed in these forms. */
const hidden: Record<string, string[]> = {
  household: [
    'code',
    'split_from',
    'split_on',
    'joined_into',
    'joined_on',
    'linked_household',
    'is_residence_household',
    'left_on',
    'left_to',
  ],
  person: ['death_date', 'death_cert_no'],
  household_member: ['person'],
};

const money_columns = ['amount', 'income_monthly'];

export function columnsOf(kind: string, all = false): ColumnOf[] {
  return (kinds[kind] ?? []).filter((column) => all || !hidden[kind]?.includes(column.name));
}

/** Takes the whole width of a form: long texts and sets of boxes. */
export function isWide(column: ColumnOf): boolean {
  return column.type === 'set' || (column.max ?? 0) > 200;
}

export function isMoney(column: string): boolean {
  return money_columns.includes(column);
}

/** The choices of a column, where it has any. */
export function optionsOf(kind: string, column: ColumnOf, restricted = false): Option[] | null {
  const words = fixed[`${kind}.${column.name}`];
  if (words) return words.map((value) => ({ value, label: tIn(`choice.${column.name}`, value, 'choice.other') }));
  if (column.type === 'code' && column.list && codeLists[column.list]) {
    // A sentence that a parent serves is specially protected: it is written only behind that door.
    const open = (code: string) => restricted || column.list !== 'parent_status' || code !== 'serving';
    return codeOptions(column.list).filter((option) => open(option.value));
  }
  return null;
}

/** Only what goes with what has been chosen: no social-insurance kind for a merit allowance. */
export function isApt(kind: string, column: string, values: Values): boolean {
  if (kind === 'allowance' && column === 'si_kind') return values.kind === 'si';
  if (kind === 'allowance' && column === 'cared') return values.kind === 'carer';
  if (kind === 'support_obligor' && values.state === 'none') return ['state', 'from_on', 'to_on'].includes(column);
  if (kind === 'restricted_health') return isAptRestricted(column, values.matter);
  if (kind === 'consent') return isAptConsent(column, values);
  return true;
}

/** A parent or guardian has a name; the child is asked where something is made public. */
function isAptConsent(column: string, values: Values): boolean {
  if (column === 'giver_name') return values.given_by === 'parent' || values.given_by === 'guardian';
  if (column === 'child_agrees') return values.purpose === 'publication' && values.given_by !== 'self';
  if (column === 'withdrawn_method') return Boolean(values.withdrawn_on);
  return true;
}

function isAptRestricted(column: string, matter: Values[string] | undefined): boolean {
  if (column === 'answer') return matter === 'income';
  if (column === 'allowance' || column === 'benefit_code') return matter === 'allowance_code';
  if (column === 'due_on') return matter === 'pregnancy';
  return true;
}

/** A value of a record as people read it; references by the names that came with the record. */
export function shownValue(
  kind: string,
  column: ColumnOf,
  value: Values[string] | undefined,
  names: Record<string, string>,
): string {
  if (value === null || value === undefined || value === '') return '';
  if (column.type === 'ref') return names[column.name] ?? t('records.someone');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number')
    return isMoney(column.name) ? money(value) : column.name === 'year' ? String(value) : number(value);
  if (Array.isArray(value)) return value.map((code) => valueText(kind, column.name, code)).join(', ');
  if (column.name === 'citizen_id') return groupId(value);
  if (column.type === 'decimal') return value.replace('.', ',');
  if (column.type === 'month' || column.type === 'date' || column.type === 'partial_date') return date(value);
  return optionsOf(kind, column, true)?.find((option) => option.value === value)?.label ?? value;
}

/** 017150000127 as 017150 000 127. */
export function groupId(id: string): string {
  return /^\d{12}$/.test(id) ? `${id.slice(0, 6)} ${id.slice(6, 9)} ${id.slice(9)}` : id;
}
